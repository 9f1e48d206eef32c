package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

/// A tenant in a tenants file of its own, for services that are started one by one.
///
/// @param key its API key
record SoleTenant(Path tenantsFile, String id, String key) {
  /// Adds the tenant, as an operator does.
  static SoleTenant addedIn(Path directory) {
    Path file = directory.resolve("tenants.json");
    Map<String, String> settings =
        Map.of(
            "AFTERSEND_DATA_DIR", directory.toString(), "AFTERSEND_TENANTS_FILE", file.toString());
    AftersendProcess process =
        AftersendProcess.start(directory, settings, "tenant", "add", "acme", "--json");
    assertThat(process.awaitEnd()).as(process.outputText()).isZero();
    return new SoleTenant(file, "acme", Client.json(process.outputText()).get("key").asText());
  }

  /// The maker of requests for a new ledger of that many messages.
  HitRequests requests(String campaign, int maxMessages) {
    return new HitRequests(new HitLedger(campaign, maxMessages), tenantsFile, id, key);
  }
}
