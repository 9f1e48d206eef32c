package io.aftersend.edge.forward;

import io.aftersend.edge.journal.LaneReader;
import io.aftersend.edge.journal.LaneState;
import io.aftersend.edge.journal.OpenJournal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lanes of one journal on their way to Kafka, each for itself: one that cannot be read does
/// not keep the others. Confined to the forwarding thread.
final class JournalForwarder {
  private static final Logger log = LoggerFactory.getLogger(JournalForwarder.class);

  private final OpenJournal journal;
  private final List<LaneForwarder> lanes = new ArrayList<>();

  /// Lanes that are neither finished nor given up.
  private final List<LaneForwarder> active = new ArrayList<>();

  private final List<String> problems = new ArrayList<>();
  private boolean isSaveFailing;

  JournalForwarder(OpenJournal journal, ForwardParts parts) {
    this.journal = journal;
    for (LaneReader reader : journal.lanes()) {
      lanes.add(new LaneForwarder(reader, parts));
    }
    active.addAll(lanes);
  }

  /// Lets each lane that has work send something, until the client takes no more.
  ///
  /// @param first the lane that begins
  /// @return whether there is more to do at once
  boolean advance(KafkaSender sender, int first) {
    boolean hasMore = false;
    List<LaneForwarder> turn = List.copyOf(active);
    for (int i = 0; i < turn.size() && !sender.isStalled(); i++) {
      LaneForwarder lane = turn.get((first + i) % turn.size());
      try {
        hasMore |= lane.advance(sender);
      } catch (IOException | RuntimeException | InternalError e) {
        giveUp(lane, e);
      }
    }
    return hasMore;
  }

  /// Begins again behind what is settled.
  void restart() {
    for (LaneForwarder lane : List.copyOf(active)) {
      try {
        lane.restart();
      } catch (IOException | RuntimeException | InternalError e) {
        giveUp(lane, e);
      }
    }
  }

  private void giveUp(LaneForwarder lane, Throwable because) {
    active.remove(lane);
    lane.abandon();
    String where = "journal " + journal.id() + ", lane " + lane.lane();
    problems.add(where + ": " + because);
    log.error("{} cannot be read: its events stay where they are", where, because);
  }

  /// Keeps what has been reached, and then lets go of what is behind. A disk that takes no
  /// checkpoint does not hold that up: it must not fill with what Kafka has.
  void save() {
    boolean isSaved = true;
    for (LaneForwarder lane : active) {
      LaneState state = lane.unsaved();
      isSaved &= state == null || save(lane, state);
    }
    isSaveFailing = !isSaved;
    List<LaneForwarder> releasing = active.stream().filter(LaneForwarder::canRelease).toList();
    if (!releasing.isEmpty()) {
      force();
      releasing.forEach(LaneForwarder::release);
    }
    active.removeIf(LaneForwarder::hasFinished);
  }

  private boolean save(LaneForwarder lane, LaneState state) {
    try {
      journal.save(lane.lane(), state);
      lane.saved(state);
      return true;
    } catch (IOException e) {
      // The last checkpoint stands: what is between is sent twice, and counted once.
      if (!isSaveFailing) {
        log.error("Cannot write the checkpoint of journal {}: {}", journal.id(), e.toString());
      }
      return false;
    }
  }

  private void force() {
    try {
      journal.force();
    } catch (IOException e) {
      log.error("Cannot force the checkpoint of journal {}: {}", journal.id(), e.toString());
    }
  }

  /// Whether everything that is there is settled, as far as it can be read.
  boolean isIdle() {
    return active.stream().allMatch(LaneForwarder::isIdle);
  }

  /// Whether an earlier journal is read to its end.
  boolean hasFinished() {
    return active.isEmpty() && problems.isEmpty();
  }

  List<LaneAccount> accounts() {
    return lanes.stream().map(LaneForwarder::account).filter(Objects::nonNull).toList();
  }

  long damagedBytes() {
    return lanes.stream().mapToLong(LaneForwarder::damagedBytes).sum();
  }

  /// What cannot be read or written, in one line; null when all is well.
  @Nullable String problem() {
    if (!problems.isEmpty()) {
      return "events cannot be read, restart when it is mended: " + problems;
    }
    return isSaveFailing ? "cannot write the checkpoint of journal " + journal.id() : null;
  }

  /// Its directory goes with its last segment.
  void finish() throws IOException {
    journal.finish();
  }

  void close() {
    try {
      journal.close();
    } catch (IOException e) {
      log.error("Cannot close the checkpoint of journal {}: {}", journal.id(), e.toString());
    }
  }
}
