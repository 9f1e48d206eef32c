package io.aftersend.standalone.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.standalone.console.Surroundings;
import io.aftersend.standalone.tenant.TenantAdministration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Adds a tenant and shows its first API key.
@Command(
    name = "add",
    description = "Adds a tenant and prints its first API key, once. No restart is needed.")
final class TenantAddCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "Its id: 1 to 64 of A-Z a-z 0-9 . _ ~ -")
  private String id = "";

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "IANA zone of its days, such as Asia/Baku (default: ${DEFAULT-VALUE}).")
  private String timeZone = "UTC";

  @Option(
      names = "--retention-days",
      paramLabel = "DAYS",
      description = "How long its events are kept (default: AFTERSEND_RETENTION_DAYS).")
  private @Nullable Integer retentionDays;

  @Option(names = "--json", description = "Print JSON.")
  private boolean isJson;

  TenantAddCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    TenantsPlace place = TenantsPlace.of(common.values(surroundings.environment()));
    TenantAdministration.Added added;
    try {
      int days = retentionDays == null ? place.retentionDays() : retentionDays;
      added = place.administration(surroundings).add(id, timeZone, days);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    if (isJson) {
      surroundings.out().println(json(added));
    } else {
      tell(added);
    }
    return 0;
  }

  private static ObjectNode json(TenantAdministration.Added added) {
    Tenant tenant = added.tenant();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("tenant", tenant.id())
        .put("time_zone", tenant.timeZone())
        .put("retention_days", tenant.retentionDays())
        .put("key", added.key().text())
        .put("key_id", added.key().id());
    tenant
        .apiKeys()
        .getFirst()
        .scopes()
        .forEach(scope -> json.withArray("scopes").add(scope.text()));
    json.put("signing_key", tenant.signingKeys().getFirst().id());
    return json;
  }

  private void tell(TenantAdministration.Added added) {
    Tenant tenant = added.tenant();
    surroundings
        .out()
        .print(
            """
            tenant       %s
            time zone    %s
            retention    %d days
            signing key  %s
            API key      %s
            The API key is shown this once. It has the scopes ingest, read and admin.
            """
                .formatted(
                    tenant.id(),
                    tenant.timeZone(),
                    tenant.retentionDays(),
                    tenant.signingKeys().getFirst().id(),
                    added.key().text()));
    surroundings.out().flush();
  }
}
