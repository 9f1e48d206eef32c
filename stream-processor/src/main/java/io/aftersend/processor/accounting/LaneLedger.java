package io.aftersend.processor.accounting;

import io.aftersend.processor.state.TransientStore;
import io.aftersend.schemas.accounting.LaneAccounting;
import io.aftersend.schemas.event.JudgedEvent;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The book of what became of each record of this partition, by the lane that it came from, until
/// it is passed on to the sums.
///
/// It lies in memory and must be passed on before every commit, in the same transaction as the
/// offsets of the records that it is of. For the task's thread.
public final class LaneLedger {
  private final SeenPositions seen;
  private final TransientStore<String, LaneAccounting> pending;

  LaneLedger(SeenPositions seen, TransientStore<String, LaneAccounting> pending) {
    this.seen = seen;
    this.pending = pending;
  }

  /// Takes in an event that can be counted, and says whether it came before. One that did not must
  /// become a row, and is known again only after [#remember].
  ///
  /// @param key the event's key
  public Arrival take(String key, JudgedEvent event, long nowMs) {
    Position position = Position.of(event);
    Arrival arrival = seen.arrive(key, event.getEventId(), position, nowMs);
    note(
        position,
        lane -> {
          switch (arrival) {
            case FIRST -> {
              lane.setStored(lane.getStored() + 1);
              lane.setFirstExpiry(LaneSums.earlier(lane.getFirstExpiry(), event.getExpiresOn()));
            }
            case REPEAT -> lane.setRepeats(lane.getRepeats() + 1);
            case RESENT -> lane.setResent(lane.getResent() + 1);
          }
        });
    return arrival;
  }

  /// Remembers an event that did not come before, so that its repeats are known.
  ///
  /// @param key the event's key
  public void remember(String key, JudgedEvent event, long nowMs) {
    seen.remember(key, event.getEventId(), Position.of(event), nowMs);
  }

  /// Takes in a record that never becomes a row.
  ///
  /// @param position where it lies; null where that is not known
  /// @param reason short name, as in the dead letter
  public void drop(@Nullable Position position, String reason, long nowMs) {
    if (position == null) {
      return;
    }
    boolean isNew = seen.isNew(position, nowMs);
    note(
        position,
        lane -> {
          if (isNew) {
            lane.getDropped().merge(reason, 1L, Long::sum);
          } else {
            lane.setResent(lane.getResent() + 1);
          }
        });
  }

  /// Takes back that an event became a row. What is said of a position more than once counts once.
  ///
  /// @param reason short name, as in the dead letter
  void takeBack(Position position, String reason, long nowMs) {
    if (seen.isNew(position, nowMs)) {
      note(
          position,
          lane -> {
            lane.setStored(lane.getStored() - 1);
            lane.getDropped().merge(reason, 1L, Long::sum);
          });
    }
  }

  private void note(@Nullable Position position, Consumer<LaneAccounting> change) {
    if (position == null) {
      return;
    }
    LaneAccounting lane =
        pending.get(position.laneKey(), key -> LaneSums.none(position.journal(), position.lane()));
    lane.setHighest(Math.max(lane.getHighest(), position.sequence()));
    change.accept(lane);
  }

  /// Hands over what was noted since the last time, by lane, and forgets it.
  public void flush(BiConsumer<String, LaneAccounting> forward) {
    pending.drain(forward);
  }
}
