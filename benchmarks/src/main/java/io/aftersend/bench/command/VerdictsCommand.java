package io.aftersend.bench.command;

import io.aftersend.bench.verdict.VerdictBench;
import io.aftersend.standalone.console.Surroundings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How well the rules tell people from machines.
@Command(
    name = "verdicts",
    description = {
      "How well the rules of judging tell people from machines, as confusion matrices.",
      "Judges documented agents and situations; those held out had no part in writing the rules."
    })
final class VerdictsCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "Rules to judge by, as AFTERSEND_RULES_FILE names; else those that we ship.")
  private @Nullable Path rules;

  @Option(names = "--mistakes", description = "Print every wrong verdict with its source.")
  private boolean areMistakesShown;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Mixin
  private final Help help = new Help();

  VerdictsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    VerdictBench.run(rules, areMistakesShown, surroundings.out());
    return 0;
  }
}
