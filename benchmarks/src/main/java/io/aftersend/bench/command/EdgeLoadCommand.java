package io.aftersend.bench.command;

import io.aftersend.bench.load.EdgeLoad;
import io.aftersend.bench.load.LoadPlan;
import io.aftersend.bench.load.LoadPlan.Part;
import io.aftersend.standalone.console.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The whole edge under load, beside nginx.
@Command(
    name = "edge-load",
    description = {
      "CPU time and latency of the whole edge under load, beside nginx.",
      "Needs Linux with two processor cores; nginx should be installed. Server and load are bound to",
      "a core each. Takes about six minutes; all files lie below benchmarks/target and go at the end."
    })
final class EdgeLoadCommand implements Callable<Integer> {
  private static final int MAX_PAIRS = 1_000;
  private static final int MAX_SECONDS = 600;
  private static final int MAX_CONNECTIONS = 4_000;
  private static final int MAX_RATE = 10_000_000;
  private static final long STOP_TIMEOUT_SECONDS = 25;

  private final Surroundings surroundings;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      description = "Rounds of the comparison of CPU time: 9. Others take five of nine as many.")
  private @Nullable Integer pairs;

  @Option(names = "--seconds", paramLabel = "N", description = "Length of a run: 4.")
  private @Nullable Integer seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "Load on each Java program before its first run: 15.")
  private @Nullable Integer warmUpSeconds;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "64",
      description = "Kept open to each server: ${DEFAULT-VALUE}.")
  private int connections;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Requests per second at the fixed rate; otherwise half of what saturates nginx.")
  private @Nullable Integer rate;

  @Option(
      names = "--only",
      paramLabel = "PART",
      split = ",",
      description =
          "Parts to run: cpu, latency (at 70 %% of the lower saturation), forwarder (running, with a"
              + " broker), choices (io_uring and Netty's codec). All of them otherwise.")
  private @Nullable Set<String> only;

  @Option(
      names = "--quick",
      description = "For a first look: 3 rounds of 2 seconds, 6 seconds of warm-up.")
  private boolean isQuick;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Mixin
  private final Help help = new Help();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  EdgeLoadCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    LoadPlan plan =
        new LoadPlan(
            parts(),
            within("--pairs", pairs, MAX_PAIRS, isQuick ? 3 : 9),
            Duration.ofSeconds(within("--seconds", seconds, MAX_SECONDS, isQuick ? 2 : 4)),
            Duration.ofSeconds(within("--warm-up", warmUpSeconds, MAX_SECONDS, isQuick ? 6 : 15)),
            within("--connections", connections, MAX_CONNECTIONS, 0),
            within("--rate", rate, MAX_RATE, 0));
    Path root = Path.of(System.getProperty("aftersend.root", "."));
    runUntilStopped(new EdgeLoad(plan, root, surroundings));
    return 0;
  }

  private Set<Part> parts() {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    for (String name : only == null ? Set.<String>of() : only) {
      try {
        parts.add(Part.valueOf(name.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(
            spec.commandLine(),
            "--only: expected cpu, latency, forwarder or choices, got " + name,
            e);
      }
    }
    return parts.isEmpty() ? EnumSet.allOf(Part.class) : parts;
  }

  private int within(String option, @Nullable Integer value, int max, int otherwise) {
    return value == null
        ? otherwise
        : Math.toIntExact(OptionRange.require(spec, option, value, max));
  }

  /// A signal interrupts the measurement, which then ends its processes; the JVM waits for that.
  private static void runUntilStopped(EdgeLoad measurement) throws InterruptedException {
    Thread measuring = Thread.currentThread();
    CountDownLatch done = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              measuring.interrupt();
              try {
                boolean _ = done.await(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      measurement.run();
      Runtime.getRuntime().removeShutdownHook(hook);
    } finally {
      done.countDown();
    }
  }
}
