package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.it.KillableServices.Service;
import io.aftersend.oracle.CampaignTerms;
import io.aftersend.oracle.Difference;
import io.aftersend.oracle.HistoryShape;
import io.aftersend.oracle.Oracle;
import io.aftersend.oracle.RandomHistory;
import io.aftersend.oracle.Recount;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processor, sink, Kafka and ClickHouse killed at random moments under load, and numbers that are
/// those of an independent recount all the same: the API's, the heatmap's rows, and what SQL counts
/// from the raw events.
class KillIT {
  private static final Duration SETTLED = Duration.ofMinutes(5);

  /// A recount by SQL looks at all rows that there are: it is made for so few of many histories.
  private static final int HISTORIES_PER_SQL_RECOUNT = 5;

  private static final Duration SENDING = Duration.ofDays(10);
  private static final int BATCH = 100;
  private static final List<Service> SERVICES = List.of(Service.values());

  private final long seed = Long.getLong("aftersend.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<Service, Integer> kills = new EnumMap<>(Service.class);
  private final Instant start =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(40));

  private final AtomicInteger posted = new AtomicInteger();

  @TempDir private Path directory;

  /// How histories are posted: in batches, with a pause between them.
  private record Pace(int messages, int pauseMs) {}

  @Test
  void killingEachServiceUnderLoadChangesNoNumber() throws Exception {
    try (KillableServices services = KillableServices.startIn(directory)) {
      List<Service> order = List.of(Service.PROCESSOR, Service.CLICKHOUSE, Service.KAFKA);
      PostedHistory history = history(1, 150);
      try (ExecutorService poster = Executors.newSingleThreadExecutor()) {
        Future<?> posting = poster.submit(() -> post(services.client(), history, 250));
        for (Service service : order) {
          park(random.nextInt(500, 2_500));
          kill(services, service);
        }
        await(posting);
      }
      expectNumbersOf(services, List.of(history));
    }
    report();
  }

  @Test
  @Tag("full")
  void tenMinutesOfKillsChangeNoNumber() throws Exception {
    Instant end = Instant.now().plus(Duration.ofMinutes(10));
    try (KillableServices services = KillableServices.startIn(directory);
        ExecutorService poster = Executors.newSingleThreadExecutor()) {
      Future<List<PostedHistory>> posting =
          poster.submit(() -> postUntil(end, services.client(), new Pace(2_000, 250)));
      while (Instant.now().isBefore(end)) {
        park(random.nextInt(1_000, 12_000));
        kill(services, anyService());
        services.restartEnded();
      }
      expectNumbersOf(services, await(posting));
    }
    assertThat(kills.keySet()).containsExactlyInAnyOrderElementsOf(SERVICES);
    report();
  }

  @Test
  @Tag("full")
  void twentyHistoriesWithKillsGiveTheNumbersOfTheOracle() throws Exception {
    try (KillableServices services = KillableServices.startIn(directory);
        ExecutorService poster = Executors.newSingleThreadExecutor()) {
      for (int number = 1; number <= 20; number++) {
        PostedHistory history = history(number, 250);
        Future<?> posting = poster.submit(() -> post(services.client(), history, 150));
        while (!posting.isDone()) {
          park(random.nextInt(300, 4_000));
          kill(services, anyService());
        }
        await(posting);
        expectNumbersOf(services, List.of(history));
      }
    }
    report();
  }

  private PostedHistory history(int number, int messages) {
    HistoryShape shape = new HistoryShape(messages, start, SENDING, Set.of());
    return PostedHistory.of("killed-" + number + "-", RandomHistory.events(seed + number, shape));
  }

  private List<PostedHistory> postUntil(Instant end, Client client, Pace pace) {
    List<PostedHistory> histories = new ArrayList<>();
    while (Instant.now().isBefore(end)) {
      PostedHistory history = history(histories.size() + 1, pace.messages());
      post(client, history, pace.pauseMs());
      histories.add(history);
    }
    return histories;
  }

  private void post(Client client, PostedHistory history, int pauseMs) {
    List<Map<String, Object>> bodies = history.bodies();
    for (int from = 0; from < bodies.size(); from += BATCH) {
      List<Map<String, Object>> batch = bodies.subList(from, Math.min(from + BATCH, bodies.size()));
      client.post(batch);
      posted.addAndGet(batch.size());
      park(pauseMs);
    }
  }

  private Service anyService() {
    return SERVICES.get(random.nextInt(SERVICES.size()));
  }

  private void kill(KillableServices services, Service service) {
    services.kill(service);
    kills.merge(service, 1, Integer::sum);
  }

  private void expectNumbersOf(KillableServices services, List<PostedHistory> histories) {
    for (int number = 0; number < histories.size(); number++) {
      PostedHistory history = histories.get(number);
      boolean isBySqlToo = number % HISTORIES_PER_SQL_RECOUNT == 0;
      Map<String, Recount> expected = Oracle.recount(history.events());
      for (String campaign : RandomHistory.CAMPAIGNS) {
        String id = history.prefix() + campaign;
        Recount recount = expected.getOrDefault(id, Recount.NONE);
        Await.untilAsserted(
            SETTLED,
            () -> {
              services.restartEnded();
              expectEverywhere(services.client(), history.prefix(), id, recount, isBySqlToo);
              return null;
            });
      }
    }
    AccountingIT.assertStoredAreRows(services.client());
  }

  private void expectEverywhere(
      Client client, String prefix, String id, Recount recount, boolean isBySqlToo) {
    String story = "%s; seed %d, kills %s".formatted(id, seed, kills);
    assertThat(CampaignAnswer.numbers(client.campaign(id)))
        .as(story)
        .isEqualTo(CampaignAnswer.numbers(recount, CampaignTerms.NONE, RecountIT.TYPES));
    if (isBySqlToo) {
      assertThat(
              Difference.between(
                  recount,
                  EventsRecount.of(client, KillableServices.TENANT, prefix, id, RecountIT.ZONES)))
          .as("by SQL from the events of %s", story)
          .isEmpty();
    }
    assertThat(
            Difference.betweenBuckets(
                recount.buckets(), RecountIT.bucketRows(client, KillableServices.TENANT, id)))
        .as("in the heatmap of %s", story)
        .isEmpty();
  }

  private void report() {
    System.out.println("KillIT: seed " + seed + ", kills " + kills + ", events " + posted);
  }

  private static <T> T await(Future<T> posting) throws InterruptedException {
    try {
      return posting.get();
    } catch (ExecutionException e) {
      throw new AssertionError("posting failed", e.getCause());
    }
  }

  private static void park(long durationMs) {
    LockSupport.parkNanos(Duration.ofMillis(durationMs).toNanos());
  }
}
