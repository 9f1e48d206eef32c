package io.aftersend.processor;

import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.metric.CampaignMetrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random histories on the production topology against [Oracle] and [NaiveJudge], in several orders
/// of arrival.
final class CountingPropertyTest {
  private static final long SEED = 20260601;
  private static final int HISTORIES = 200;
  private static final int ORDERS = 3;

  private int tenants;

  @Test
  void judgesAndCountsAsTheDefinitionsSayInAnyOrderOfArrival(@TempDir Path directory) {
    try (TopologyFixture topology = new TopologyFixture(directory)) {
      for (int i = 0; i < HISTORIES; i++) {
        Random random = new Random(SEED + i);
        List<EmailEvent> events = new RandomHistory(random).events();
        for (int order = 0; order < ORDERS; order++) {
          Collections.shuffle(events, random);
          if (difference(topology, events) != null) {
            List<EmailEvent> shrunk = shrink(topology, events);
            throw new AssertionError(
                "seed %d%n%s%n%s".formatted(SEED + i, texts(shrunk), difference(topology, shrunk)));
          }
        }
      }
    }
  }

  private @Nullable String difference(TopologyFixture topology, List<EmailEvent> events) {
    String tenant = "t" + tenants++;
    List<EmailEvent> arrivals =
        events.stream()
            .map(event -> EmailEvent.newBuilder(event).setTenant(tenant).build())
            .toList();
    arrivals.forEach(topology::pipe);
    topology.settle();
    CampaignMetrics metrics = topology.metricsOrEmpty(tenant, EventBuilder.CAMPAIGN);
    Oracle actual =
        new Oracle(
            metrics.getCounters(),
            metrics.getRevenue(),
            topology.bucketCounts(tenant, EventBuilder.CAMPAIGN));
    Oracle expected = Oracle.of(NaiveJudge.asSeenLater(arrivals));
    Map<String, List<String>> claims = topology.claims(tenant);
    Map<String, List<String>> expectedClaims = NaiveJudge.claims(arrivals);
    return actual.equals(expected) && claims.equals(expectedClaims)
        ? null
        : "expected %s%n     got %s%nexpected %s%n     got %s"
            .formatted(expected, actual, expectedClaims, claims);
  }

  /// Deletes events as long as the rest still fails.
  private List<EmailEvent> shrink(TopologyFixture topology, List<EmailEvent> failing) {
    for (int i = 0; i < failing.size(); i++) {
      List<EmailEvent> fewer = new ArrayList<>(failing);
      fewer.remove(i);
      if (difference(topology, fewer) != null) {
        return shrink(topology, fewer);
      }
    }
    return failing;
  }

  private static String texts(List<EmailEvent> events) {
    StringBuilder texts = new StringBuilder();
    for (EmailEvent event : events) {
      texts.append(event.toString().replaceAll("\"[a-z_]+\": (null|\\[\\]),? ?", ""));
      texts.append(System.lineSeparator());
    }
    return texts.toString();
  }
}
