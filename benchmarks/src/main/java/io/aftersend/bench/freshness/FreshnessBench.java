package io.aftersend.bench.freshness;

import io.aftersend.bench.generator.LoadOrder;
import io.aftersend.bench.generator.LoadResult;
import io.aftersend.bench.load.LoadGenerator;
import io.aftersend.bench.load.Machine;
import io.aftersend.bench.pipeline.Installation;
import io.aftersend.bench.process.BenchProcess;
import io.aftersend.bench.process.CpuReading;
import io.aftersend.bench.process.WorkDirectory;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.standalone.console.Surroundings;
import io.aftersend.standalone.console.TextTable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// From a hit at the edge to the number that somebody reads, under load: edge, Kafka, processor,
/// ClickHouse and API as processes of their own on the machine's own processors.
///
/// Every hit that was answered must be counted once in the end, or there are no figures.
public final class FreshnessBench {
  private static final int CONNECTIONS = 32;
  private static final Duration SETTLING = Duration.ofMillis(300);

  /// One pixel and one click, by which the generator learns what the answers are.
  private static final int LEARNING_HITS = 2;

  private static final List<String> PROGRAMS =
      List.of("edge", "kafka", "processor", "clickhouse", "api");
  private static final String LOAD = "load";
  private static final double NS_PER_US = 1e3;
  private static final double NS_PER_S = 1e9;

  private final FreshnessPlan plan;
  private final Path root;
  private final Surroundings surroundings;

  /// @param root of the checkout; files lie in `benchmarks/target` below it
  public FreshnessBench(FreshnessPlan plan, Path root, Surroundings surroundings) {
    this.plan = plan;
    this.root = root;
    this.surroundings = surroundings;
  }

  /// Runs it and prints what it found.
  ///
  /// @throws StartupException when something does not start, or hits are lost or counted twice
  public void run() throws InterruptedException {
    surroundings.out().println(Machine.describe());
    try (WorkDirectory directory = WorkDirectory.make(root, "freshness-");
        Installation installation = Installation.start(directory.path(), true, List.of());
        Http http = new Http()) {
      URI edge = URI.create(BenchProcess.field(installation.add("edge"), "edge"));
      installation.set(ConfigKey.PUBLIC_URL, edge.toString());
      URI api = URI.create(BenchProcess.field(installation.add("api"), "api"));
      Instant now = surroundings.clock().instant();
      SignedHits hits = new SignedHits(installation.tenant().tenant(), edge, now);
      Path requests = directory.path().resolve("requests");
      hits.write(requests, plan.messages());
      String key = installation.tenant().key().text();
      new Sends(http, edge, key).post(plan.messages(), now);
      CampaignNumbers numbers =
          plan.isApiAsked()
              ? new ApiNumbers(http, api, key)
              : new ViewNumbers(http, installation.clickHouse(), Installation.TENANT);
      try (LoadGenerator generator = LoadGenerator.start(requests, directory.path())) {
        measure(installation, generator, edge.getPort(), new Probes(http, hits, numbers), http);
      }
    }
  }

  private void measure(
      Installation installation, LoadGenerator generator, int port, Probes probes, Http http)
      throws InterruptedException {
    Books books = new Books(http, installation.clickHouse(), Installation.TENANT);
    long earlier = load(generator, port, plan.warmUp()).answered() + LEARNING_HITS;
    books.await(earlier, plan.messages());
    Map<String, CpuReading> before = cpu(installation, generator);
    long startNs = System.nanoTime();
    Loaded run = measured(generator, port, probes);
    Map<String, CpuReading> after = cpu(installation, generator);
    long tookNs = System.nanoTime() - startNs;
    long hits = earlier + run.result().answered() + probes.sent();
    books.await(hits, plan.messages());
    print(run, before, after, tookNs);
    surroundings
        .out()
        .printf(
            Locale.ROOT,
            "All %,d hits that were answered are rows, accounted for, and counted, once each.%n",
            hits);
  }

  /// What a run of load gave, and what its probes took.
  private record Loaded(LoadResult result, List<Double> tookMs) {}

  private Loaded measured(LoadGenerator generator, int port, Probes probes)
      throws InterruptedException {
    try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
      Future<LoadResult> running = beside.submit(() -> load(generator, port, plan.duration()));
      List<Double> tookMs = probes.run(plan.duration());
      return new Loaded(running.get(), tookMs);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StartupException known
          ? known
          : new StartupException("the load failed: " + e.getCause(), e);
    }
  }

  private LoadResult load(LoadGenerator generator, int port, Duration duration)
      throws InterruptedException {
    LoadResult result =
        generator.run(
            new LoadOrder(port, CONNECTIONS, plan.hitsPerSecond(), duration, SETTLING, 1, true));
    if (result.failed() + result.unsent() > 0) {
      throw new StartupException(
          "the edge left %d requests without an answer, and %d were not sent in time"
              .formatted(result.failed(), result.unsent()));
    }
    return result;
  }

  private static Map<String, CpuReading> cpu(Installation installation, LoadGenerator generator) {
    Map<String, CpuReading> readings = new LinkedHashMap<>();
    try {
      for (String program : PROGRAMS) {
        readings.put(program, CpuReading.of(installation.ids(program)));
      }
      readings.put(LOAD, CpuReading.of(generator.ids()));
      readings.put("probes", CpuReading.of(List.of(ProcessHandle.current().pid())));
      return readings;
    } catch (IOException e) {
      throw new StartupException("the CPU time cannot be read: " + e, e);
    }
  }

  /// @param tookNs from the one reading to the other: until the last probe was visible
  private void print(
      Loaded run, Map<String, CpuReading> before, Map<String, CpuReading> after, long tookNs) {
    LoadResult result = run.result();
    surroundings
        .out()
        .printf(
            Locale.ROOT,
            "from a hit at the edge to the number %s, at %,.0f other hits/s: %s%n",
            plan.isApiAsked() ? "in the API" : "in the view in ClickHouse",
            result.answered() * NS_PER_S / result.elapsedNs(),
            Probes.describe(run.tookMs()));
    surroundings
        .out()
        .printf(
            Locale.ROOT,
            "the edge answered them within p50 %,.0f µs, p99 %,.0f µs%n",
            result.p50Ns() / NS_PER_US,
            result.p99Ns() / NS_PER_US);
    TextTable table = new TextTable("", "CPU µs per hit", "of one processor");
    after.forEach(
        (program, now) -> {
          double usedNs = now.since(before.getOrDefault(program, now)).totalNs();
          table.add(
              program,
              String.format(Locale.ROOT, "%.1f", usedNs / NS_PER_US / result.answered()),
              String.format(Locale.ROOT, "%.0f %%", 100 * usedNs / tookNs));
        });
    table.print(surroundings.out());
  }
}
