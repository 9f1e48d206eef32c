package io.aftersend.bench.command;

import io.aftersend.standalone.console.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The tree of the benchmarks' commands, as part of the program's.
public final class BenchCommands {
  private static final int HELP_WIDTH = 100;

  private BenchCommands() {}

  /// Builds the tree; each command gets what it needs by its constructor.
  public static CommandLine build(Surroundings surroundings) {
    CommandLine bench = new CommandLine(new BenchCommand(surroundings));
    bench.addSubcommand(new EdgeMicroCommand(surroundings));
    bench.addSubcommand(new EdgeLoadCommand(surroundings));
    bench.addSubcommand(new VerdictsCommand(surroundings));
    bench.addSubcommand(new QueriesCommand(surroundings));
    bench.addSubcommand(new PipelineCommand(surroundings));
    bench.addSubcommand(new FreshnessCommand(surroundings));
    CommandLine program = new CommandLine(CommandSpec.create().name("aftersend"));
    program.addSubcommand(bench);
    layOut(program);
    return program;
  }

  /// Options stand in the order in which they are explained.
  private static void layOut(CommandLine command) {
    command.getCommandSpec().usageMessage().width(HELP_WIDTH).sortOptions(false);
    command.getSubcommands().values().forEach(BenchCommands::layOut);
  }
}
