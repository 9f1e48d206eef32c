package io.aftersend.bench.pipeline;

import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.standalone.console.Surroundings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// How long it takes from a hit in Kafka until the number of its campaign, read from the view in
/// ClickHouse, has it, at a moderate rate of other events.
final class Visibility {
  private static final int MAILS_PER_SECOND = 700;
  private static final int SECONDS = 30;
  private static final int PROBES = 100;
  private static final Duration BETWEEN_PROBES = Duration.ofMillis(250);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final double NS_PER_MS = 1e6;
  private static final String COUNT =
      "SELECT sum(total) FROM aftersend.campaign_counts"
          + " WHERE tenant = 'bench' AND campaign = 'probe-c0' AND type = 'opened'";

  private Visibility() {}

  /// Measures and prints.
  ///
  /// @throws StartupException when numbers do not come
  static void measure(Installation installation, MailLoad load, Surroundings surroundings)
      throws InterruptedException {
    AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    Thread others =
        Thread.ofPlatform()
            .name("load")
            .start(
                () -> {
                  try {
                    Batch batch =
                        new Batch("calm-", 1L << 40, MAILS_PER_SECOND * SECONDS, 1_000, 0);
                    load.send(batch, new MailEvents("00000000ca100000", "calm-"), MAILS_PER_SECOND);
                  } catch (RuntimeException e) {
                    failure.set(e);
                  }
                });
    double[] tookMs = probe(installation, load);
    others.join();
    RuntimeException problem = failure.get();
    if (problem != null) {
      throw problem;
    }
    print(tookMs, surroundings);
  }

  private static void print(double[] tookMs, Surroundings surroundings) {
    double[] sorted = tookMs.clone();
    Arrays.sort(sorted);
    surroundings
        .out()
        .printf(
            Locale.ROOT,
            "from a hit in Kafka to the number in ClickHouse, at %,.0f other events/s:"
                + " p50 %,.0f ms, p95 %,.0f ms, longest %,.0f ms (%d hits)%n",
            MAILS_PER_SECOND * PipelinePlan.EVENTS_PER_MAIL,
            sorted[sorted.length / 2],
            sorted[(int) Math.ceil(0.95 * sorted.length) - 1],
            sorted[sorted.length - 1],
            sorted.length);
  }

  /// The times of all probes. The k-th is taken for visible when the number has reached k.
  private static double[] probe(Installation installation, MailLoad load)
      throws InterruptedException {
    long[] sentNs = new long[PROBES];
    double[] tookMs = new double[PROBES];
    MailEvents events = new MailEvents("00000000ca100001", "probe-");
    int sent = 0;
    int visible = 0;
    long startNs = System.nanoTime();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (visible < PROBES) {
        long nowNs = System.nanoTime();
        if (nowNs - startNs > DEADLINE.toNanos()) {
          throw new StartupException("expected %d hits to count, got %d".formatted(sent, visible));
        }
        if (sent < PROBES && nowNs - startNs >= sent * BETWEEN_PROBES.toNanos()) {
          long nowMs = System.currentTimeMillis();
          Mail opened = new Mail((1L << 41) + sent, 0, false, 0, 0, 1, 0, 0);
          events.hits(opened, nowMs, nowMs, load::send);
          sentNs[sent++] = nowNs;
        }
        long count = count(http, installation.clickHouse());
        long seenNs = System.nanoTime();
        for (; visible < count; visible++) {
          tookMs[visible] = (seenNs - sentNs[visible]) / NS_PER_MS;
        }
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      }
    }
    return tookMs;
  }

  private static long count(HttpClient http, String clickHouse) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(clickHouse + "/"))
            .POST(BodyPublishers.ofString(COUNT))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new StartupException("ClickHouse refused: " + response.body());
      }
      return Long.parseLong(response.body().strip());
    } catch (IOException e) {
      throw new StartupException("ClickHouse does not answer: " + e, e);
    }
  }
}
