package io.aftersend.standalone.command;

import io.aftersend.standalone.capacity.Costs;
import io.aftersend.standalone.capacity.Load;
import io.aftersend.standalone.capacity.Plan;
import io.aftersend.standalone.capacity.Site;
import io.aftersend.standalone.console.Surroundings;
import io.aftersend.standalone.console.TextTable;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Prints the machines that a number of mails needs.
@Command(
    name = "capacity",
    description = "Prints the machines, disks and money that a number of mails a day needs.")
final class CapacityCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Option(
      names = "--mails-per-day",
      paramLabel = "N",
      required = true,
      description = "Mails sent on a busy day.")
  private long mailsPerDay;

  @Option(
      names = "--events-per-mail",
      paramLabel = "E",
      defaultValue = "2.7",
      description = "Events of all kinds (default: ${DEFAULT-VALUE}).")
  private double eventsPerMail;

  @Option(
      names = "--hits-per-mail",
      paramLabel = "H",
      defaultValue = "0.8",
      description = "Of these, opens and clicks at the edge (default: ${DEFAULT-VALUE}).")
  private double hitsPerMail;

  @Option(
      names = "--peak",
      paramLabel = "P",
      defaultValue = "6",
      description = "Busiest minute as a multiple of the day's mean (default: ${DEFAULT-VALUE}).")
  private double peak;

  @Option(
      names = "--cores",
      paramLabel = "C",
      defaultValue = "8",
      description = "Cores of a machine (default: ${DEFAULT-VALUE}).")
  private int cores;

  @Option(
      names = "--busy",
      paramLabel = "B",
      defaultValue = "0.5",
      description = "Share of the cores that the peak may take (default: ${DEFAULT-VALUE}).")
  private double busy;

  @Option(
      names = "--retention-days",
      paramLabel = "D",
      defaultValue = "400",
      description = "Days for which events are kept (default: ${DEFAULT-VALUE}).")
  private int retentionDays;

  @Option(
      names = "--facts-days",
      paramLabel = "D",
      defaultValue = "400",
      description = "Days for which facts of a message are kept (default: ${DEFAULT-VALUE}).")
  private int factsDays;

  @Option(
      names = "--core-month",
      paramLabel = "MONEY",
      defaultValue = "25",
      description = "Price of a core for a month, an assumption (default: ${DEFAULT-VALUE}).")
  private double coreMonth;

  @Option(
      names = "--gigabyte-month",
      paramLabel = "MONEY",
      defaultValue = "0.10",
      description = "Price of a GB of disk for a month, an assumption (default: ${DEFAULT-VALUE}).")
  private double gigabyteMonth;

  CapacityCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    common.values(surroundings.environment());
    require(mailsPerDay >= 1, "--mails-per-day", "a whole number from 1");
    require(eventsPerMail > 0, "--events-per-mail", "a number above 0");
    require(hitsPerMail >= 0 && hitsPerMail <= eventsPerMail, "--hits-per-mail", "0 to all events");
    require(peak >= 1, "--peak", "a number from 1");
    require(cores >= 1, "--cores", "a whole number from 1");
    require(busy > 0 && busy <= 1, "--busy", "a number above 0 up to 1");
    require(retentionDays >= 1, "--retention-days", "a whole number from 1");
    require(factsDays >= 1, "--facts-days", "a whole number from 1");
    require(coreMonth >= 0, "--core-month", "a number from 0");
    require(gigabyteMonth >= 0, "--gigabyte-month", "a number from 0");
    Load load = new Load(mailsPerDay, eventsPerMail, hitsPerMail, peak);
    Site site = new Site(cores, busy, 3, 2, 4, factsDays, retentionDays, coreMonth, gigabyteMonth);
    print(load, Plan.of(load, site, Costs.measured()));
    return 0;
  }

  private void require(boolean isRight, String option, String expected) {
    if (!isRight) {
      throw new ParameterException(spec.commandLine(), option + ": expected " + expected);
    }
  }

  private void print(Load load, Plan plan) {
    PrintStream out = surroundings.out();
    out.printf(
        Locale.ROOT,
        "%,d mails a day: %,.0f events/s, %,.0f in the busiest minute, %,.0f of them hits%n%n",
        load.mailsPerDay(),
        load.meanEvents(),
        load.peakEvents(),
        load.peakHits());
    TextTable table =
        new TextTable("", "busy cores", "machines", "disk GB", "Mbit/s", "money a month");
    plan.parts().forEach(part -> add(table, part));
    add(table, plan.total());
    table.print(out);
  }

  private static void add(TextTable table, Plan.Part part) {
    table.add(
        part.name(),
        "%,.1f".formatted(part.cores()),
        "%,d".formatted(part.machines()),
        "%,.0f".formatted(part.gigabytes()),
        "%,.0f".formatted(part.megabitsPerSecond()),
        "%,.0f".formatted(part.monthly()));
  }
}
