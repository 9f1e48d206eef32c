package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.it.HitLedger.Fate;
import io.aftersend.it.HitLoad.Plan;
import io.aftersend.it.RunningUp.Up;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// An edge that is asked to stop, with its broker there and away, and one that comes too many.
@ExtendWith(RunningUp.class)
class EdgeStopIT {
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final int MAX_MESSAGES = 1_000_000;
  private static final Plan LOAD = Plan.hits(4, 2, 2_000).andPosts(1, 10, 10);
  private static final int ENOUGH = 1_000;

  /// A port that nobody listens on: it is the one for discarding.
  private static final String NO_BROKER = "127.0.0.1:9";

  private final Up up;
  private final String bootstrap;
  private final Path tenantsFile;

  @TempDir private Path directory;

  EdgeStopIT(Up up) {
    this.up = up;
    bootstrap = up.process().ready().field("kafka");
    tenantsFile = up.directory().resolve("data/tenants.json");
  }

  @Test
  void stopUnderLoadDeliversEverythingFirst() {
    HitRequests requests = requests("stopped-edge");
    EdgeSite patient =
        EdgeSite.in(directory, tenantsFile, bootstrap).with("AFTERSEND_EDGE_DRAIN_TIMEOUT", "20s");
    AftersendProcess edge = patient.start();

    stopUnderLoad(edge, requests);

    assertDelivered(requests.ledger());
  }

  @Test
  void stopWithoutBrokerKeepsEverythingForTheNextStart() {
    HitRequests requests = requests("brokerless-edge");
    EdgeSite alone =
        EdgeSite.in(directory, tenantsFile, NO_BROKER).with("AFTERSEND_EDGE_DRAIN_TIMEOUT", "2s");

    stopUnderLoad(alone.start(), requests);
    stopUnderLoad(alone.start(), requests);
    try (AftersendProcess next = alone.with("AFTERSEND_KAFKA_BOOTSTRAP", bootstrap).start()) {
      next.ready();
      Await.untilAsserted(
          DEADLINE,
          () ->
              assertThat(PublishedEvents.read(bootstrap, requests.ledger()).messages())
                  .isGreaterThanOrEqualTo(answered(requests.ledger())));
      assertThat(next.stop()).as(next.outputText()).isZero();
    }

    assertDelivered(requests.ledger());
  }

  @Test
  void secondEdgeOnTheSameDataIsRefusedInOneLine() {
    EdgeSite site = EdgeSite.in(directory, tenantsFile, bootstrap);
    try (AftersendProcess first = site.start()) {
      first.ready();

      AftersendProcess second = site.start();

      assertThat(second.awaitEnd()).isEqualTo(1);
      assertThat(second.outputText().lines())
          .singleElement()
          .asString()
          .contains(directory.toString())
          .contains("pid " + first.pid());
      assertThat(AdminPage.of(first).isReady()).isTrue();
    }
  }

  private HitRequests requests(String campaign) {
    return new HitRequests(
        new HitLedger(campaign, MAX_MESSAGES),
        tenantsFile,
        up.process().ready().field("tenant"),
        up.client().key());
  }

  private static void stopUnderLoad(AftersendProcess edge, HitRequests requests) {
    int enough = answered(requests.ledger()) + ENOUGH;
    try (HitLoad load = HitLoad.start(edge.ready().field("edge"), LOAD, requests)) {
      Await.untilAsserted(
          DEADLINE,
          () -> {
            assertThat(load.answers()).containsKeys("opened 200", "clicked 302", "delivered 202");
            return assertThat(answered(requests.ledger())).isGreaterThanOrEqualTo(enough);
          });
      assertThat(edge.stop()).as(edge.outputText()).isZero();
      load.stop();
      System.out.println("EdgeStopIT: " + edge.outputText().lines().reduce("", (a, b) -> b));
      assertThat(load.answers().keySet())
          .containsOnly("opened 200", "clicked 302", "delivered 202");
    }
  }

  private static int answered(HitLedger ledger) {
    return ledger.fates().getOrDefault(Fate.ANSWERED, 0);
  }

  private void assertDelivered(HitLedger ledger) {
    PublishedEvents published = PublishedEvents.read(bootstrap, ledger);
    assertThat(ledger.problems(published.timesSeen())).as("" + ledger.fates()).isEmpty();
    assertThat(published.disorder()).isEmpty();
  }
}
