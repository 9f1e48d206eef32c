package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.HitLedger.Fate;
import io.aftersend.it.HitLedger.Kind;
import io.aftersend.it.HitLoad.Plan;
import io.aftersend.it.RunningUp.Up;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// An edge that is killed under load, again and again, always with the same data; and numbers that
/// keep what its answers promised.
@ExtendWith(RunningUp.class)
class EdgeKillIT {
  private static final Duration SETTLED = Duration.ofMinutes(2);
  private static final int MAX_MESSAGES = 4_000_000;

  /// Several hits on the way on each connection, so that a kill finds some of them answered.
  private static final Plan LOAD = Plan.hits(8, 4, 4_000).andPosts(2, 20, 20);

  /// Answers of each round at least, however little time the machine has for the edge.
  private static final int ENOUGH = 100;

  private static final int MIN_LOAD_MS = 50;
  private static final int MAX_LOAD_MS = 900;

  /// So short that kills come before, while and after segments are given up.
  private static final String RETENTION = "5s";

  /// Many lanes in little room have small segments: quickly made, and soon full. It holds what a
  /// dozen killed edges leave.
  private static final String EVENT_LOOPS = "8";

  private static final String BUDGET = "256MiB";

  private static final Duration FORWARDING = Duration.ofMinutes(2);
  private static final int MAX_START_MS = 1_500;

  /// Every so many rounds the next edge is killed while it starts, on average.
  private static final int ROUNDS_PER_KILLED_START = 4;

  /// More of them leave more journals than the small disk budget has room for, where the machine is
  /// too busy to send them.
  private static final int ROUNDS_PER_DELIVERY = 10;

  private final Up up;

  @TempDir private Path directory;

  EdgeKillIT(Up up) {
    this.up = up;
  }

  @Test
  void tenKillsUnderLoadLoseNothingThatWasAnswered() {
    killUnderLoad("killed-edge", 10);
  }

  @Test
  @Tag("full")
  void hundredKillsUnderLoadLoseNothingThatWasAnswered() {
    killUnderLoad("often-killed-edge", 100);
  }

  private void killUnderLoad(String campaign, int rounds) {
    long seed = Long.getLong("aftersend.seed", System.nanoTime());
    Random random = new Random(seed);
    HitLedger ledger = new HitLedger(campaign, MAX_MESSAGES);
    Path tenantsFile = up.directory().resolve("data/tenants.json");
    String tenant = up.process().ready().field("tenant");
    String bootstrap = up.process().ready().field("kafka");
    HitRequests requests = new HitRequests(ledger, tenantsFile, tenant, up.client().key());
    EdgeSite site =
        EdgeSite.in(directory, tenantsFile, bootstrap)
            .with("AFTERSEND_EDGE_JOURNAL_RETENTION", RETENTION)
            .with("AFTERSEND_EDGE_JOURNAL_BUDGET", BUDGET)
            .with("AFTERSEND_EDGE_EVENT_LOOPS", EVENT_LOOPS);
    List<Integer> roundStarts = new ArrayList<>();

    int publishedInRounds = 0;
    for (int round = 1; round <= rounds; round++) {
      roundStarts.add(ledger.size());
      boolean isToBeSeen = publishedInRounds == 0;
      int before = isToBeSeen ? PublishedEvents.read(bootstrap, ledger).messages() : 0;
      killUnderLoad(site, requests, random);
      publishedInRounds +=
          isToBeSeen ? PublishedEvents.read(bootstrap, ledger).messages() - before : 0;
      if (round % ROUNDS_PER_DELIVERY == 0) {
        deliverTheRest(site, ledger, bootstrap);
      }
    }

    PublishedEvents published = PublishedEvents.read(bootstrap, ledger);
    String story =
        "seed %d, rounds from messages %s, %s, %d published by the first killed edges, %d in all, %d again"
            .formatted(
                seed,
                roundStarts,
                ledger.fates(),
                publishedInRounds,
                published.messages(),
                published.sentAgain());
    System.out.println("EdgeKillIT: " + story);
    assertThat(ledger.fates().get(Fate.ANSWERED)).as(story).isGreaterThan(ENOUGH * rounds);
    assertThat(publishedInRounds).as(story).isPositive();
    assertThat(ledger.problems(published.timesSeen())).as("in Kafka; " + story).isEmpty();
    assertThat(published.disorder()).as(story).isEmpty();
    awaitStored(ledger, published.messages());
    assertThat(ledger.problems(stored(ledger))).as("in ClickHouse; " + story).isEmpty();
    awaitCounted(ledger, published.timesSeen());
  }

  /// An edge may be stopped before it has sent what ten others have left: it is given the time.
  private static void deliverTheRest(EdgeSite site, HitLedger ledger, String bootstrap) {
    int answered = answered(ledger);
    try (AftersendProcess last = site.start()) {
      AdminPage admin = AdminPage.of(last);
      Await.untilAsserted(
          SETTLED,
          () -> {
            assertThat(admin.counts("aftersend_edge_lane_events", "state"))
                .as("what waits in the lanes that are known so far")
                .doesNotContainKey("waiting");
            return assertThat(PublishedEvents.read(bootstrap, ledger).messages())
                .as("messages in Kafka; the edge said:\n%s", last.outputText())
                .isGreaterThanOrEqualTo(answered);
          });
      assertThat(last.stop()).as(last.outputText()).isZero();
    }
  }

  private static int answered(HitLedger ledger) {
    return ledger.fates().getOrDefault(Fate.ANSWERED, 0);
  }

  private static void killUnderLoad(EdgeSite site, HitRequests requests, Random random) {
    AftersendProcess edge = site.start();
    int enough = answered(requests.ledger()) + ENOUGH;
    try (HitLoad load = HitLoad.start(edge.ready().field("edge"), LOAD, requests)) {
      Await.untilAsserted(
          SETTLED, () -> assertThat(answered(requests.ledger())).isGreaterThan(enough));
      if (random.nextBoolean()) {
        awaitForwarding(edge);
      }
      park(random.nextInt(MIN_LOAD_MS, MAX_LOAD_MS));
      edge.kill();
      load.stop();
    }
    if (random.nextInt(ROUNDS_PER_KILLED_START) == 0) {
      AftersendProcess starting = site.start();
      park(random.nextInt(MAX_START_MS));
      starting.kill();
    }
  }

  /// So that kills come in both of an edge's ages: before its first event has reached Kafka, and
  /// while events go there.
  private static void awaitForwarding(AftersendProcess edge) {
    AdminPage admin = AdminPage.of(edge);
    Await.untilAsserted(
        FORWARDING,
        () -> assertThat(admin.count("aftersend_edge_events_acknowledged_total")).isPositive());
  }

  private void awaitStored(HitLedger ledger, int messages) {
    Await.untilAsserted(
        SETTLED,
        () ->
            assertThat(
                    up.client()
                        .query(
                            "SELECT uniqExact(message) FROM aftersend.events WHERE campaign = '%s'"
                                .formatted(ledger.campaign())))
                .isEqualTo(List.of(List.of("" + messages))));
  }

  /// How many rows each message has.
  private int[] stored(HitLedger ledger) {
    int[] rows = new int[ledger.size()];
    up.client()
        .query(
            "SELECT message, count() FROM aftersend.events WHERE campaign = '%s' GROUP BY message"
                .formatted(ledger.campaign()))
        .forEach(row -> rows[ledger.number(row.get(0))] = Integer.parseInt(row.get(1)));
    return rows;
  }

  /// Waits until the processor has counted exactly what was published.
  private void awaitCounted(HitLedger ledger, int[] timesSeen) {
    Map<Kind, Integer> expected = new EnumMap<>(Kind.class);
    for (int number = 0; number < timesSeen.length; number++) {
      expected.merge(ledger.kind(number), timesSeen[number], Integer::sum);
    }
    Await.untilAsserted(
        SETTLED,
        () -> {
          JsonNode campaign = up.client().campaign(ledger.campaign());
          Map<Kind, Integer> counted = new EnumMap<>(Kind.class);
          for (Kind kind : Kind.values()) {
            counted.put(kind, campaign.at("/counts/" + kind.type() + "/total").asInt());
          }
          return assertThat(counted).isEqualTo(expected);
        });
  }

  private static void park(long durationMs) {
    LockSupport.parkNanos(Duration.ofMillis(durationMs).toNanos());
  }
}
