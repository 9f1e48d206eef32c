package io.aftersend.standalone.accounting;

import io.aftersend.query.accounting.LaneBalance;
import io.aftersend.query.accounting.LaneBalance.EdgePart;
import io.aftersend.query.accounting.LaneBalance.ProcessorPart;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lanes for tests: a balanced one, and what may be wrong with it.
final class Lanes {
  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private Lanes() {}

  static LaneBalance balanced(int lane) {
    return lane(lane, NOW, 0, 0, 90L);
  }

  static LaneBalance lane(
      int lane, Instant time, long missing, long missingAtEdge, @Nullable Long rows) {
    EdgePart edge =
        new EdgePart("edge-1", time, 110, 100 + missing, 0, Map.of("disk_full", 10L), 0, 0, 0);
    return new LaneBalance(
        "00f1e2d3c4b5a697",
        lane,
        edge,
        new ProcessorPart(time, 90, 8, Map.of("bad_id", 2L), 3),
        missingAtEdge,
        missing,
        rows);
  }

  static LaneBalance withoutWordOfTheEdge(int lane) {
    return new LaneBalance(
        "00f1e2d3c4b5a697",
        lane,
        new EdgePart("", null, 0, 0, 0, Map.of(), 0, 0, 0),
        new ProcessorPart(NOW, 5, 0, Map.of(), 0),
        0,
        -5,
        5L);
  }
}
