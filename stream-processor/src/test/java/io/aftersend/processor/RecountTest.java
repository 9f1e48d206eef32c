package io.aftersend.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.oracle.Difference;
import io.aftersend.oracle.HandCase;
import io.aftersend.oracle.HandCases;
import io.aftersend.oracle.HistoryShape;
import io.aftersend.oracle.HistoryText;
import io.aftersend.oracle.Oracle;
import io.aftersend.oracle.RandomHistory;
import io.aftersend.oracle.Recount;
import io.aftersend.oracle.Shrinking;
import io.aftersend.schemas.event.EmailEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The production topology against the oracle: whole histories of several campaigns, and cases that
/// were worked out by hand.
final class RecountTest {
  private static final long SEED = 20261125;
  private static final int HISTORIES = 100;
  private static final int MANY_HISTORIES = 1_000;
  private static final int ON_ONE_TOPOLOGY = 10;
  private static final int FEWEST_MESSAGES = 50;
  private static final int MORE_MESSAGES = 150;

  private int tenants;

  @Test
  void countsRandomHistoriesAsTheOracle(@TempDir Path directory) {
    compareHistories(directory, SEED, HISTORIES);
  }

  @Test
  @Tag("full")
  void countsManyRandomHistoriesAsTheOracle(@TempDir Path directory) {
    compareHistories(directory, SEED + HISTORIES, MANY_HISTORIES);
  }

  @Test
  void countsAsByHand(@TempDir Path directory) {
    try (TopologyFixture topology = new TopologyFixture(directory)) {
      for (HandCase handCase : HandCases.all()) {
        String tenant = pipe(topology, handCase.history(EventBuilder.NOON));
        Recount recount = recount(topology, tenant, HandCase.CAMPAIGN);

        assertThat(handCase.failures(recount, EventBuilder.NOON))
            .as(handCase.name())
            .isEqualTo(List.of());
      }
    }
  }

  /// Every few histories have a topology of their own: a test driver keeps all that it ever wrote.
  private void compareHistories(Path directory, long firstSeed, int histories) {
    for (int from = 0; from < histories; from += ON_ONE_TOPOLOGY) {
      compare(directory.resolve("from-" + from), firstSeed + from, ON_ONE_TOPOLOGY);
    }
  }

  private void compare(Path directory, long firstSeed, int histories) {
    try (TopologyFixture topology = new TopologyFixture(directory)) {
      for (long seed = firstSeed; seed < firstSeed + histories; seed++) {
        List<EmailEvent> history = RandomHistory.events(seed, shape(seed));
        if (!difference(topology, history).isEmpty()) {
          List<EmailEvent> shrunk =
              Shrinking.shrink(history, events -> !difference(topology, events).isEmpty());
          throw new AssertionError(
              "seed %d%n%s%n%s"
                  .formatted(seed, HistoryText.of(shrunk), difference(topology, shrunk)));
        }
      }
    }
  }

  private static HistoryShape shape(long seed) {
    int messages = FEWEST_MESSAGES + new SplittableRandom(seed).nextInt(MORE_MESSAGES);
    return new HistoryShape(messages, EventBuilder.NOON, Duration.ofDays(10), true);
  }

  /// What the topology counts otherwise than the oracle, number by number; empty for nothing.
  private String difference(TopologyFixture topology, List<EmailEvent> history) {
    Map<String, Recount> expected = Oracle.recount(history);
    String tenant = pipe(topology, history);
    StringBuilder differences = new StringBuilder();
    for (String campaign : RandomHistory.CAMPAIGNS) {
      Recount wanted = expected.getOrDefault(campaign, Recount.NONE);
      String difference = Difference.between(wanted, recount(topology, tenant, campaign));
      if (!difference.isEmpty()) {
        differences.append(campaign).append(System.lineSeparator()).append(difference);
      }
    }
    return differences.toString();
  }

  /// Lets a history happen to a tenant of its own.
  private String pipe(TopologyFixture topology, List<EmailEvent> history) {
    String tenant = "t" + tenants++;
    for (EmailEvent event : history) {
      topology.pipe(EmailEvent.newBuilder(event).setTenant(tenant).build());
    }
    topology.settle();
    return tenant;
  }

  private static Recount recount(TopologyFixture topology, String tenant, String campaign) {
    return RecountOfRows.read(
        topology.metricsOrEmpty(tenant, campaign), topology.bucketCounts(tenant, campaign));
  }
}
