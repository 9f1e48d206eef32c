package io.aftersend.standalone.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.runtime.tenants.ApiKeys;
import io.aftersend.runtime.tenants.Scope;
import io.aftersend.standalone.console.Surroundings;
import io.aftersend.standalone.tenant.TenantAdministration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Adds an API key, or a signing key that takes over from the former one.
@Command(
    name = "add",
    description = {
      "Adds an API key and prints it, once; or a signing key.",
      "With --signing new links are signed with the new key from now on; links signed with former",
      "ones stay good. No restart is needed."
    })
final class KeyAddCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Option(
      names = "--tenant",
      paramLabel = "T",
      description = "The tenant (default: AFTERSEND_TENANT, else the only one).")
  private @Nullable String tenant;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      split = ",",
      description = "What the API key is for: ingest, read, admin, operate. Repeat it for several.")
  private List<String> scopes = List.of();

  @Option(names = "--signing", description = "Add a signing key instead of an API key.")
  private boolean isSigning;

  @Option(names = "--json", description = "Print JSON.")
  private boolean isJson;

  KeyAddCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Set<Scope> wanted = wantedScopes();
    TenantsPlace place = TenantsPlace.of(common.values(surroundings.environment()));
    TenantAdministration administration = place.administration(surroundings);
    String owner = place.tenantOr(tenant);
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("tenant", owner);
    if (isSigning) {
      String id = administration.addSigningKey(owner);
      json.put("signing_key", id);
      tell(json, "signing key  %s".formatted(id));
    } else {
      ApiKeys.Drawn key = administration.addApiKey(owner, wanted);
      json.put("key", key.text()).put("key_id", key.id());
      wanted.forEach(scope -> json.withArray("scopes").add(scope.text()));
      tell(
          json,
          "API key      %s%nIt is shown this once. Its scopes: %s."
              .formatted(
                  key.text(), wanted.stream().map(Scope::text).collect(Collectors.joining(", "))));
    }
    return 0;
  }

  private Set<Scope> wantedScopes() {
    if (isSigning != scopes.isEmpty()) {
      throw wrong("either --scope, for an API key, or --signing is needed");
    }
    Set<Scope> wanted = EnumSet.noneOf(Scope.class);
    for (String text : scopes) {
      Scope scope = Scope.find(text);
      if (scope == null) {
        throw wrong("--scope: expected ingest, read, admin or operate, got \"" + text + "\"");
      }
      wanted.add(scope);
    }
    return wanted;
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  private void tell(ObjectNode json, String text) {
    surroundings.out().println(isJson ? json.toString() : text);
  }
}
