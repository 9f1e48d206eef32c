package io.aftersend.edge.forward;

import io.aftersend.edge.journal.LanePosition;
import io.aftersend.edge.journal.LaneReader;
import io.aftersend.edge.journal.LaneScan;
import io.aftersend.edge.journal.LaneState;
import io.aftersend.edge.journal.Losses;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// The way of one lane into Kafka: its records in their order, many under way, and a place behind
/// which nothing is unsettled. Confined to the forwarding thread.
final class LaneForwarder {
  private static final int MAX_RECORDS = 512;
  private static final long MAX_CHUNK_BYTES = 1024L * 1024;
  private static final int MAX_CHUNKS = 64;
  private static final int SCAN_RECORDS = 4096;

  /// Records that Kafka will never take.
  static final String REFUSED = "refused_by_kafka";

  private final LaneReader reader;
  private final ForwardParts parts;
  private final @Nullable LaneScan scan;
  private final Deque<Chunk> chunks = new ArrayDeque<>();

  /// Begun, but Kafka's client would not take the record that the reader stands at.
  private @Nullable Chunk begun;

  private boolean isScanned;
  private @Nullable LanePosition settledTo;
  private @Nullable LaneState saved;
  private long acknowledged;
  private long settledRecords;
  private long settledBytes;
  private long resent;
  private Losses dropped;
  private boolean hasFinished;

  /// @param reader at its beginning
  LaneForwarder(LaneReader reader, ForwardParts parts) {
    this.reader = reader;
    this.parts = parts;
    this.scan = reader.isLive() ? null : new LaneScan(reader);
    this.isScanned = reader.isLive();
    this.acknowledged = reader.start().acknowledged();
    this.resent = reader.start().resent();
    this.dropped = reader.start().dropped();
  }

  int lane() {
    return reader.lane();
  }

  /// Bytes of an earlier journal that are missing or no valid records; 0 before they are known.
  long damagedBytes() {
    return scan == null ? 0 : scan.damagedBytes();
  }

  /// Settles what can be settled and sends what is there, a bounded number of records.
  ///
  /// @return whether there is more to do at once; a lane that is read to its end rests, so that the
  ///   next records are sent many at a time
  boolean advance(KafkaSender sender) throws IOException {
    if (scan != null && !isScanned) {
      isScanned = scan.step(SCAN_RECORDS);
      return true;
    }
    settle();
    if (chunks.size() >= MAX_CHUNKS || parts.underWay().isFull()) {
      return false;
    }
    Chunk chunk = begun;
    if (chunk == null) {
      if (!reader.next()) {
        passLosses();
        return false;
      }
      chunk = new Chunk(parts.clock().millis());
    }
    begun = chunk;
    int sent = 0;
    do {
      if (!send(sender, chunk)) {
        return false;
      }
      sent++;
    } while (sent < MAX_RECORDS && chunk.allBytes() < MAX_CHUNK_BYTES && reader.next());
    begun = null;
    close(chunk);
    return sent == MAX_RECORDS || chunk.allBytes() >= MAX_CHUNK_BYTES;
  }

  private boolean send(KafkaSender sender, Chunk chunk) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            parts.topic(), null, reader.timestampMs(), reader.key(), reader.value());
    boolean isResent = reader.isResent();
    chunk.expect();
    if (!sender.send(record, new Settlement(chunk, isResent, record, sender, parts.dead()))) {
      chunk.unexpect();
      return false;
    }
    chunk.sent(isResent, reader.sizeBytes(), reader.timestampMs());
    return true;
  }

  private void close(Chunk chunk) {
    chunk.close(reader.position(), reader.takeLosses());
    chunks.addLast(chunk);
    parts.underWay().add(chunk.allBytes());
  }

  /// Losses behind which no record stands.
  private void passLosses() {
    if (reader.hasLosses()) {
      close(new Chunk(parts.clock().millis()));
    }
  }

  /// What becomes of a record that the client took.
  private record Settlement(
      Chunk chunk,
      boolean isResent,
      ProducerRecord<byte[], byte[]> record,
      KafkaSender sender,
      DeadLetterBox dead)
      implements Delivery.Outcome {
    @Override
    public void acknowledged() {
      chunk.acknowledged();
    }

    @Override
    public void failed(Exception error) {
      if (DeadLetterBox.isForGood(error)) {
        dead.add(chunk, isResent, record, error);
      } else {
        sender.broken(error);
      }
    }
  }

  private void settle() {
    for (Chunk oldest = chunks.peekFirst();
        oldest != null && oldest.isSettled();
        oldest = chunks.peekFirst()) {
      chunks.removeFirst();
      parts.underWay().remove(oldest.allBytes());
      acknowledged += oldest.records() - oldest.refused();
      settledRecords += oldest.records();
      settledBytes += oldest.bytes();
      resent += oldest.resent();
      dropped = dropped.plus(oldest.losses()).plus(Losses.of(REFUSED, oldest.refused()));
      settledTo = oldest.end();
    }
  }

  /// Goes back to the first record that is not settled: the client that had the others is gone.
  void restart() throws IOException {
    settle();
    if (chunks.isEmpty() && begun == null) {
      return;
    }
    for (Chunk chunk : chunks) {
      parts.underWay().remove(chunk.allBytes());
      resent += chunk.records() + chunk.resent();
    }
    if (begun != null) {
      resent += begun.records() + begun.resent();
    }
    chunks.clear();
    begun = null;
    reader.rewind(settledTo);
  }

  /// Forgets what is under way: the lane cannot go on.
  void abandon() {
    chunks.forEach(chunk -> parts.underWay().remove(chunk.allBytes()));
    chunks.clear();
    begun = null;
  }

  /// Whether everything that is there is settled.
  boolean isIdle() {
    settle();
    return isScanned && chunks.isEmpty() && begun == null;
  }

  /// Whether the lane of an earlier journal is read to its end and all is settled.
  boolean hasFinished() {
    if (!hasFinished && !reader.isLive() && reader.isAtEnd() && isIdle()) {
      hasFinished = true;
    }
    return hasFinished;
  }

  /// What the checkpoint should keep; null when it has it.
  @Nullable LaneState unsaved() {
    settle();
    LanePosition to = settledTo;
    if (to == null) {
      return null;
    }
    LaneState present = to.state(acknowledged, resent, dropped);
    if (to.sequence() < reader.start().sequence()) {
      // Still among what was acknowledged in an earlier life and must not be counted again.
      present = reader.start().withResent(resent);
    }
    return present.equals(saved) ? null : present;
  }

  void saved(LaneState state) {
    saved = state;
  }

  /// Whether segments are held of which everything is settled and saved.
  boolean canRelease() {
    return hasFinished() || (settledTo != null && reader.canRelease(settledTo));
  }

  /// Lets go of these.
  void release() {
    if (hasFinished()) {
      reader.finish();
    } else if (settledTo != null) {
      reader.release(settledTo);
    }
  }

  /// Null while it is not known what an earlier journal holds.
  @Nullable LaneAccount account() {
    if (!isScanned) {
      return null;
    }
    // Before the highest number: a loss that comes in between counts as waiting for a moment.
    Losses lost = scan == null ? reader.writerLosses() : scan.losses();
    long highest = scan == null ? reader.highest() : scan.highest();
    long records = scan == null ? highest - lost.total() : scan.records();
    long bytes = scan == null ? reader.keptBytes() : scan.bytes();
    Losses found = scan == null ? foundByReader() : reader.start().dropped();
    return new LaneAccount(
        reader.journal(),
        reader.lane(),
        highest,
        acknowledged,
        records - settledRecords - (scan == null ? found.total() : 0),
        lost.plus(found).plus(refusedHere()),
        resent,
        Math.max(0, bytes - settledBytes),
        lagMs());
  }

  /// Losses of a live lane that its writer does not know of.
  private Losses foundByReader() {
    return Losses.of(Losses.DAMAGED, dropped.of(Losses.DAMAGED))
        .plus(Losses.of(Losses.NOT_DURABLE, dropped.of(Losses.NOT_DURABLE)));
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
    long sinceMs = scan == null ? oldest.readMs() : oldest.firstTimestampMs();
    return Math.max(0, parts.clock().millis() - sinceMs);
  }
}
