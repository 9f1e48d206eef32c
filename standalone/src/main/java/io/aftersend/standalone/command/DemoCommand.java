package io.aftersend.standalone.command;

import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.config.ConfigReader;
import io.aftersend.standalone.access.Access;
import io.aftersend.standalone.console.Surroundings;
import io.aftersend.standalone.demo.Demo;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Plays a realistic campaign against a running Aftersend and checks its numbers.
@Command(
    name = "demo",
    description = {
      "Plays a realistic campaign against a running `up` and checks its numbers.",
      "28 days of mail, back-dated and live, by people and machines. The demo keeps a ledger of its",
      "own and compares Aftersend's numbers with it."
    })
final class DemoCommand implements Callable<Integer> {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Surroundings surroundings;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  private CommandSpec spec;

  @Option(
      names = "--messages",
      paramLabel = "N",
      defaultValue = "5000",
      description = "How many messages, 1 to 1000000 (default: ${DEFAULT-VALUE}).")
  private int messages = 5_000;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "At most so many events and hits a second (default: as fast as it goes).")
  private @Nullable Double rate;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Decides all that is left to chance (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--campaign",
      paramLabel = "C",
      description = "The campaign's id, new to Aftersend (default: demo- and the time).")
  private @Nullable String campaign;

  @Option(
      names = "--ledger",
      paramLabel = "FILE",
      description = "Where the ledger goes (default: demo-ledger.json in the data directory).")
  private @Nullable Path ledger;

  DemoCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    require(
        messages >= 1 && messages <= Demo.MAX_MESSAGES,
        "--messages: expected from 1 to 1000000, got " + messages);
    require(rate == null || rate > 0, "--rate: expected a number above 0, got " + rate);
    String id =
        campaign == null ? "demo-" + STAMP.format(surroundings.clock().instant()) : campaign;
    require(
        id.matches("[A-Za-z0-9._~-]{1,%d}".formatted(Demo.MAX_CAMPAIGN_LENGTH)),
        "--campaign: expected 1 to %d characters of A-Z a-z 0-9 . _ ~ -, got \"%s\""
            .formatted(Demo.MAX_CAMPAIGN_LENGTH, id));
    Map<String, String> values = common.values(surroundings.environment());
    Access access = Access.of(values);
    Path file =
        ledger == null
            ? ConfigReader.of(values).path(ConfigKey.DATA_DIR).resolve("demo-ledger.json")
            : ledger;
    Demo.Order order =
        new Demo.Order(id, messages, seed, rate == null ? Double.POSITIVE_INFINITY : rate, file);
    return new Demo(access, order, surroundings).run() ? 0 : 1;
  }

  private void require(boolean isRight, String problem) {
    if (!isRight) {
      throw new ParameterException(spec.commandLine(), problem);
    }
  }
}
