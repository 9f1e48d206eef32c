package io.aftersend.bench.load;

import io.aftersend.standalone.console.TextTable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// The tables of a measurement. Each cell is a median, with the least and the greatest figure.
final class Report {
  private static final String[] TITLES = {
    "",
    "requests/s",
    "user µs/hit",
    "system µs/hit",
    "user+system µs/hit",
    "p50 µs",
    "usual p99 µs",
    "p99 µs",
    "p99.9 µs"
  };

  private static final List<Column> COLUMNS =
      List.of(
          new Column(RunFigures::requestsPerSecond, 0),
          new Column(RunFigures::userUs, 2),
          new Column(RunFigures::systemUs, 2),
          new Column(RunFigures::cpuUs, 2),
          new Column(RunFigures::p50Us, 0),
          new Column(RunFigures::usualP99Us, 0),
          new Column(RunFigures::p99Us, 0),
          new Column(RunFigures::p999Us, 0));

  /// Threads that use less are not named one by one.
  private static final double LEAST_SHOWN_US = 0.01;

  private final PrintStream out;

  private record Column(ToDoubleFunction<RunFigures> figure, int decimals) {}

  Report(PrintStream out) {
    this.out = out;
  }

  void line(String text) {
    out.println(text);
    out.flush();
  }

  /// What each server does at most, and whether it was the server that set the limit.
  void saturation(Series series) {
    TextTable table =
        new TextTable("", "requests/s", "its processor busy", "user+system µs/hit", "p99 µs");
    for (int i = 0; i < series.servers().size(); i++) {
      table.add(
          series.servers().get(i),
          series.spread(i, RunFigures::requestsPerSecond).toText(0),
          String.format(
              Locale.ROOT, "%.0f %%", 100 * series.spread(i, RunFigures::busyShare).median()),
          series.spread(i, RunFigures::cpuUs).toText(2),
          series.spread(i, RunFigures::p99Us).toText(0));
    }
    table(table);
  }

  /// All servers of a series, and the ratios of each to the first.
  void comparison(Series series) {
    TextTable table = new TextTable(TITLES);
    for (int i = 0; i < series.servers().size(); i++) {
      int server = i;
      row(
          table,
          series.servers().get(i),
          column -> series.spread(server, column.figure).toText(column.decimals));
    }
    for (int i = 1; i < series.servers().size(); i++) {
      int server = i;
      row(
          table,
          series.servers().get(i) + " / " + series.servers().getFirst(),
          column -> series.ratio(server, column.figure).toText(2));
    }
    table(table);
    overload(series);
    lateness(series);
  }

  private interface Cell {
    String of(Column column);
  }

  private static void row(TextTable table, String name, Cell cell) {
    List<String> cells = new ArrayList<>(List.of(name));
    COLUMNS.forEach(column -> cells.add(cell.of(column)));
    table.add(cells.toArray(String[]::new));
  }

  private void overload(Series series) {
    for (int i = 0; i < series.servers().size(); i++) {
      long runs = series.figures(i).stream().filter(run -> run.load().unsent() > 0).count();
      if (runs > 0) {
        line(
            "%s could not keep the rate in %d of %d runs: its latencies have no upper bound"
                .formatted(series.servers().get(i), runs, series.rounds().size()));
      }
    }
  }

  private void lateness(Series series) {
    Spread late =
        Spread.of(
            series.rounds().stream()
                .flatMap(List::stream)
                .map(figures -> figures.load().lateP99Ns() / 1e3)
                .toList());
    line("99 of 100 requests waited for the generator for at most %s µs".formatted(late.toText(0)));
    line("");
  }

  /// Which threads used the CPU time of a server, over all runs of a series.
  void threads(Series series, int server) {
    Map<String, Long> nsByThread = new TreeMap<>();
    long answered = 0;
    for (RunFigures figures : series.figures(server)) {
      figures.cpu().byThreadName().forEach((name, ns) -> nsByThread.merge(name, ns, Long::sum));
      answered += figures.load().answered();
    }
    TextTable table = new TextTable("thread of " + series.servers().get(server), "µs/hit");
    double restUs = 0;
    List<Map.Entry<String, Long>> byUse =
        nsByThread.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .toList();
    for (Map.Entry<String, Long> thread : byUse) {
      double us = thread.getValue() / 1e3 / answered;
      if (us >= LEAST_SHOWN_US) {
        table.add(thread.getKey(), String.format(Locale.ROOT, "%.2f", us));
      } else {
        restUs += us;
      }
    }
    table.add("all others", String.format(Locale.ROOT, "%.2f", restUs));
    table(table);
  }

  private void table(TextTable table) {
    table.print(out);
    line("");
  }
}
