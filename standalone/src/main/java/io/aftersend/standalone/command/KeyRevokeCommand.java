package io.aftersend.standalone.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.aftersend.standalone.console.Surroundings;
import io.aftersend.standalone.tenant.TenantAdministration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Takes a key away.
@Command(
    name = "revoke",
    description = {
      "Takes an API key away; or a signing key that no longer signs.",
      "With --signing no link that was signed with the key works any more. No restart is needed."
    })
final class KeyRevokeCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "KEY_ID",
      description = "The key's id, as `aftersend key list` shows it.")
  private String keyId = "";

  @Option(names = "--signing", description = "Revoke a signing key instead of an API key.")
  private boolean isSigning;

  @Option(names = "--json", description = "Print JSON.")
  private boolean isJson;

  KeyRevokeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    TenantsPlace place = TenantsPlace.of(common.values(surroundings.environment()));
    TenantAdministration administration = place.administration(surroundings);
    String tenant =
        isSigning ? administration.revokeSigningKey(keyId) : administration.revokeApiKey(keyId);
    if (isJson) {
      surroundings
          .out()
          .println(
              JsonNodeFactory.instance
                  .objectNode()
                  .put("tenant", tenant)
                  .put(isSigning ? "signing_key" : "key_id", keyId)
                  .put("revoked", true));
    } else {
      surroundings
          .out()
          .println(
              "%s %s of tenant %s is revoked"
                  .formatted(isSigning ? "signing key" : "API key", keyId, tenant));
    }
    return 0;
  }
}
