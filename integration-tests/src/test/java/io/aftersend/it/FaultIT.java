package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.RunningUp.Up;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes killed without warning in the middle of a demo, and numbers that are exact all the
/// same.
class FaultIT {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final String MESSAGES = "2000";

  /// Events per second, so that a demo lasts long enough to be hit in its middle.
  private static final String RATE = "500";

  @Test
  void killingClickHouseDuringTheDemoLosesNothing(@TempDir Path directory) throws IOException {
    Path ledger = directory.resolve("ledger.json");
    try (Up up = RunningUp.startIn(directory)) {
      AftersendProcess demo =
          AftersendProcess.start(directory, up.settings(), demo("killed-clickhouse", ledger));
      awaitFirstEvents(up.client(), "killed-clickhouse");

      ProcessHandle engine = clickHouseOf(up.process().handle());
      assertThat(demo.handle().isAlive()).isTrue();
      engine.destroyForcibly();

      assertThat(demo.awaitEnd()).as(demo.outputText()).isZero();
      Await.untilAsserted(
          DEADLINE,
          () -> assertThat(clickHouseOf(up.process().handle()).pid()).isNotEqualTo(engine.pid()));
      DemoIT.assertCountsEqualLedger(up.client(), "killed-clickhouse", ledger);
    }
  }

  /// In short, among kills of all others, this is [KillIT].
  @Test
  @Tag("full")
  void killingTheProcessorBetweenServicesStartedOneByOneLosesNothing(@TempDir Path directory)
      throws IOException {
    Map<String, String> settings = RunningUp.settings(directory);
    Path ledger = directory.resolve("ledger.json");
    String key = addTenant(directory, settings);
    try (AftersendProcess kafka = AftersendProcess.start(directory, settings, "kafka");
        AftersendProcess clickHouse = AftersendProcess.start(directory, settings, "clickhouse")) {
      settings.put("AFTERSEND_KAFKA_BOOTSTRAP", kafka.ready().field("kafka"));
      settings.put("AFTERSEND_CLICKHOUSE_URL", clickHouse.ready().field("clickhouse"));
      AftersendProcess firstProcessor = AftersendProcess.start(directory, settings, "processor");
      try (AftersendProcess edge = AftersendProcess.start(directory, settings, "edge")) {
        settings.put("AFTERSEND_PUBLIC_URL", edge.ready().field("edge"));
        try (AftersendProcess api = AftersendProcess.start(directory, settings, "api")) {
          firstProcessor.ready();
          settings.put("AFTERSEND_EDGE_URL", edge.ready().field("edge"));
          settings.put("AFTERSEND_API_URL", api.ready().field("api"));
          settings.put("AFTERSEND_TENANT", "acme");
          settings.put("AFTERSEND_KEY", key);
          Client client =
              Client.of(
                  edge.ready().field("edge"),
                  api.ready().field("api"),
                  clickHouse.ready().field("clickhouse"),
                  key);
          AftersendProcess demo =
              AftersendProcess.start(directory, settings, demo("killed-processor", ledger));
          awaitFirstEvents(client, "killed-processor");

          assertThat(demo.handle().isAlive()).isTrue();
          firstProcessor.kill();

          try (AftersendProcess second = AftersendProcess.start(directory, settings, "processor")) {
            second.ready();
            assertThat(demo.awaitEnd()).as(demo.outputText()).isZero();
            DemoIT.assertCountsEqualLedger(client, "killed-processor", ledger);
            AccountingIT.assertStoredAreRows(client);
          }
        }
      } finally {
        firstProcessor.close();
      }
    }
  }

  @Test
  void stoppedProgramExitsCleanlyAndFindsItsNumbersAgain(@TempDir Path directory) {
    JsonNode before;
    String key;
    try (Up first = RunningUp.startIn(directory)) {
      first
          .client()
          .post(
              List.of(
                  Map.of("type", "sent", "campaign", "kept", "message", "m1"),
                  Map.of("type", "opened", "campaign", "kept", "message", "m1")));
      Await.untilAsserted(
          DEADLINE,
          () -> {
            assertThat(first.client().campaign("kept").at("/counts/opened/total").asInt())
                .isEqualTo(1);
            // The answer has times too, which are of the events themselves.
            return assertThat(
                    first
                        .client()
                        .query("SELECT count() FROM aftersend.events WHERE campaign = 'kept'"))
                .containsExactly(List.of("2"));
          });
      before = first.client().campaign("kept");
      key = first.client().key();
      assertThat(directory.resolve("data/up.json")).exists();
      assertThat(first.process().stop()).as(first.process().outputText()).isZero();
      assertThat(directory.resolve("data/up.json")).doesNotExist();
    }
    try (Up second = RunningUp.startIn(directory)) {
      assertThat(second.client().key()).isEqualTo(key);
      assertThat(second.client().campaign("kept")).isEqualTo(before);
      second.client().post(List.of(Map.of("type", "opened", "campaign", "kept", "message", "m1")));
      Await.untilAsserted(
          DEADLINE,
          () ->
              assertThat(second.client().campaign("kept").at("/counts/opened"))
                  .isEqualTo(
                      Client.json(
                          "{\"total\":2,\"unique\":1,\"human_total\":2,\"human_unique\":1}")));
      AftersendProcess intruder = AftersendProcess.start(directory, second.settings(), "up");
      assertThat(intruder.awaitEnd()).isEqualTo(1);
      assertThat(intruder.outputText().lines()).last().asString().contains("already");
    }
  }

  private static String[] demo(String campaign, Path ledger) {
    return new String[] {
      "demo",
      "--messages",
      MESSAGES,
      "--rate",
      RATE,
      "--campaign",
      campaign,
      "--ledger",
      ledger.toString()
    };
  }

  private static void awaitFirstEvents(Client client, String campaign) {
    Await.untilAsserted(
        DEADLINE,
        () -> assertThat(client.campaign(campaign).at("/counts/sent/total").asInt()).isPositive());
  }

  private static ProcessHandle clickHouseOf(ProcessHandle program) {
    return program
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains("clickhouse"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the program has no ClickHouse child"));
  }

  private static String addTenant(Path directory, Map<String, String> settings) {
    AftersendProcess process =
        AftersendProcess.start(directory, settings, "tenant", "add", "acme", "--json");
    assertThat(process.awaitEnd()).as(process.outputText()).isZero();
    return Client.json(process.outputText()).get("key").asText();
  }
}
