package io.aftersend.query.accounting;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the loss accounting says, for programs.
public final class AccountingJson {
  private AccountingJson() {}

  /// All lanes, their sums, and whether they balance.
  public static ObjectNode of(List<LaneBalance> lanes) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("balanced", lanes.stream().allMatch(LaneBalance::isBalanced));
    json.set("totals", totals(LaneTotals.of(lanes)));
    lanes.forEach(lane -> json.withArray("lanes").add(lane(lane)));
    return json;
  }

  static ObjectNode totals(LaneTotals totals) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("lanes", totals.lanes())
        .put("highest", totals.highest())
        .put("acknowledged", totals.acknowledged())
        .put("waiting", totals.waiting())
        .set("dropped_by_edge", counts(totals.edgeDrops()));
    json.put("stored", totals.stored())
        .put("repeats", totals.repeats())
        .set("dropped_by_processor", counts(totals.processorDrops()));
    return json.put("resent", totals.resent())
        .put("missing_at_edge", totals.missingAtEdge())
        .put("missing", totals.missing())
        .put("stored_rows", totals.rows())
        .put("missing_rows", totals.missingRows());
  }

  static ObjectNode lane(LaneBalance lane) {
    LaneBalance.EdgePart edge = lane.edge();
    LaneBalance.ProcessorPart processor = lane.processor();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("journal", lane.journal())
        .put("lane", lane.lane())
        .put("edge", edge.id())
        .put("edge_time", text(edge.time()))
        .put("processor_time", text(processor.time()))
        .put("highest", edge.highest())
        .put("acknowledged", edge.acknowledged())
        .put("waiting", edge.waiting())
        .put("lag_bytes", edge.lagBytes())
        .put("lag_ms", edge.lagMs())
        .set("dropped_by_edge", counts(edge.dropped()));
    json.put("resent_by_edge", edge.resent())
        .put("stored", processor.stored())
        .put("repeats", processor.repeats())
        .set("dropped_by_processor", counts(processor.dropped()));
    json.put("resent", processor.resent())
        .put("missing_at_edge", lane.missingAtEdge())
        .put("missing", lane.missing())
        .put("stored_rows", lane.storedRows());
    lane.problems().forEach(json.putArray("problems")::add);
    return json;
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static ObjectNode counts(Map<String, Long> counts) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    counts.forEach(json::put);
    return json;
  }
}
