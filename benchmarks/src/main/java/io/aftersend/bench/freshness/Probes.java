package io.aftersend.bench.freshness;

import io.aftersend.links.Endpoint;
import io.aftersend.runtime.lifecycle.StartupException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/// Single hits on a campaign of their own, each a message's first, whose number is asked for every
/// 100 ms. The k-th is visible when the number has reached k. For one thread.
final class Probes {
  static final String CAMPAIGN = "probe";

  /// At random moments, so that they meet every phase of commits and batches.
  private static final Duration BETWEEN_PROBES = Duration.ofMillis(250);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration LATEST = Duration.ofMinutes(1);
  private static final double NS_PER_MS = 1e6;

  private final Http http;
  private final SignedHits hits;
  private final CampaignNumbers numbers;
  private final SplittableRandom random = new SplittableRandom(1);
  private final Deque<Long> waitingSinceNs = new ArrayDeque<>();
  private final List<Double> tookMs = new ArrayList<>();
  private int sent;

  Probes(Http http, SignedHits hits, CampaignNumbers numbers) {
    this.http = http;
    this.hits = hits;
    this.numbers = numbers;
  }

  /// Sends probes for some time, and returns when all are visible.
  ///
  /// @return the time that each took from before its request, in ms, in order
  /// @throws StartupException when one is refused, or not visible in time
  List<Double> run(Duration duration) throws InterruptedException {
    long startNs = System.nanoTime();
    long nextNs = startNs;
    long nextLookNs = startNs;
    while (System.nanoTime() - startNs < duration.toNanos() || !waitingSinceNs.isEmpty()) {
      long nowNs = System.nanoTime();
      if (nowNs - nextNs >= 0 && nowNs - startNs < duration.toNanos()) {
        nextNs += gapNs();
        send();
      }
      if (System.nanoTime() - nextLookNs >= 0) {
        nextLookNs = System.nanoTime() + BETWEEN_LOOKS.toNanos();
        look();
      }
      LockSupport.parkNanos(Math.min(nextNs, nextLookNs) - System.nanoTime());
    }
    return List.copyOf(tookMs);
  }

  /// How many were sent so far.
  int sent() {
    return sent;
  }

  private long gapNs() {
    return random.nextLong(2 * BETWEEN_PROBES.toNanos());
  }

  private void send() throws InterruptedException {
    boolean isClick = sent % 5 == 4;
    URI url = hits.url(isClick ? Endpoint.CLICK : Endpoint.OPEN, CAMPAIGN, "p-" + sent++);
    waitingSinceNs.add(System.nanoTime());
    int status = http.send(HttpRequest.newBuilder(url)).statusCode();
    if (status != (isClick ? 302 : 200)) {
      throw new StartupException("the edge refused a probe with status " + status);
    }
  }

  private void look() throws InterruptedException {
    if (waitingSinceNs.isEmpty()) {
      return;
    }
    long visible = numbers.hits(CAMPAIGN);
    long nowNs = System.nanoTime();
    long stillWaiting = sent - visible;
    if (stillWaiting < 0) {
      throw new StartupException("%d probes were sent, %d count".formatted(sent, visible));
    }
    while (waitingSinceNs.size() > stillWaiting) {
      tookMs.add((nowNs - waitingSinceNs.remove()) / NS_PER_MS);
    }
    Long oldestNs = waitingSinceNs.peek();
    if (oldestNs != null && nowNs - oldestNs > LATEST.toNanos()) {
      throw new StartupException("a probe is not visible after %d s".formatted(LATEST.toSeconds()));
    }
  }

  /// The times in words: median, 95th percentile, longest.
  static String describe(List<Double> tookMs) {
    double[] sorted = tookMs.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "p50 %,.0f ms, p95 %,.0f ms, longest %,.0f ms (%d hits)",
        sorted[(sorted.length - 1) / 2],
        sorted[(int) Math.ceil(0.95 * sorted.length) - 1],
        Arrays.stream(sorted).max().orElseThrow(),
        sorted.length);
  }
}
