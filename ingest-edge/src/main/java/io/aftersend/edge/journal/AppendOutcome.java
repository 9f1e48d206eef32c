package io.aftersend.edge.journal;

import java.util.Locale;

/// What became of a record that was handed to a lane.
public enum AppendOutcome {
  /// It is in the journal, and survives the death of this process.
  KEPT,
  /// The disk budget is spent on records that Kafka has not acknowledged.
  BUDGET_SPENT,
  /// The disk refused: it is full or broken.
  DISK_FAILED,
  /// The next segment is not ready yet: the disk is slower than the hits.
  DISK_BEHIND,
  /// No segment can hold a record of that size.
  TOO_LARGE,
  /// The journal is closed.
  CLOSED;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /// The name in counters and in the accounting.
  public String wireName() {
    return wireName;
  }
}
