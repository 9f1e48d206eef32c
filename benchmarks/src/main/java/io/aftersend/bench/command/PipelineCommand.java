package io.aftersend.bench.command;

import io.aftersend.bench.pipeline.PipelineBench;
import io.aftersend.bench.pipeline.PipelinePlan;
import io.aftersend.standalone.console.Surroundings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The processor under an email service provider's load.
@Command(
    name = "pipeline",
    description = {
      "How many events a second the processor counts, evenly spread and with one hot campaign.",
      "Kafka, ClickHouse and the load share the machine with it. Takes some minutes; all files lie",
      "below benchmarks/target and go at the end."
    })
final class PipelineCommand implements Callable<Integer> {
  private static final long DEFAULT_EVENTS = 500_000;
  private static final long QUICK_EVENTS = 100_000;
  private static final long MAX_EVENTS = 100_000_000;
  private static final int MAX_CAMPAIGNS = 1_000_000;
  private static final int MAX_PERCENT = 100;
  private static final int MAX_PAIRS = 100;
  private static final int MAX_HEAP_MIB = 65_536;

  private final Surroundings surroundings;

  @Option(names = "--events", paramLabel = "N", description = "Events of a run, roughly: 500000.")
  private @Nullable Long events;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "Events of the run before, which is in no figure: twice as many.")
  private @Nullable Long warmUp;

  @Option(
      names = "--campaigns",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Campaigns that share the mails: ${DEFAULT-VALUE}.")
  private int campaigns;

  @Option(
      names = "--hot",
      paramLabel = "PERCENT",
      defaultValue = "30",
      description = "Share of one campaign in the hot runs: ${DEFAULT-VALUE}.")
  private int hotPercent;

  @Option(names = "--pairs", paramLabel = "N", description = "Pairs of an even and a hot run: 3.")
  private @Nullable Integer pairs;

  @Option(
      names = "--heap",
      paramLabel = "MIB",
      defaultValue = "512",
      description = "Most heap of the processor: ${DEFAULT-VALUE}.")
  private int heapMiB;

  @Option(
      names = "--sink",
      description =
          "Results go into ClickHouse meanwhile, and the time from hit to number is measured.")
  private boolean isSinkOn;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "Where a Flight Recorder profile of the processor goes.")
  private @Nullable Path profile;

  @Option(names = "--quick", description = "For a first look: 100000 events, one pair.")
  private boolean isQuick;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Mixin
  private final Help help = new Help();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  PipelineCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    long howMany = within("--events", events == null ? defaultEvents() : events, MAX_EVENTS);
    long before = within("--warm-up", warmUp == null ? 2 * howMany : warmUp, 2 * MAX_EVENTS);
    PipelinePlan plan =
        new PipelinePlan(
            mails(howMany),
            mails(before),
            (int) within("--campaigns", campaigns, MAX_CAMPAIGNS),
            (int) within("--hot", hotPercent, MAX_PERCENT),
            (int) within("--pairs", pairs == null ? (isQuick ? 1 : 3) : pairs, MAX_PAIRS),
            (int) within("--heap", heapMiB, MAX_HEAP_MIB),
            isSinkOn,
            profile);
    Path root = Path.of(System.getProperty("aftersend.root", "."));
    new PipelineBench(plan, root, surroundings).run();
    return 0;
  }

  private long defaultEvents() {
    return isQuick ? QUICK_EVENTS : DEFAULT_EVENTS;
  }

  private static long mails(long events) {
    return Math.max(1, Math.round(events / PipelinePlan.EVENTS_PER_MAIL));
  }

  private long within(String option, long value, long max) {
    return OptionRange.require(spec, option, value, max);
  }
}
