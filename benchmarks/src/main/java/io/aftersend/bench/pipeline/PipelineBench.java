package io.aftersend.bench.pipeline;

import io.aftersend.bench.load.Machine;
import io.aftersend.bench.load.Spread;
import io.aftersend.bench.process.CpuReading;
import io.aftersend.bench.process.CpuUse;
import io.aftersend.bench.process.WorkDirectory;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.schemas.topic.Topics;
import io.aftersend.standalone.console.Surroundings;
import io.aftersend.standalone.console.TextTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Events from Kafka through the real processor: how many a second are counted and committed, with
/// an even load and with one hot campaign, and what the processor holds meanwhile.
///
/// Every run's numbers must be those of the generator's own book, or there are no figures.
public final class PipelineBench {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String LOAD = "load";
  private static final long JOURNAL = 0xC0FFEE_0000L;
  private static final double MIB = 1 << 20;

  private final PipelinePlan plan;
  private final Path root;
  private final Surroundings surroundings;
  private long mails;
  private int runs;

  /// @param root of the checkout; files lie in `benchmarks/target` below it
  public PipelineBench(PipelinePlan plan, Path root, Surroundings surroundings) {
    this.plan = plan;
    this.root = root;
    this.surroundings = surroundings;
  }

  /// Runs it and prints tables.
  ///
  /// @throws StartupException when something does not start, or numbers are wrong
  public void run() throws InterruptedException {
    surroundings.out().println(Machine.describe());
    Topics topics = Topics.withPrefix("");
    try (WorkDirectory directory = WorkDirectory.make(root, "pipeline-");
        Installation installation =
            Installation.start(directory.path(), plan.isSinkOn(), plan.processorOptions());
        MailLoad load =
            new MailLoad(installation.bootstrap(), topics.emailEvents(), Clock.systemUTC());
        CountedNumbers numbers =
            new CountedNumbers(installation.bootstrap(), topics.campaignMetrics())) {
      measure(installation, load, numbers);
      printMemory(installation);
      if (plan.isSinkOn()) {
        Visibility.measure(installation, load, surroundings);
      }
    }
  }

  private void measure(Installation installation, MailLoad load, CountedNumbers numbers)
      throws InterruptedException {
    List<RunFigures> even = new ArrayList<>();
    List<RunFigures> hot = new ArrayList<>();
    RunFigures start = run("start", plan.warmUpMails(), 0, installation, load, numbers);
    tell("start", start);
    for (int pair = 0; pair < plan.pairs(); pair++) {
      for (boolean isHot : new boolean[] {pair % 2 == 1, pair % 2 == 0}) {
        String name = (isHot ? "hot" : "even") + pair;
        RunFigures figures =
            run(name, plan.mails(), isHot ? plan.hotPercent() : 0, installation, load, numbers);
        tell(name, figures);
        (isHot ? hot : even).add(figures);
      }
    }
    print(even, hot);
  }

  private RunFigures run(
      String name,
      long howMany,
      int hotPercent,
      Installation installation,
      MailLoad load,
      CountedNumbers numbers)
      throws InterruptedException {
    Batch batch = new Batch(name + "-", mails, howMany, plan.campaigns(), hotPercent);
    mails += howMany;
    // A journal of its own, so that no position comes twice.
    MailEvents events = new MailEvents("%016x".formatted(JOURNAL + ++runs), batch.name());
    Expected expected = batch.expected(events);
    Map<String, CpuReading> before = cpu(installation);
    long startNs = System.nanoTime();
    load.send(batch, events);
    numbers.await(expected, PATIENCE);
    long tookNs = System.nanoTime() - startNs;
    Map<String, CpuUse> used = new HashMap<>();
    cpu(installation)
        .forEach((program, now) -> used.put(program, now.since(before.getOrDefault(program, now))));
    return new RunFigures(expected.events(), tookNs, used);
  }

  private static Map<String, CpuReading> cpu(Installation installation) {
    Map<String, CpuReading> readings = new HashMap<>();
    try {
      for (String name : Installation.names()) {
        readings.put(name, CpuReading.of(installation.ids(name)));
      }
      readings.put(LOAD, CpuReading.of(List.of(ProcessHandle.current().pid())));
    } catch (IOException e) {
      throw new StartupException("the CPU time cannot be read: " + e, e);
    }
    return readings;
  }

  private void tell(String name, RunFigures figures) {
    surroundings
        .err()
        .printf(
            Locale.ROOT,
            "aftersend: %s: %,d events, %,.0f events/s; CPU µs per event: processor %.1f, kafka %.1f,"
                + " clickhouse %.1f, load %.1f%n",
            name,
            figures.events(),
            figures.rate(),
            figures.cpuUs("processor"),
            figures.cpuUs("kafka"),
            figures.cpuUs("clickhouse"),
            figures.cpuUs(LOAD));
  }

  private void print(List<RunFigures> even, List<RunFigures> hot) {
    List<Double> ratios = new ArrayList<>();
    for (int pair = 0; pair < even.size(); pair++) {
      ratios.add(hot.get(pair).rate() / even.get(pair).rate());
    }
    TextTable table =
        new TextTable("", "even", "%d %% in one campaign".formatted(plan.hotPercent()));
    table.add("events a second, counted and committed", rates(even), rates(hot));
    for (String program : List.of("processor", "kafka", "clickhouse", LOAD)) {
      table.add("CPU µs per event: " + program, cpu(even, program), cpu(hot, program));
    }
    table.print(surroundings.out());
    surroundings.out().println("hot ÷ even: " + Spread.of(ratios).toText(2));
    surroundings
        .out()
        .println(
            "the processor's threads, CPU µs per event: " + even.getLast().threads("processor"));
    surroundings.out().println("All numbers are those of the generator's own book.");
  }

  private static String rates(List<RunFigures> runs) {
    return Spread.of(runs.stream().map(RunFigures::rate).toList()).toText(0);
  }

  private static String cpu(List<RunFigures> runs, String program) {
    return Spread.of(runs.stream().map(run -> run.cpuUs(program)).toList()).toText(1);
  }

  private void printMemory(Installation installation) throws InterruptedException {
    ProcessorMemory memory = ProcessorMemory.of(installation.processorId(), installation.admin());
    TextTable table = new TextTable("the processor holds", "MiB");
    table.add("heap after a full collection", mib(memory.heapBytes()));
    table.add("block cache of all stores, write buffers included", mib(memory.cacheBytes()));
    table.add("of that write buffers", mib(memory.writeBufferBytes()));
    table.add("table readers", mib(memory.readerBytes()));
    table.add("whole process, resident", mib(memory.residentBytes()));
    table.add("state on disk", mib(installation.stateBytes()));
    table.print(surroundings.out());
  }

  private static String mib(long bytes) {
    return String.format(Locale.ROOT, "%,.0f", bytes / MIB);
  }
}
