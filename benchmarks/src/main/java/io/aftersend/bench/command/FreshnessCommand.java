package io.aftersend.bench.command;

import io.aftersend.bench.freshness.FreshnessBench;
import io.aftersend.bench.freshness.FreshnessPlan;
import io.aftersend.standalone.console.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// How soon a hit is visible.
@Command(
    name = "freshness",
    description = {
      "How soon a hit at the edge is in the numbers of its campaign, under a steady load of hits.",
      "Edge, Kafka, processor, ClickHouse, API and the load share the machine. Takes some minutes;",
      "all files lie below benchmarks/target and go at the end."
    })
final class FreshnessCommand implements Callable<Integer> {
  private static final int MAX_RATE = 100_000;
  private static final int MAX_SECONDS = 600;
  private static final int MAX_MESSAGES = 1_000_000;
  private static final int SECONDS = 60;
  private static final int QUICK_SECONDS = 15;
  private static final int WARM_UP_SECONDS = 120;

  private final Surroundings surroundings;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "3000",
      description = "Hits a second: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(names = "--seconds", paramLabel = "N", description = "How long they come: 60.")
  private @Nullable Integer seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "Seconds before that, in which five JVMs compile: 120.")
  private @Nullable Integer warmUp;

  @Option(
      names = "--messages",
      paramLabel = "N",
      defaultValue = "60000",
      description = "Messages that share the hits: ${DEFAULT-VALUE}.")
  private int messages;

  @Option(
      names = "--api",
      description = "Ask the API for the whole campaign, instead of the view in ClickHouse.")
  private boolean isApiAsked;

  @Option(names = "--quick", description = "For a first look: 15 seconds of each.")
  private boolean isQuick;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Mixin
  private final Help help = new Help();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  FreshnessCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    FreshnessPlan plan =
        new FreshnessPlan(
            within("--rate", rate, MAX_RATE),
            seconds("--warm-up", warmUp, WARM_UP_SECONDS),
            seconds("--seconds", seconds, SECONDS),
            within("--messages", messages, MAX_MESSAGES),
            isApiAsked);
    Path root = Path.of(System.getProperty("aftersend.root", "."));
    new FreshnessBench(plan, root, surroundings).run();
    return 0;
  }

  private Duration seconds(String option, @Nullable Integer given, int usual) {
    int value = given == null ? (isQuick ? QUICK_SECONDS : usual) : given;
    return Duration.ofSeconds(within(option, value, MAX_SECONDS));
  }

  private int within(String option, int value, int max) {
    return (int) OptionRange.require(spec, option, value, max);
  }
}
