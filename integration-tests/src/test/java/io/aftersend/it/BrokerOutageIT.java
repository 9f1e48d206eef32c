package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.it.HitLedger.Fate;
import io.aftersend.it.HitLoad.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A broker that goes and comes back while an edge is being hit: whoever is answered notices
/// nothing, and everything arrives in the end, in order.
class BrokerOutageIT {
  private static final Duration DELIVERED = Duration.ofMinutes(3);
  private static final Duration LOOK_AT_DRAIN_EVERY = Duration.ofMillis(50);
  private static final int MAX_MESSAGES = 8_000_000;
  private static final int CONNECTIONS = 8;
  private static final int WINDOWS = 5;

  /// How the broker goes and comes, and how hard the edge is hit meanwhile.
  ///
  /// @param warmup how long the load goes on before anything is measured
  /// @param before how long it then goes on before the outage
  /// @param outage how long the broker is away, stopped in order
  /// @param comings how often it is killed and comes back after that
  /// @param eachWay how long it is there, and then away, each of these times
  private record Story(
      int hitsPerSecond,
      Duration warmup,
      Duration before,
      Duration outage,
      int comings,
      Duration eachWay) {
    Plan plan() {
      return Plan.hits(CONNECTIONS, 1, hitsPerSecond).andPosts(1, 10, 10);
    }
  }

  @TempDir private Path directory;

  @Test
  void shortOutagesAreNotNoticedByClientsAndLoseNothing() throws IOException, InterruptedException {
    Story story =
        new Story(
            2_000,
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            3,
            Duration.ofSeconds(1));
    withoutLoss(story, AftersendProcess.startingFast());
  }

  @Test
  @Tag("full")
  void longOutagesAreNotNoticedByClientsAndLoseNothing() throws IOException, InterruptedException {
    Story story =
        new Story(
            5_000,
            Duration.ofSeconds(20),
            Duration.ofSeconds(100),
            Duration.ofMinutes(5),
            12,
            Duration.ofSeconds(4));
    withoutLoss(story, AftersendProcess.OPTIMISING);
  }

  private void withoutLoss(Story story, List<String> edgeOptions)
      throws IOException, InterruptedException {
    HitRequests requests = SoleTenant.addedIn(directory).requests("broker-outage", MAX_MESSAGES);
    HitLedger ledger = requests.ledger();
    try (LoneKafka kafka = LoneKafka.startIn(directory.resolve("broker"));
        AftersendProcess edge =
            EdgeSite.in(
                    directory.resolve("edge"), directory.resolve("tenants.json"), kafka.bootstrap())
                .start(edgeOptions)) {
      outageUnderLoad(kafka, story, edge, requests);
      comingsUnderLoad(kafka, story, edge, requests);
      Await.untilAsserted(
          DELIVERED,
          () ->
              assertThat(PublishedEvents.count(kafka.bootstrap()))
                  .isGreaterThanOrEqualTo(ledger.size()));
      assertThat(edge.stop()).as(edge.outputText()).isZero();
      assertDelivered(ledger, PublishedEvents.read(kafka.bootstrap(), ledger));
    }
  }

  private static void outageUnderLoad(
      LoneKafka kafka, Story story, AftersendProcess edge, HitRequests requests) {
    try (HitLoad load = HitLoad.start(edge.ready().field("edge"), story.plan(), requests)) {
      park(story.warmup);
      load.nextWindow();
      List<LatencyWindow> before = windows(load, story.before);
      kafka.stop();
      load.nextWindow();
      List<LatencyWindow> during = windows(load, story.outage);
      load.stop();
      printLatencies(before, during);
      assertThat(load.answers().keySet())
          .containsOnly("opened 200", "clicked 302", "delivered 202");
    }
    kafka.start();
    printDrain(kafka, requests.ledger().size());
  }

  private static void comingsUnderLoad(
      LoneKafka kafka, Story story, AftersendProcess edge, HitRequests requests) {
    try (HitLoad load = HitLoad.start(edge.ready().field("edge"), story.plan(), requests)) {
      for (int i = 0; i < story.comings; i++) {
        park(story.eachWay);
        kafka.kill();
        park(story.eachWay);
        kafka.start();
      }
      load.stop();
      assertThat(load.answers().keySet())
          .containsOnly("opened 200", "clicked 302", "delivered 202");
    }
  }

  private static void assertDelivered(HitLedger ledger, PublishedEvents published) {
    System.out.printf(
        "BrokerOutageIT: %s, %d published, %d sent again%n",
        ledger.fates(), published.messages(), published.sentAgain());
    assertThat(ledger.fates().keySet()).containsExactly(Fate.ANSWERED);
    assertThat(ledger.problems(published.timesSeen())).isEmpty();
    assertThat(published.disorder()).isEmpty();
    assertThat(published.gaps()).isEmpty();
  }

  /// Those within which anything was answered.
  private static List<LatencyWindow> windows(HitLoad load, Duration inAll) {
    List<LatencyWindow> windows = new ArrayList<>();
    for (int i = 0; i < WINDOWS; i++) {
      park(inAll.dividedBy(WINDOWS));
      LatencyWindow window = load.nextWindow();
      if (window.count() > 0) {
        windows.add(window);
      }
    }
    return windows;
  }

  private static void printLatencies(List<LatencyWindow> before, List<LatencyWindow> during) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < before.size() && i < during.size(); i++) {
      double beforeNs = before.get(i).quantile(0.99).toNanos();
      ratios.add(during.get(i).quantile(0.99).toNanos() / beforeNs);
    }
    Collections.sort(ratios);
    String ratio =
        ratios.isEmpty()
            ? "unknown"
            : "%.2f (%.2f to %.2f)"
                .formatted(ratios.get(ratios.size() / 2), ratios.getFirst(), ratios.getLast());
    System.out.printf(
        "BrokerOutageIT: p99 before %s µs, without broker %s µs; ratio %s%n",
        p99Micros(before), p99Micros(during), ratio);
  }

  private static List<Long> p99Micros(List<LatencyWindow> windows) {
    return windows.stream().map(window -> window.quantile(0.99).toNanos() / 1_000).toList();
  }

  /// Waits until the topic has that many records, and tells how fast they came.
  private static void printDrain(LoneKafka kafka, int records) {
    long first = PublishedEvents.count(kafka.bootstrap());
    long startNs = System.nanoTime();
    long deadlineNs = startNs + DELIVERED.toNanos();
    long now = first;
    while (now < records && System.nanoTime() < deadlineNs) {
      park(LOOK_AT_DRAIN_EVERY);
      now = PublishedEvents.count(kafka.bootstrap());
      if (now == first) {
        startNs = System.nanoTime();
      }
    }
    double seconds = (System.nanoTime() - startNs) / 1e9;
    System.out.printf(
        "BrokerOutageIT: drained %d events in %.2f s: %.0f events/s%n",
        now - first, seconds, (now - first) / seconds);
    assertThat(now).as("records in the topic").isGreaterThanOrEqualTo(records);
  }

  private static void park(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }
}
