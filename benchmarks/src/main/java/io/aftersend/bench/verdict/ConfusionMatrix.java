package io.aftersend.bench.verdict;

import io.aftersend.processor.verdict.Verdict;
import io.aftersend.standalone.console.TextTable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Who made a hit, by row, against who was taken for its maker, by column. For one thread.
final class ConfusionMatrix {
  private final Map<Verdict, Map<Verdict, Integer>> counts = new EnumMap<>(Verdict.class);

  void add(Verdict expected, Verdict got) {
    counts
        .computeIfAbsent(expected, any -> new EnumMap<>(Verdict.class))
        .merge(got, 1, Integer::sum);
  }

  int count(Verdict expected, Verdict got) {
    return counts.getOrDefault(expected, Map.of()).getOrDefault(got, 0);
  }

  /// Hits of people that were taken for people's.
  String peopleKept() {
    return share(Verdict::isHuman, Verdict::isHuman);
  }

  /// Hits of machines that were taken for machines', whichever.
  String machinesFound() {
    return share(verdict -> !verdict.isHuman(), verdict -> !verdict.isHuman());
  }

  private String share(Predicate<Verdict> row, Predicate<Verdict> column) {
    int all = 0;
    int right = 0;
    for (Verdict expected : Verdict.values()) {
      for (Verdict got : Verdict.values()) {
        int count = row.test(expected) ? count(expected, got) : 0;
        all += count;
        right += column.test(got) ? count : 0;
      }
    }
    return all == 0 ? "none" : "%d of %d (%.1f %%)".formatted(right, all, 100.0 * right / all);
  }

  void print(PrintStream out) {
    List<String> titles = new ArrayList<>(List.of("made by / taken for"));
    for (Verdict verdict : Verdict.values()) {
      titles.add(verdict.wireName());
    }
    TextTable table = new TextTable(titles.toArray(String[]::new));
    for (Verdict expected : counts.keySet()) {
      List<String> row = new ArrayList<>(List.of(expected.wireName()));
      for (Verdict got : Verdict.values()) {
        row.add(Integer.toString(count(expected, got)));
      }
      table.add(row.toArray(String[]::new));
    }
    table.print(out);
    out.printf("people kept: %s; machines found: %s%n", peopleKept(), machinesFound());
  }
}
