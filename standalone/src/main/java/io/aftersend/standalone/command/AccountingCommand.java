package io.aftersend.standalone.command;

import io.aftersend.query.accounting.AccountingJson;
import io.aftersend.query.accounting.ClickHouseAccounting;
import io.aftersend.query.accounting.LaneBalance;
import io.aftersend.query.clickhouse.ClickHouse;
import io.aftersend.query.clickhouse.ClickHouseAddress;
import io.aftersend.query.clickhouse.QueryLimits;
import io.aftersend.query.problem.ProblemException;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.config.ConfigReader;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.standalone.access.Access;
import io.aftersend.standalone.accounting.AccountingReport;
import io.aftersend.standalone.accounting.Settling;
import io.aftersend.standalone.console.Surroundings;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Tells what became of everything that the edges took in.
@Command(
    name = "accounting",
    description = {
      "Tells what became of everything that the edges took in, lane by lane.",
      "Ends with 0 where every sequence is accounted for, else with 1. What is on its way is waited",
      "for. See docs/accounting.md."
    })
final class AccountingCommand implements Callable<Integer> {
  private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);
  private static final int MAX_WAIT_SECONDS = 3_600;

  private final Surroundings surroundings;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Option(
      names = "--wait",
      paramLabel = "T",
      defaultValue = "10s",
      description = "Longest wait for what is on its way, 0s to 3600s (default: ${DEFAULT-VALUE}).")
  private String wait = "10s";

  @Option(names = "--json", description = "Print JSON.")
  private boolean isJson;

  AccountingCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Duration longest = longestWait();
    Map<String, String> values = common.values(surroundings.environment());
    ClickHouseAddress address = address(values);
    List<LaneBalance> lanes = read(address, longest);
    AccountingReport report = new AccountingReport(lanes, surroundings.clock().instant());
    if (isJson) {
      surroundings.out().println(AccountingJson.of(lanes).toPrettyString());
    } else {
      report.print(surroundings.out());
    }
    return report.isBalanced() ? 0 : 1;
  }

  private Duration longestWait() {
    String seconds = wait.endsWith("s") ? wait.substring(0, wait.length() - 1) : wait;
    if (!seconds.matches("[0-9]{1,4}") || Integer.parseInt(seconds) > MAX_WAIT_SECONDS) {
      throw new ParameterException(
          spec.commandLine(),
          "--wait: expected from 0s to %ds, got \"%s\"".formatted(MAX_WAIT_SECONDS, wait));
    }
    return Duration.ofSeconds(Integer.parseInt(seconds));
  }

  private static ClickHouseAddress address(Map<String, String> values) {
    ConfigReader reader = ConfigReader.of(values);
    ClickHouseAddress address =
        new ClickHouseAddress(
            URI.create(Access.of(values).clickHouseUrl()),
            reader.text(ConfigKey.CLICKHOUSE_USER),
            reader.textOrNull(ConfigKey.CLICKHOUSE_PASSWORD),
            reader.text(ConfigKey.CLICKHOUSE_DATABASE));
    reader.throwIfInvalid();
    return address;
  }

  private static List<LaneBalance> read(ClickHouseAddress address, Duration longest)
      throws InterruptedException {
    try (ClickHouse clickHouse =
        new ClickHouse(address, new QueryLimits(QUERY_TIMEOUT, 0), new PrometheusRegistry())) {
      return new Settling(new ClickHouseAccounting(clickHouse), Thread::sleep).lanes(longest);
    } catch (ProblemException e) {
      throw new StartupException(
          "%s (at %s; is it up, and is %s right?)"
              .formatted(e.problem().detail(), address.url(), ConfigKey.CLICKHOUSE_URL.key()),
          e);
    }
  }
}
