package io.aftersend.edge.forward;

import io.aftersend.edge.journal.LanePosition;
import io.aftersend.edge.journal.Losses;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Neighbouring records of a lane that are settled together. Built by the forwarding thread;
/// records are settled by any.
final class Chunk {
  /// The chunk itself counts as one until it is closed.
  private final AtomicInteger unsettled = new AtomicInteger(1);

  private final AtomicInteger refused = new AtomicInteger();
  private final long readMs;

  private int records;
  private int resent;
  private long bytes;
  private long allBytes;
  private long firstTimestampMs;
  private @Nullable LanePosition end;
  private Losses losses = Losses.NONE;

  /// @param readMs when its first record was read
  Chunk(long readMs) {
    this.readMs = readMs;
  }

  /// A record is about to be sent.
  void expect() {
    unsettled.incrementAndGet();
  }

  /// The record of the last [#expect] is on its way.
  void sent(boolean isResent, long sizeBytes, long timestampMs) {
    if (records + resent == 0) {
      firstTimestampMs = timestampMs;
    }
    allBytes += sizeBytes;
    if (isResent) {
      resent++;
    } else {
      records++;
      bytes += sizeBytes;
    }
  }

  /// The record of the last [#expect] could not be sent yet.
  void unexpect() {
    unsettled.decrementAndGet();
  }

  /// Kafka has the record.
  void acknowledged() {
    unsettled.decrementAndGet();
  }

  /// Kafka will never take the record; it is with the dead letters.
  void refused(boolean isResent) {
    if (!isResent) {
      refused.incrementAndGet();
    }
    unsettled.decrementAndGet();
  }

  /// No more records.
  void close(@Nullable LanePosition at, Losses passed) {
    end = at;
    losses = passed;
    unsettled.decrementAndGet();
  }

  boolean isSettled() {
    return unsettled.get() == 0;
  }

  /// Records that have not been acknowledged in an earlier life.
  int records() {
    return records;
  }

  int resent() {
    return resent;
  }

  int refused() {
    return refused.get();
  }

  /// What these take in the journal.
  long bytes() {
    return bytes;
  }

  /// What all records take, those included that were acknowledged in an earlier life.
  long allBytes() {
    return allBytes;
  }

  long readMs() {
    return readMs;
  }

  long firstTimestampMs() {
    return firstTimestampMs;
  }

  @Nullable LanePosition end() {
    return end;
  }

  Losses losses() {
    return losses;
  }
}
