package io.aftersend.edge.journal;

import java.nio.file.Path;
import java.time.Duration;

/// What the journal may take and how long it keeps it.
///
/// @param directory of this edge alone
/// @param budgetBytes most bytes of all segments together
/// @param segmentBytes size of one segment file
/// @param retention how long segments are kept after Kafka has acknowledged them, while the budget
///   has room
/// @param syncInterval time between two forced writes; zero: each answer waits for one
public record JournalConfig(
    Path directory, long budgetBytes, int segmentBytes, Duration retention, Duration syncInterval) {
  /// Holds the largest event many times over.
  public static final int MIN_SEGMENT_BYTES = 1024 * 1024;

  /// A loop at full speed fills it in a second or so: rare enough to change, small enough to free.
  private static final int MAX_SEGMENT_BYTES = 32 * 1024 * 1024;

  /// So that spares do not take much of the budget.
  private static final int SEGMENTS_PER_LANE = 8;

  /// One that is written to and one that is ready.
  private static final int MIN_SEGMENTS_PER_LANE = 2;

  /// The segment size for a budget that so many lanes share: a power of two.
  public static int segmentBytes(long budgetBytes, int lanes) {
    long share = budgetBytes / ((long) lanes * SEGMENTS_PER_LANE);
    long size = Math.clamp(share, MIN_SEGMENT_BYTES, MAX_SEGMENT_BYTES);
    return (int) Long.highestOneBit(size);
  }

  /// The smallest budget with which so many lanes work.
  public static long minBudgetBytes(int lanes) {
    return (long) lanes * MIN_SEGMENTS_PER_LANE * MIN_SEGMENT_BYTES;
  }
}
