package io.aftersend.standalone.command;

import io.aftersend.processor.ProcessorConfig;
import io.aftersend.processor.rejudge.Comparison;
import io.aftersend.processor.rejudge.Rejudge;
import io.aftersend.processor.rejudge.Selection;
import io.aftersend.processor.rejudge.Swap;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.standalone.access.Access;
import io.aftersend.standalone.console.Surroundings;
import io.aftersend.standalone.rejudge.ComparisonJson;
import io.aftersend.standalone.rejudge.ComparisonReport;
import java.io.Console;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Judges all stored events again under changed rules.
@Command(
    name = "rejudge",
    description = {
      "Judges all stored events again under changed rules, and shows old and new numbers.",
      "Without --swap nothing changes, but the table rejudged_hits tells each hit that comes out",
      "otherwise. With --swap a processor that runs with these rules takes the new judgements, and",
      "every number follows. May be stopped and run again at any time. See docs/verdicts.md."
    })
final class RejudgeCommand implements Callable<Integer> {
  private static final long TELL_EVERY = 1_000_000;

  private final Surroundings surroundings;
  private long told;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "The rules; else those of AFTERSEND_RULES_FILE, else those that we ship.")
  private @Nullable Path rules;

  @Option(
      names = {"--swap", "--yes"},
      description = "Have the new judgements stand, without asking.")
  private boolean isSwapAsked;

  @Option(names = "--dry-run", description = "Compare only: the default where nobody can be asked.")
  private boolean isDryRun;

  @Option(names = "--tenant", paramLabel = "ID", description = "Only events of this tenant.")
  private @Nullable String tenant;

  @Option(names = "--campaign", paramLabel = "ID", description = "Only events of this campaign.")
  private @Nullable String campaign;

  @Option(names = "--json", description = "Print JSON, and ask nothing.")
  private boolean isJson;

  @Mixin private final CommonOptions common = new CommonOptions();

  RejudgeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    ProcessorConfig config = config();
    Selection selection = new Selection(tenant, campaign);
    try (Rejudge rejudge = Rejudge.open(config, rules == null ? config.rulesFile() : rules)) {
      Comparison comparison = rejudge.compare(selection, this::tellProgress);
      print(comparison, rejudge.rules().fingerprint());
      boolean isSwapping = !isDryRun && comparison.changedEvents() > 0 && isWanted();
      return isSwapping ? swap(rejudge, config, selection) : 0;
    }
  }

  private ProcessorConfig config() {
    Map<String, String> values = new HashMap<>(common.values(surroundings.environment()));
    Access access = Access.of(values);
    values.put(ConfigKey.CLICKHOUSE_URL.key(), access.clickHouseUrl());
    values.put(ConfigKey.KAFKA_BOOTSTRAP.key(), access.kafkaBootstrap());
    return ProcessorConfig.from(values);
  }

  private void print(Comparison comparison, String rulesName) {
    if (isJson) {
      surroundings
          .out()
          .println(ComparisonJson.of(comparison).put("rules", rulesName).toPrettyString());
    } else {
      surroundings.out().println("Rules " + rulesName);
      new ComparisonReport(comparison).print(surroundings.out());
    }
    surroundings.out().flush();
  }

  @SuppressWarnings("SystemConsoleNull") // Another check asks for it.
  private boolean isWanted() {
    if (isSwapAsked || isJson) {
      return isSwapAsked;
    }
    Console console = System.console();
    if (!surroundings.isTerminal() || console == null || !console.isTerminal()) {
      surroundings.out().println("Nothing was changed; --swap has the new judgements stand.");
      return false;
    }
    String answer = console.readLine("Have the new judgements stand? [y/N] ");
    return "y".equalsIgnoreCase(answer) || "yes".equalsIgnoreCase(answer);
  }

  private int swap(Rejudge rejudge, ProcessorConfig config, Selection selection)
      throws InterruptedException {
    Swap swap = rejudge.swap(config.kafka(), selection, this::tellProgress);
    if (!isJson) {
      surroundings
          .out()
          .printf(
              "%d messages were judged anew, in %d passes over all events%n",
              swap.messages(), swap.passes());
    }
    if (swap.remaining() > 0) {
      surroundings
          .err()
          .printf(
              "%d messages keep another judgement: events of theirs were deleted or keep coming, or"
                  + " they have too many%n",
              swap.remaining());
    }
    return swap.remaining() == 0 ? 0 : 1;
  }

  private void tellProgress(long events) {
    if (events / TELL_EVERY > told) {
      told = events / TELL_EVERY;
      surroundings.err().printf("%d million events%n", told);
    } else if (events / TELL_EVERY < told) {
      told = 0;
    }
  }
}
