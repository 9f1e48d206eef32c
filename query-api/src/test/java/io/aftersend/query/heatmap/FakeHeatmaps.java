package io.aftersend.query.heatmap;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Heatmaps in memory: for each slice asked for, the same cells again.
public final class FakeHeatmaps implements HeatmapReadModel {
  public final SortedMap<WeekHour, CellCounts> week = new TreeMap<>();
  public final SortedMap<LocalDate, CellCounts> days = new TreeMap<>();
  public final SortedMap<String, CellCounts> zones = new TreeMap<>();
  public final List<Slice> asked = new ArrayList<>();
  public final List<HeatmapQuestion> questions = new ArrayList<>();
  public Set<String> unknownToDatabase = Set.of();

  @Override
  public boolean knowsZone(String zone) {
    return !unknownToDatabase.contains(zone);
  }

  @Override
  public SortedMap<String, CellCounts> recipientZones(HeatmapQuestion question) {
    return zones;
  }

  @Override
  public SortedMap<WeekHour, CellCounts> hourly(HeatmapQuestion question, List<Slice> slices) {
    return summed(question, slices, week);
  }

  @Override
  public SortedMap<LocalDate, CellCounts> daily(HeatmapQuestion question, List<Slice> slices) {
    return summed(question, slices, days);
  }

  private <K extends Comparable<? super K>> SortedMap<K, CellCounts> summed(
      HeatmapQuestion question, List<Slice> slices, SortedMap<K, CellCounts> cells) {
    questions.add(question);
    asked.addAll(slices);
    SortedMap<K, CellCounts> sum = new TreeMap<>();
    for (int i = 0; i < slices.size(); i++) {
      cells.forEach((key, counts) -> sum.merge(key, counts, CellCounts::plus));
    }
    return sum;
  }
}
