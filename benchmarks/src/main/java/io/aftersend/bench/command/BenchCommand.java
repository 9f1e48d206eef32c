package io.aftersend.bench.command;

import io.aftersend.standalone.console.Surroundings;
import io.aftersend.standalone.console.TextTable;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The benchmarks by name; alone it lists them.
@Command(name = "bench", description = "Runs benchmarks and prints tables; without a name, lists them.")
final class BenchCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Mixin
  private final Help help = new Help();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  BenchCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    TextTable table = new TextTable("NAME", "");
    for (Map.Entry<String, CommandLine> benchmark : spec.subcommands().entrySet()) {
      String[] description =
          benchmark.getValue().getCommandSpec().usageMessage().description();
      table.add(benchmark.getKey(), description[0]);
    }
    table.print(surroundings.out());
    return 0;
  }
}
