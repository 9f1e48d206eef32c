package io.aftersend.bench.micro;

import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.standalone.console.Surroundings;
import io.aftersend.standalone.console.TextTable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// All benchmarks of this package, run by JMH in processes of their own, as one table.
public final class EdgeMicro {
  private static final String ALLOCATION = "gc.alloc.rate.norm";
  private static final int SHOWN_LINES = 40;
  private static final String[] JVM_OPTIONS = {
    "-XX:+UseSerialGC",
    "-Xmx1g",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "-Xlog:disable",
    "-Xlog:all=error:stderr"
  };

  private EdgeMicro() {}

  /// Runs them and prints the table.
  ///
  /// @param isQuick one short fork of each
  /// @throws StartupException when a benchmark fails
  public static void run(boolean isQuick, Surroundings surroundings) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("io\\.aftersend\\..*Benchmark\\.")
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .jvmArgs(JVM_OPTIONS);
    if (isQuick) {
      options
          .forks(1)
          .warmupIterations(2)
          .warmupTime(TimeValue.milliseconds(500))
          .measurementIterations(3)
          .measurementTime(TimeValue.milliseconds(500));
    }
    surroundings.err().println("aftersend: measuring; this takes minutes");
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    OutputFormat format =
        OutputFormatFactory.createFormatInstance(
            new PrintStream(log, true, StandardCharsets.UTF_8), VerboseMode.NORMAL);
    try {
      print(new Runner(options.build(), format).run(), surroundings);
    } catch (RunnerException e) {
      throw new StartupException(
          "the benchmarks failed: "
              + e.getMessage()
              + "\n"
              + end(log.toString(StandardCharsets.UTF_8)),
          e);
    }
  }

  private static String end(String log) {
    List<String> lines = log.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
  }

  private static void print(Collection<RunResult> results, Surroundings surroundings) {
    TextTable table = new TextTable("", "ns/op", "±", "B/op", "op/s");
    for (RunResult result : results) {
      Result<?> primary = result.getPrimaryResult();
      Result<?> allocation = result.getSecondaryResults().get(ALLOCATION);
      table.add(
          title(result.getParams().getBenchmark()),
          number(1, primary.getScore()),
          number(1, primary.getScoreError()),
          allocation == null ? "unknown" : number(1, allocation.getScore()),
          number(0, 1e9 / primary.getScore()));
    }
    table.print(surroundings.out());
  }

  private static String number(int decimals, double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /// Class and method, such as `Token.verify`.
  private static String title(String name) {
    String[] parts = name.split("\\.", -1);
    return parts[parts.length - 2].replace("Benchmark", "") + '.' + parts[parts.length - 1];
  }
}
