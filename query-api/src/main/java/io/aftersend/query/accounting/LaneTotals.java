package io.aftersend.query.accounting;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// The sums of some lanes.
///
/// @param rows rows that there are, of the lanes of which that can be told
public record LaneTotals(
    int lanes,
    long highest,
    long acknowledged,
    long waiting,
    Map<String, Long> edgeDrops,
    long stored,
    long repeats,
    Map<String, Long> processorDrops,
    long resent,
    long missing,
    long missingAtEdge,
    long rows,
    long missingRows) {

  /// Adds up.
  public static LaneTotals of(List<LaneBalance> lanes) {
    Map<String, Long> edgeDrops = new TreeMap<>();
    Map<String, Long> processorDrops = new TreeMap<>();
    for (LaneBalance lane : lanes) {
      lane.edge().dropped().forEach((reason, n) -> edgeDrops.merge(reason, n, Long::sum));
      lane.processor().dropped().forEach((reason, n) -> processorDrops.merge(reason, n, Long::sum));
    }
    return new LaneTotals(
        lanes.size(),
        sum(lanes, lane -> lane.edge().highest()),
        sum(lanes, lane -> lane.edge().acknowledged()),
        sum(lanes, lane -> lane.edge().waiting()),
        edgeDrops,
        sum(lanes, lane -> lane.processor().stored()),
        sum(lanes, lane -> lane.processor().repeats()),
        processorDrops,
        sum(lanes, lane -> lane.processor().resent()),
        sum(lanes, LaneBalance::missing),
        sum(lanes, LaneBalance::missingAtEdge),
        sum(lanes, lane -> lane.storedRows() == null ? 0 : lane.storedRows()),
        sum(lanes, LaneBalance::missingRows));
  }

  private static long sum(List<LaneBalance> lanes, ToLongFunction<LaneBalance> figure) {
    return lanes.stream().mapToLong(figure).sum();
  }

  /// The sum of what was dropped, whatever the reason.
  public static long sum(Map<String, Long> drops) {
    return drops.values().stream().mapToLong(Long::longValue).sum();
  }
}
