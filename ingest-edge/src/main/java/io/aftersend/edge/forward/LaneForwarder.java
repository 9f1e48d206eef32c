package io.aftersend.edge.forward;

import io.aftersend.edge.journal.LanePosition;
import io.aftersend.edge.journal.LaneReader;
import io.aftersend.edge.journal.LaneState;
import io.aftersend.edge.journal.Losses;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The way of one lane into Kafka: its records in their order, many under way, and a place behind
/// which nothing is unsettled. Confined to the forwarding thread.
final class LaneForwarder {
  private static final int MAX_RECORDS = 512;
  private static final int MAX_CHUNKS = 64;
  private static final int MAX_LOOKS = 100;

  /// Records that Kafka will never take.
  static final String REFUSED = "refused_by_kafka";

  private final LaneReader reader;
  private final InstantSource clock;
  private final LaneReader.@Nullable Scan found;
  private final Deque<Chunk> chunks = new ArrayDeque<>();

  /// Begun, but Kafka's client would not take the record that the reader stands at.
  private @Nullable Chunk begun;

  private @Nullable LanePosition settledTo;
  private long acknowledged;
  private long settledRecords;
  private long settledBytes;
  private long resent;
  private Losses dropped;
  private boolean hasFinished;

  /// @param reader at its beginning
  LaneForwarder(LaneReader reader, InstantSource clock) throws IOException {
    this.reader = reader;
    this.clock = clock;
    this.found = reader.isLive() ? null : reader.scan();
    this.acknowledged = reader.start().acknowledged();
    this.resent = reader.start().resent();
    this.dropped = reader.start().dropped();
  }

  LaneReader reader() {
    return reader;
  }

  /// Bytes of an earlier journal that were no valid records.
  long damagedBytes() {
    return found == null ? 0 : found.damagedBytes();
  }

  /// Settles what can be settled and sends what is there, a bounded number of records.
  ///
  /// @return whether anything was sent
  boolean advance(KafkaSender sender) throws IOException {
    settle();
    if (chunks.size() >= MAX_CHUNKS) {
      return false;
    }
    Chunk chunk = begun;
    if (chunk == null) {
      if (!reader.next()) {
        passLosses();
        return false;
      }
      chunk = new Chunk(clock.millis());
    }
    begun = chunk;
    int sent = 0;
    do {
      if (!sender.send(reader, chunk)) {
        return sent > 0;
      }
      sent++;
    } while (sent < MAX_RECORDS && reader.next());
    begun = null;
    chunk.close(reader.position(), reader.takeLosses());
    chunks.addLast(chunk);
    return true;
  }

  /// Losses behind which no record stands.
  private void passLosses() {
    Losses passed = reader.takeLosses();
    if (passed.total() > 0) {
      Chunk chunk = new Chunk(clock.millis());
      chunk.close(reader.position(), passed);
      chunks.addLast(chunk);
    }
  }

  private void settle() {
    for (Chunk oldest = chunks.peekFirst();
        oldest != null && oldest.isSettled();
        oldest = chunks.peekFirst()) {
      chunks.removeFirst();
      acknowledged += oldest.records() - oldest.refused();
      settledRecords += oldest.records();
      settledBytes += oldest.bytes();
      resent += oldest.resent();
      dropped = dropped.plus(oldest.losses()).plus(Losses.of(REFUSED, oldest.refused()));
      settledTo = oldest.end();
    }
    if (settledTo != null) {
      reader.release(settledTo);
    }
  }

  /// Goes back to the first record that is not settled: the client that had the others is gone.
  void restart() throws IOException {
    settle();
    for (Chunk chunk : chunks) {
      resent += chunk.records() + chunk.resent();
    }
    if (begun != null) {
      resent += begun.records() + begun.resent();
    }
    chunks.clear();
    begun = null;
    reader.rewind(settledTo);
  }

  /// Whether everything that is there is settled.
  boolean isIdle() {
    settle();
    return chunks.isEmpty() && begun == null;
  }

  /// Whether the lane of an earlier journal is read to its end and all is settled.
  boolean hasFinished() {
    if (!hasFinished && !reader.isLive() && reader.isAtEnd() && isIdle()) {
      hasFinished = true;
      reader.finish();
    }
    return hasFinished;
  }

  /// What the checkpoint should keep; null while there is nothing to keep.
  @Nullable LaneState state() {
    LanePosition to = settledTo;
    return to == null ? null : to.state(acknowledged, resent, dropped);
  }

  LaneAccount account() {
    Written written = found == null ? written() : Written.of(found);
    Losses refused = Losses.of(REFUSED, dropped.of(REFUSED));
    Losses all;
    long gone = 0;
    if (found == null) {
      Losses damaged = Losses.of(Losses.DAMAGED, dropped.of(Losses.DAMAGED));
      Losses notDurable = Losses.of(Losses.NOT_DURABLE, dropped.of(Losses.NOT_DURABLE));
      gone = damaged.total() + notDurable.total();
      all = written.losses.plus(refused).plus(damaged).plus(notDurable);
    } else {
      all = reader.start().dropped().plus(written.losses).plus(refusedHere());
    }
    return new LaneAccount(
        reader.journal(),
        reader.lane(),
        written.highest,
        acknowledged,
        written.records - settledRecords - gone,
        all,
        resent,
        Math.max(0, written.bytes - settledBytes),
        lagMs());
  }

  /// What a writer has taken.
  private record Written(long highest, long records, long bytes, Losses losses) {
    static Written of(LaneReader.Scan found) {
      return new Written(found.highest(), found.records(), found.bytes(), found.losses());
    }
  }

  /// The numbers of one moment, though the writer goes on meanwhile.
  private Written written() {
    Written seen;
    int tries = 0;
    do {
      seen =
          new Written(
              reader.highest(), reader.keptRecords(), reader.keptBytes(), reader.writerLosses());
    } while (seen.highest != reader.highest() && ++tries < MAX_LOOKS);
    return seen;
  }

  private Losses refusedHere() {
    return Losses.of(REFUSED, dropped.of(REFUSED) - reader.start().dropped().of(REFUSED));
  }

  private long lagMs() {
    Chunk oldest = chunks.isEmpty() ? begun : chunks.getFirst();
    if (oldest == null) {
      return 0;
    }
    // Of a live lane a record is read soon after it was written, and its own time may be cut to the
    // hour.
    long sinceMs = found == null ? oldest.readMs() : oldest.firstTimestampMs();
    return Math.max(0, clock.millis() - sinceMs);
  }
}
