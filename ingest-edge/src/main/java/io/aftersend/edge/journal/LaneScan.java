package io.aftersend.edge.journal;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A walk over everything that is left of a lane of an earlier journal, in steps, after which the
/// reader stands at its beginning again. Confined to the reading thread.
public final class LaneScan {
  private static final Logger log = LoggerFactory.getLogger(LaneScan.class);

  private final LaneReader reader;
  private long records;
  private long bytes;
  private long damagedBytes;
  private long highest;
  private Losses losses = Losses.NONE;
  private boolean isDone;

  /// @param reader at its beginning
  public LaneScan(LaneReader reader) {
    this.reader = reader;
  }

  /// Goes on.
  ///
  /// @return whether the walk is over
  public boolean step(int maxRecords) throws IOException {
    for (int i = 0; i < maxRecords && !isDone; i++) {
      if (!reader.next()) {
        finish();
      } else if (!reader.isResent()) {
        records++;
        bytes += reader.sizeBytes();
      }
    }
    return isDone;
  }

  private void finish() throws IOException {
    losses = reader.takeLosses();
    damagedBytes = reader.damagedBytes();
    highest = Math.max(reader.sequence(), reader.start().sequence());
    isDone = true;
    if (damagedBytes > 0) {
      log.warn(
          "Journal {}, lane {}: {} bytes are missing or no valid records and were left out",
          reader.journal(),
          reader.lane(),
          damagedBytes);
    }
    reader.rewind(null);
  }

  /// Records that are not acknowledged.
  public long records() {
    return records;
  }

  /// What these take.
  public long bytes() {
    return bytes;
  }

  /// Sequence numbers without a record, as far as that can be told.
  public Losses losses() {
    return losses;
  }

  /// Bytes that are missing or no valid records.
  public long damagedBytes() {
    return damagedBytes;
  }

  /// The last sequence number.
  public long highest() {
    return highest;
  }
}
