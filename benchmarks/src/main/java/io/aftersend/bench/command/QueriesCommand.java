package io.aftersend.bench.command;

import io.aftersend.bench.queries.QueryBench;
import io.aftersend.standalone.console.Surroundings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Reports, links, heatmaps and analysts' queries over many rows.
@Command(
    name = "queries",
    description = {
      "How fast ClickHouse and the API answer reports and analysts' queries, and what they read.",
      "Takes minutes; all files lie below benchmarks/target and go at the end, unless --keep names a place."
    })
final class QueriesCommand implements Callable<Integer> {
  private static final long DEFAULT_EVENTS = 2_000_000;
  private static final long QUICK_EVENTS = 200_000;
  private static final long MAX_EVENTS = 1_000_000_000;
  private static final int DEFAULT_ROUNDS = 20;
  private static final int QUICK_ROUNDS = 5;
  private static final int MAX_ROUNDS = 1_000;

  private final Surroundings surroundings;

  @Option(
      names = "--events",
      paramLabel = "N",
      description =
          "Rows of the event table, roughly: 2000000. The full size is 100000000, which takes"
              + " up to 16 GB of disk.")
  private @Nullable Long events;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each is asked: 20. 0 only makes the rows, for --keep.")
  private @Nullable Integer rounds;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description =
          "Keeps the rows in this directory, and takes those that a run before left there.")
  private @Nullable Path keptIn;

  @Option(names = "--quick", description = "For a first look: 200000 rows, 5 rounds.")
  private boolean isQuick;

  @Option(
      names = "--open-months",
      description = "Leaves months in parts that overlap, as while they are written.")
  private boolean isOpen;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Mixin
  private final Help help = new Help();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  QueriesCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    long howMany =
        OptionRange.require(
            spec,
            "--events",
            events == null ? (isQuick ? QUICK_EVENTS : DEFAULT_EVENTS) : events,
            MAX_EVENTS);
    long howOften =
        OptionRange.require(
            spec,
            "--rounds",
            rounds == null ? (isQuick ? QUICK_ROUNDS : DEFAULT_ROUNDS) : rounds,
            keptIn == null ? 1 : 0,
            MAX_ROUNDS);
    Path root = Path.of(System.getProperty("aftersend.root", "."));
    new QueryBench(howMany, Math.toIntExact(howOften), root, keptIn, isOpen, surroundings).run();
    return 0;
  }
}
