package io.aftersend.standalone.command;

import io.aftersend.standalone.console.Surroundings;
import io.aftersend.standalone.stack.EmbeddedServices;
import io.aftersend.standalone.stack.EngineFetch;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

/// The tree of all commands.
public final class Commands {
  private static final int HELP_WIDTH = 100;
  private static final String NEEDS_BOTH =
      "Needs AFTERSEND_KAFKA_BOOTSTRAP and AFTERSEND_CLICKHOUSE_URL.";

  private Commands() {}

  /// Builds the tree; each command gets what it needs by its constructor.
  public static CommandLine build(Surroundings surroundings) {
    CommandLine tenant = new CommandLine(new TenantCommand());
    tenant.addSubcommand(new TenantAddCommand(surroundings));
    tenant.addSubcommand(new TenantListCommand(surroundings));
    CommandLine key = new CommandLine(new KeyCommand());
    key.addSubcommand(new KeyAddCommand(surroundings));
    key.addSubcommand(new KeyListCommand(surroundings));
    key.addSubcommand(new KeyRevokeCommand(surroundings));

    CommandLine program = new CommandLine(new AftersendCommand());
    program.addSubcommand(new UpCommand(surroundings));
    program.addSubcommand(new DemoCommand(surroundings));
    program.addSubcommand(new LinksCommand(surroundings));
    addService(
        program,
        surroundings,
        "edge",
        "Runs the edge alone: pixel, clicks, unsubscribe, ingest.",
        "Needs AFTERSEND_KAFKA_BOOTSTRAP.",
        io.aftersend.edge.Main::run);
    addService(
        program,
        surroundings,
        "processor",
        "Runs the processor alone: repeats, verdicts, counts.",
        NEEDS_BOTH,
        io.aftersend.processor.Main::run);
    addService(
        program,
        surroundings,
        "api",
        "Runs the API and the dashboard alone.",
        NEEDS_BOTH,
        io.aftersend.query.Main::run);
    addService(
        program,
        surroundings,
        "clickhouse",
        "Runs the embedded ClickHouse alone.",
        "",
        (values, out) -> EmbeddedServices.runClickHouse(values, out, EngineFetch.on(surroundings)));
    addService(
        program,
        surroundings,
        "kafka",
        "Runs the embedded Kafka alone.",
        "",
        EmbeddedServices::runKafka);
    program.addSubcommand(new MigrateCommand(surroundings));
    program.addSubcommand(new AccountingCommand(surroundings));
    program.addSubcommand(new RejudgeCommand(surroundings));
    program.addSubcommand(new CapacityCommand(surroundings));
    program.addSubcommand(tenant);
    program.addSubcommand(key);
    program.addSubcommand(new BenchCommand());
    CommandLine help = new CommandLine(new HelpCommand());
    help.getCommandSpec().usageMessage().description("Lists the commands, or explains one.");
    program.addSubcommand(help);
    layOut(program);
    return program;
  }

  /// Options stand in the order in which they are explained.
  private static void layOut(CommandLine command) {
    command.getCommandSpec().usageMessage().width(HELP_WIDTH).sortOptions(false);
    command.getSubcommands().values().forEach(Commands::layOut);
  }

  private static void addService(
      CommandLine program,
      Surroundings surroundings,
      String name,
      String description,
      String needs,
      ServiceCommand.Service service) {
    CommandLine command = new CommandLine(new ServiceCommand(surroundings, service));
    command.getCommandSpec().name(name).usageMessage().description(description, needs);
    program.addSubcommand(name, command);
  }
}
