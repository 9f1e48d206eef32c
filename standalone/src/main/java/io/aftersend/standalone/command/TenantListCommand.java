package io.aftersend.standalone.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.standalone.console.Surroundings;
import io.aftersend.standalone.console.TextTable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lists the tenants.
@Command(name = "list", description = "Lists the tenants.")
final class TenantListCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Option(names = "--json", description = "Print JSON.")
  private boolean isJson;

  TenantListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    TenantsPlace place = TenantsPlace.of(common.values(surroundings.environment()));
    List<Tenant> tenants = place.administration(surroundings).tenants();
    if (isJson) {
      surroundings.out().println(json(tenants));
    } else {
      TextTable table = new TextTable("TENANT", "TIME ZONE", "DAYS", "API KEYS", "CREATED");
      for (Tenant tenant : tenants) {
        table.add(
            tenant.id(),
            tenant.timeZone(),
            Integer.toString(tenant.retentionDays()),
            Integer.toString(tenant.apiKeys().size()),
            tenant.created().toString());
      }
      table.print(surroundings.out());
    }
    return 0;
  }

  private static ArrayNode json(List<Tenant> tenants) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Tenant tenant : tenants) {
      json.addObject()
          .put("tenant", tenant.id())
          .put("time_zone", tenant.timeZone())
          .put("retention_days", tenant.retentionDays())
          .put("api_keys", tenant.apiKeys().size())
          .put("signing_keys", tenant.signingKeys().size())
          .put("created", tenant.created().toString());
    }
    return json;
  }
}
