package io.aftersend.standalone.accounting;

import io.aftersend.query.accounting.LaneBalance;
import io.aftersend.query.accounting.LaneTotals;
import io.aftersend.standalone.console.TextTable;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What the loss accounting says, for people: a table of lanes, their sums, and the verdict.
public final class AccountingReport {
  /// Lanes of earlier starts of an edge stand in one line, so that a year of them does not hide
  /// those of today.
  private static final Duration EARLIER = Duration.ofDays(1);

  private static final int MAX_PROBLEMS = 20;

  private final List<LaneBalance> lanes;
  private final Instant now;

  public AccountingReport(List<LaneBalance> lanes, Instant now) {
    this.lanes = lanes;
    this.now = now;
  }

  /// Whether every sequence of every lane is accounted for.
  public boolean isBalanced() {
    return lanes.stream().allMatch(LaneBalance::isBalanced);
  }

  /// Prints all of it.
  public void print(PrintStream out) {
    if (lanes.isEmpty()) {
      out.println("balanced: no edge has taken anything in yet");
      return;
    }
    List<LaneBalance> earlier = lanes.stream().filter(this::isEarlier).toList();
    TextTable table =
        new TextTable(
            "JOURNAL",
            "LANE",
            "EDGE",
            "HIGHEST",
            "ACKNOWLEDGED",
            "WAITING",
            "DROPPED BY EDGE",
            "STORED",
            "REPEATS",
            "DROPPED LATER",
            "MISSING",
            "ROWS",
            "SENT AGAIN");
    for (LaneBalance lane : lanes) {
      if (!isEarlier(lane)) {
        add(table, lane);
      }
    }
    if (!earlier.isEmpty()) {
      add(table, "%d earlier lanes".formatted(earlier.size()), LaneTotals.of(earlier));
    }
    LaneTotals totals = LaneTotals.of(lanes);
    add(table, "total", totals);
    table.print(out);
    printDrops(out, "dropped by the edge", totals.edgeDrops());
    printDrops(out, "dropped later", totals.processorDrops());
    verdict(totals).forEach(out::println);
  }

  private boolean isEarlier(LaneBalance lane) {
    Instant time = lane.time();
    return lane.isBalanced() && time != null && time.isBefore(now.minus(EARLIER));
  }

  private static void add(TextTable table, LaneBalance lane) {
    table.add(
        lane.journal(),
        Integer.toString(lane.lane()),
        lane.edge().id(),
        text(lane.edge().highest()),
        text(lane.edge().acknowledged()),
        text(lane.edge().waiting()),
        text(LaneTotals.sum(lane.edge().dropped())),
        text(lane.processor().stored()),
        text(lane.processor().repeats()),
        text(LaneTotals.sum(lane.processor().dropped())),
        text(lane.missing()),
        lane.storedRows() == null ? "expired" : text(lane.storedRows()),
        text(lane.processor().resent()));
  }

  private static void add(TextTable table, String name, LaneTotals totals) {
    table.add(
        name,
        "",
        "",
        text(totals.highest()),
        text(totals.acknowledged()),
        text(totals.waiting()),
        text(LaneTotals.sum(totals.edgeDrops())),
        text(totals.stored()),
        text(totals.repeats()),
        text(LaneTotals.sum(totals.processorDrops())),
        text(totals.missing()),
        text(totals.rows()),
        text(totals.resent()));
  }

  private static String text(long number) {
    return Long.toString(number);
  }

  private static void printDrops(PrintStream out, String what, Map<String, Long> drops) {
    if (!drops.isEmpty()) {
      out.println(
          drops.entrySet().stream()
              .map(drop -> drop.getKey() + " " + drop.getValue())
              .collect(Collectors.joining(", ", what + ": ", "")));
    }
  }

  /// `balanced`, or what is missing, line by line.
  private List<String> verdict(LaneTotals totals) {
    List<String> problems = problems();
    if (problems.isEmpty()) {
      String waiting =
          totals.waiting() == 0 ? "" : "; %d wait for Kafka".formatted(totals.waiting());
      return List.of(
          "balanced: %d acknowledged = %d stored + %d repeats + %d dropped%s"
              .formatted(
                  totals.acknowledged(),
                  totals.stored(),
                  totals.repeats(),
                  LaneTotals.sum(totals.processorDrops()),
                  waiting));
    }
    List<String> lines = new ArrayList<>();
    lines.add("not balanced:");
    problems.stream().limit(MAX_PROBLEMS).map(problem -> "  " + problem).forEach(lines::add);
    if (problems.size() > MAX_PROBLEMS) {
      lines.add("  and %d more".formatted(problems.size() - MAX_PROBLEMS));
    }
    return lines;
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (LaneBalance lane : lanes) {
      for (String problem : lane.problems()) {
        problems.add("journal %s lane %d: %s".formatted(lane.journal(), lane.lane(), problem));
      }
    }
    return problems;
  }
}
