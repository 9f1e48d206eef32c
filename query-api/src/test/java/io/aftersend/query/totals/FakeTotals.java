package io.aftersend.query.totals;

import io.aftersend.query.period.Period;
import io.aftersend.query.timeline.EventSums;
import io.aftersend.query.totals.TotalsReadModel.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Totals in memory, the same for every grouping.
public final class FakeTotals implements TotalsReadModel {
  final SortedMap<String, Total> totals = new TreeMap<>();
  final SortedMap<String, Map<String, EventSums>> now = new TreeMap<>();
  final SortedMap<String, Map<String, EventSums>> before = new TreeMap<>();
  final List<Period> asked = new ArrayList<>();

  @Override
  public List<Total> whole(Page page) {
    return totals.values().stream()
        .filter(total -> page.after() == null || total.value().compareTo(page.after()) > 0)
        .limit(page.limit())
        .toList();
  }

  @Override
  public List<String> values(Page page, String basis, Period period, String zone) {
    TreeMap<String, Object> all = new TreeMap<>(now);
    all.putAll(before);
    return all.keySet().stream()
        .filter(value -> page.after() == null || value.compareTo(page.after()) > 0)
        .limit(page.limit())
        .toList();
  }

  @Override
  public List<PeriodTotal> inPeriod(
      Page page, List<String> values, String basis, Period period, String zone) {
    Map<String, Map<String, EventSums>> of = asked.isEmpty() ? now : before;
    asked.add(period);
    return values.stream()
        .map(value -> new PeriodTotal(value, of.getOrDefault(value, Map.of())))
        .toList();
  }
}
