package io.aftersend.processor.accounting;

import io.aftersend.schemas.accounting.LaneAccounting;
import io.aftersend.schemas.accounting.Stage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Addition of what became of a lane's sequences.
final class LaneSums {
  private LaneSums() {}

  /// A lane of which nothing is known yet.
  static LaneAccounting none(String journal, int lane) {
    LaneAccounting none = new LaneAccounting();
    none.setStage(Stage.PROCESSOR.wireName());
    none.setJournal(journal);
    none.setLane(lane);
    none.setTime(Instant.EPOCH);
    none.setStored(0L);
    none.setRepeats(0L);
    none.setDropped(new HashMap<>());
    return none;
  }

  /// Adds changes to a sum, which is changed.
  static void add(LaneAccounting sum, LaneAccounting change) {
    sum.setHighest(Math.max(sum.getHighest(), change.getHighest()));
    sum.setStored(sum.getStored() + change.getStored());
    sum.setRepeats(sum.getRepeats() + change.getRepeats());
    sum.setResent(sum.getResent() + change.getResent());
    for (Map.Entry<String, Long> dropped : change.getDropped().entrySet()) {
      sum.getDropped().merge(dropped.getKey(), dropped.getValue(), Long::sum);
    }
    sum.setFirstExpiry(earlier(sum.getFirstExpiry(), change.getFirstExpiry()));
  }

  /// The earlier of two days; null stands for none.
  static @Nullable LocalDate earlier(@Nullable LocalDate one, @Nullable LocalDate other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.isBefore(one) ? other : one;
  }
}
