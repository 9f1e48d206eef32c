package io.aftersend.standalone.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.runtime.tenants.ApiKeyEntry;
import io.aftersend.runtime.tenants.Scope;
import io.aftersend.runtime.tenants.SigningKeyEntry;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.standalone.console.Surroundings;
import io.aftersend.standalone.console.TextTable;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lists keys without their secrets.
@Command(name = "list", description = "Lists API keys, or with --signing the signing keys.")
final class KeyListCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Option(
      names = "--tenant",
      paramLabel = "T",
      description = "Only those of this tenant (default: of all).")
  private @Nullable String tenant;

  @Option(names = "--signing", description = "List signing keys instead of API keys.")
  private boolean isSigning;

  @Option(names = "--json", description = "Print JSON.")
  private boolean isJson;

  KeyListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    TenantsPlace place = TenantsPlace.of(common.values(surroundings.environment()));
    List<Tenant> tenants =
        place.administration(surroundings).tenants().stream()
            .filter(each -> tenant == null || each.id().equals(tenant))
            .toList();
    if (tenant != null && tenants.isEmpty()) {
      throw new StartupException(
          "there is no tenant \"" + tenant + "\": see `aftersend tenant list`");
    }
    if (isJson) {
      surroundings.out().println(isSigning ? signingKeysJson(tenants) : apiKeysJson(tenants));
    } else {
      (isSigning ? signingKeys(tenants) : apiKeys(tenants)).print(surroundings.out());
    }
    return 0;
  }

  private static TextTable apiKeys(List<Tenant> tenants) {
    TextTable table = new TextTable("TENANT", "KEY ID", "SCOPES", "CREATED");
    for (Tenant owner : tenants) {
      for (ApiKeyEntry key : owner.apiKeys()) {
        String scopes = key.scopes().stream().map(Scope::text).collect(Collectors.joining(","));
        table.add(owner.id(), key.id(), scopes, key.created().toString());
      }
    }
    return table;
  }

  private static TextTable signingKeys(List<Tenant> tenants) {
    TextTable table = new TextTable("TENANT", "KEY ID", "STATE", "CREATED");
    for (Tenant owner : tenants) {
      for (SigningKeyEntry key : owner.signingKeys()) {
        String state = key.active() ? "signs and verifies" : "verifies";
        table.add(owner.id(), key.id(), state, key.created().toString());
      }
    }
    return table;
  }

  private static ArrayNode apiKeysJson(List<Tenant> tenants) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Tenant owner : tenants) {
      for (ApiKeyEntry key : owner.apiKeys()) {
        ObjectNode entry = json.addObject().put("tenant", owner.id()).put("key_id", key.id());
        key.scopes().forEach(scope -> entry.withArray("scopes").add(scope.text()));
        entry.put("created", key.created().toString());
      }
    }
    return json;
  }

  private static ArrayNode signingKeysJson(List<Tenant> tenants) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Tenant owner : tenants) {
      for (SigningKeyEntry key : owner.signingKeys()) {
        json.addObject()
            .put("tenant", owner.id())
            .put("signing_key", key.id())
            .put("active", key.active())
            .put("created", key.created().toString());
      }
    }
    return json;
  }
}
