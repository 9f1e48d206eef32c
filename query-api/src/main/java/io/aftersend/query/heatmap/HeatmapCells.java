package io.aftersend.query.heatmap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.heatmap.HeatmapReadModel.Slice;
import io.aftersend.query.heatmap.HeatmapReadModel.WeekHour;
import io.aftersend.query.http.Csv;
import io.aftersend.query.http.Json;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// The cells of one heatmap, without gaps, as JSON or CSV.
///
/// @param isHumanOnly whether `total` counts people only
/// @param minMessages fewer distinct messages than this mask a cell
record HeatmapCells(boolean isHumanOnly, int minMessages, List<Slice> slices) {
  /// All 168 hours of the week, in order from Monday, 00:00.
  ArrayNode hourly(HeatmapReadModel heatmaps, HeatmapQuestion question) {
    ArrayNode cells = Json.object().arrayNode();
    week(heatmaps, question)
        .forEach(
            (hour, counts) ->
                put(
                    cells.addObject().put("weekday", hour.weekday()).put("hour", hour.hour()),
                    counts));
    return cells;
  }

  String hourlyCsv(HeatmapReadModel heatmaps, HeatmapQuestion question) {
    Csv csv = new Csv(List.of("weekday", "hour", "total", "first", "masked"));
    week(heatmaps, question)
        .forEach((hour, counts) -> put(csv.number(hour.weekday()).number(hour.hour()), counts));
    return csv.toString();
  }

  /// Every day from the first to the last with anything, in order.
  ArrayNode daily(HeatmapReadModel heatmaps, HeatmapQuestion question) {
    ArrayNode cells = Json.object().arrayNode();
    days(heatmaps, question)
        .forEach((date, counts) -> put(cells.addObject().put("date", date.toString()), counts));
    return cells;
  }

  String dailyCsv(HeatmapReadModel heatmaps, HeatmapQuestion question) {
    Csv csv = new Csv(List.of("date", "total", "first", "masked"));
    days(heatmaps, question).forEach((date, counts) -> put(csv.id(date.toString()), counts));
    return csv.toString();
  }

  private Map<WeekHour, CellCounts> week(HeatmapReadModel heatmaps, HeatmapQuestion question) {
    return Gapless.week(heatmaps.hourly(question, slices), CellCounts.NONE);
  }

  private Map<LocalDate, CellCounts> days(HeatmapReadModel heatmaps, HeatmapQuestion question) {
    return Gapless.days(heatmaps.daily(question, slices), CellCounts.NONE);
  }

  private void put(ObjectNode cell, CellCounts counts) {
    cell.put("total", total(counts)).put("first", counts.first()).put("masked", masked(counts));
  }

  private void put(Csv csv, CellCounts counts) {
    csv.number(total(counts)).number(counts.first()).id(Boolean.toString(masked(counts))).endRow();
  }

  private long total(CellCounts counts) {
    return isHumanOnly ? counts.humanTotal() : counts.total();
  }

  private boolean masked(CellCounts counts) {
    return counts.first() < minMessages;
  }
}
