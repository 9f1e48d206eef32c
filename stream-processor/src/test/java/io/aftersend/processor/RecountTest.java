package io.aftersend.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.oracle.Breakdown;
import io.aftersend.oracle.Difference;
import io.aftersend.oracle.HandCase;
import io.aftersend.oracle.HandCases;
import io.aftersend.oracle.HistoryShape;
import io.aftersend.oracle.HistoryShape.Trait;
import io.aftersend.oracle.HistoryText;
import io.aftersend.oracle.Oracle;
import io.aftersend.oracle.RandomHistory;
import io.aftersend.oracle.Recount;
import io.aftersend.oracle.Shrinking;
import io.aftersend.oracle.TokenCases;
import io.aftersend.processor.enrich.MmdbFile;
import io.aftersend.schemas.event.EmailEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The production topology against the oracle: whole histories of several campaigns, and cases that
/// were worked out by hand.
final class RecountTest {
  private static final long SEED = 20261125;
  private static final int HISTORIES = 100;
  private static final int MANY_HISTORIES = 1_000;

  /// A test driver keeps all that it ever wrote, so that one for all histories would grow large.
  private static final int ON_ONE_TOPOLOGY = 100;

  private static final int MESSAGES = 60;
  private static final int MANY_MESSAGES = 200;

  /// Networks of the random histories; the other ones are nowhere.
  private static final Map<String, String> COUNTRIES =
      Map.of("192.0.2.0", "DE", "198.51.100.0", "AZ", "203.0.113.0", "IR");

  /// How events come to the topology: many of them between two commits, or each before one.
  private enum Arrival {
    AT_ONCE,
    COMMITTED_ONE_BY_ONE
  }

  private int tenants;

  @Test
  void countsRandomHistoriesAsTheOracle(@TempDir Path directory) {
    compareHistories(directory, SEED, HISTORIES, MESSAGES);
  }

  @Test
  @Tag("full")
  void countsManyRandomHistoriesAsTheOracle(@TempDir Path directory) {
    compareHistories(directory, SEED + HISTORIES, MANY_HISTORIES, MANY_MESSAGES);
  }

  @Test
  void countsAsByHand(@TempDir Path directory) {
    try (TopologyFixture topology = new TopologyFixture(directory)) {
      List<HandCase> handCases = new ArrayList<>(HandCases.all());
      handCases.addAll(TokenCases.all());
      for (HandCase handCase : handCases) {
        String tenant =
            pipe(topology, handCase.history(EventBuilder.NOON), Arrival.COMMITTED_ONE_BY_ONE);
        Recount recount = recount(topology, tenant, HandCase.CAMPAIGN);

        assertThat(handCase.failures(recount, EventBuilder.NOON))
            .as(handCase.name())
            .isEqualTo(List.of());
      }
    }
  }

  private void compareHistories(Path directory, long firstSeed, int histories, int messages) {
    for (int from = 0; from < histories; from += ON_ONE_TOPOLOGY) {
      compareSome(directory.resolve("from-" + from), firstSeed + from, messages);
    }
  }

  private void compareSome(Path directory, long firstSeed, int messages) {
    try (TopologyFixture topology =
        new TopologyFixture(directory.resolve("state"), List.of(placesFile(directory)))) {
      for (long seed = firstSeed; seed < firstSeed + ON_ONE_TOPOLOGY; seed++) {
        List<EmailEvent> history = RandomHistory.events(seed, shape(seed, messages));
        Arrival arrival = seed % 10 == 0 ? Arrival.COMMITTED_ONE_BY_ONE : Arrival.AT_ONCE;
        if (!difference(topology, history, arrival).isEmpty()) {
          List<EmailEvent> shrunk =
              Shrinking.shrink(history, events -> !difference(topology, events, arrival).isEmpty());
          throw new AssertionError(
              "seed %d, %s%n%s%n%s"
                  .formatted(
                      seed,
                      arrival,
                      HistoryText.of(shrunk),
                      difference(topology, shrunk, arrival)));
        }
      }
    }
  }

  /// Whether a conversion that is attributed to a message whose facts are gone converts somebody
  /// new is nowhere defined.
  private static HistoryShape shape(long seed, int messages) {
    Trait trait = seed % 2 == 0 ? Trait.BUYERS : Trait.TOKENS;
    return new HistoryShape(
        messages, EventBuilder.NOON, Duration.ofDays(3), Set.of(Trait.SHARED_ORDERS, trait));
  }

  private static Path placesFile(Path directory) {
    MmdbFile places = MmdbFile.v4();
    COUNTRIES.forEach(
        (address, country) -> places.add(address + "/24", Map.of("country_code", country)));
    try {
      Files.createDirectories(directory);
      return places.writeTo(directory.resolve("places.mmdb"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the topology counts otherwise than the oracle, number by number; empty for nothing.
  private String difference(TopologyFixture topology, List<EmailEvent> history, Arrival arrival) {
    Map<String, Recount> expected = Oracle.recount(history);
    Map<String, Breakdown> expectedParts = Oracle.breakdown(history, COUNTRIES);
    String tenant = pipe(topology, history, arrival);
    StringBuilder differences = new StringBuilder();
    for (String campaign : RandomHistory.CAMPAIGNS) {
      Recount wanted = expected.getOrDefault(campaign, Recount.NONE);
      String difference =
          Difference.between(wanted, recount(topology, tenant, campaign))
              + Difference.between(
                  expectedParts.getOrDefault(campaign, Breakdown.NONE),
                  RecountOfRows.read(
                      topology.slices(tenant, campaign), topology.links(tenant, campaign)));
      if (!difference.isEmpty()) {
        differences.append(campaign).append(System.lineSeparator()).append(difference);
      }
    }
    return differences.toString();
  }

  /// Lets a history happen to a tenant of its own.
  private String pipe(TopologyFixture topology, List<EmailEvent> history, Arrival arrival) {
    String tenant = "t" + tenants++;
    List<EmailEvent> events =
        history.stream()
            .map(event -> EmailEvent.newBuilder(event).setTenant(tenant).build())
            .toList();
    switch (arrival) {
      case AT_ONCE -> topology.pipeAll(events);
      case COMMITTED_ONE_BY_ONE -> events.forEach(topology::pipe);
    }
    topology.settle();
    return tenant;
  }

  private static Recount recount(TopologyFixture topology, String tenant, String campaign) {
    return RecountOfRows.read(
        topology.metricsOrEmpty(tenant, campaign), topology.bucketCounts(tenant, campaign));
  }
}
