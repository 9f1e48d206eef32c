package io.aftersend.edge.journal;

import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The one reader's side of a lane: its records in their order, from the checkpoint on, or from the
/// oldest segment when all that is kept is to be sent again. Confined to one thread.
public final class LaneReader {
  private final String journal;
  private final int number;
  private final LaneState start;
  private final SegmentDisk disk;
  private final SegmentStore store;
  private final InstantSource clock;
  private final long firstOffset;
  private final long firstSequence;

  /// Null for a lane of an earlier journal.
  private final @Nullable Lane live;

  private final @Nullable GroupSync sync;

  /// The first one that is not released.
  private @Nullable Segment oldest;

  private @Nullable Segment segment;
  private @Nullable FrameCursor cursor;
  private long lastSequence;
  private Losses losses = Losses.NONE;
  private long damagedBytes;
  private boolean isAtEnd;

  private LaneReader(
      String journal,
      int number,
      LaneState start,
      boolean isFromOldest,
      JournalParts parts,
      @Nullable Lane live,
      @Nullable Segment oldest) {
    this.journal = journal;
    this.number = number;
    this.start = start;
    this.disk = parts.disk();
    this.store = parts.store();
    this.clock = parts.clock();
    this.live = live;
    this.sync = live == null ? null : parts.sync();
    this.oldest = oldest;
    boolean isAtCheckpoint = !isFromOldest && oldest != null && oldest.ordinal() == start.ordinal();
    this.firstOffset = isAtCheckpoint ? start.offset() : Segment.HEADER_BYTES;
    this.firstSequence = isFromOldest ? 0 : start.sequence();
    this.lastSequence = firstSequence;
  }

  /// The reader of a lane that is written to.
  static LaneReader live(Lane lane, JournalParts parts) {
    return new LaneReader(lane.journal(), lane.lane(), LaneState.NEW, false, parts, lane, null);
  }

  /// The reader of what an earlier journal has left.
  ///
  /// @param oldest the first of the linked segments; null when there are none
  static LaneReader earlier(
      String journal,
      int number,
      LaneState start,
      boolean isFromOldest,
      JournalParts parts,
      @Nullable Segment oldest) {
    return new LaneReader(journal, number, start, isFromOldest, parts, null, oldest);
  }

  /// Moves to the next record.
  ///
  /// @return false when there is none at present
  public boolean next() throws IOException {
    while (true) {
      Segment present = segment == null ? begin() : segment;
      FrameCursor frames = cursor;
      if (present == null || frames == null) {
        isAtEnd = live == null;
        return false;
      }
      // Before the limit, or what is written in between would be passed over.
      boolean isFinal = isFinal(present);
      long limit = isSentWhenDurable() ? present.durable() : present.written();
      while (frames.next(limit)) {
        if (isRecord(frames)) {
          return true;
        }
      }
      if (!isFinal) {
        return false;
      }
      passUndurable(present, frames);
      Segment following = present.next();
      if (following == null) {
        isAtEnd = true;
        return false;
      }
      damagedBytes += frames.damagedBytes();
      open(following, Segment.HEADER_BYTES);
      if (live == null) {
        present.unmap();
      }
    }
  }

  /// Whether nothing more of a segment will be there to send.
  private boolean isFinal(Segment present) {
    return present.isComplete()
        && (!isSentWhenDurable() || present.isFailed() || present.durable() >= present.written());
  }

  /// Counts the records that the disk refused.
  private void passUndurable(Segment present, FrameCursor frames) {
    if (isSentWhenDurable()) {
      while (frames.next(present.written())) {
        if (isRecord(frames)) {
          losses = losses.plus(Losses.of(Losses.NOT_DURABLE, 1));
        }
      }
    }
  }

  private @Nullable Segment begin() throws IOException {
    if (oldest == null && live != null) {
      oldest = live.first();
    }
    if (oldest != null) {
      open(oldest, firstOffset);
    }
    return oldest;
  }

  private void open(Segment opened, long offset) throws IOException {
    var memory = live == null ? opened.map(disk) : opened.memory();
    segment = opened;
    cursor = new FrameCursor(memory, offset, lastSequence);
    damagedBytes += SegmentHeader.damagedBytes(memory);
  }

  private boolean isSentWhenDurable() {
    return live != null && live.isSentWhenDurable();
  }

  /// Takes note of a frame's number.
  private boolean isRecord(FrameCursor frame) {
    long known = Math.max(lastSequence, start.sequence());
    boolean isRecord = frame.kind() == Frame.RECORD;
    long missing = frame.sequence() - known - (isRecord ? 1 : 0);
    if (missing > 0) {
      Losses told = isRecord ? Losses.NONE : Losses.ofBytes(frame.value());
      Losses whole = told.total() > missing ? Losses.NONE : told;
      losses = losses.plus(whole).plus(Losses.of(Losses.DAMAGED, missing - whole.total()));
    }
    lastSequence = frame.sequence();
    return isRecord;
  }

  /// Whether [#takeLosses()] has any to give.
  public boolean hasLosses() {
    return !losses.equals(Losses.NONE);
  }

  /// The losses that were passed since the last call.
  public Losses takeLosses() {
    Losses taken = losses;
    losses = Losses.NONE;
    return taken;
  }

  /// The place behind the last frame that was read; null before the first.
  public @Nullable LanePosition position() {
    Segment present = segment;
    FrameCursor frames = cursor;
    return present == null || frames == null
        ? null
        : new LanePosition(present, frames.end(), lastSequence);
  }

  /// Goes back.
  ///
  /// @param to null: to the beginning
  public void rewind(@Nullable LanePosition to) throws IOException {
    losses = Losses.NONE;
    damagedBytes = 0;
    isAtEnd = false;
    Segment left = segment;
    if (live == null && left != null && (to == null || !left.equals(to.segment))) {
      left.unmap();
    }
    if (to == null) {
      lastSequence = firstSequence;
      segment = null;
      cursor = null;
    } else {
      lastSequence = to.sequence;
      open(to.segment, to.offset);
    }
  }

  /// Whether there are segments before a place to let go of.
  public boolean canRelease(LanePosition before) {
    return oldest != null && !oldest.equals(before.segment);
  }

  /// Lets go of the segments before a place: all their records are settled.
  public void release(LanePosition before) {
    while (oldest != null && !oldest.equals(before.segment)) {
      releaseOldest(oldest);
    }
  }

  /// Lets go of everything. For a lane that is at its end and settled.
  public void finish() {
    while (oldest != null) {
      releaseOldest(oldest);
    }
  }

  private void releaseOldest(Segment settled) {
    store.acknowledged(settled, clock.millis());
    oldest = settled.next();
    if (sync == null) {
      settled.unmap();
    } else {
      sync.release(number, settled);
    }
  }

  /// Bytes passed since the beginning that were no valid records.
  public long damagedBytes() {
    return damagedBytes + (cursor == null ? 0 : cursor.damagedBytes());
  }

  /// Whether everything was read and nothing more will come.
  public boolean isAtEnd() {
    return isAtEnd;
  }

  /// Whether the record was acknowledged before an earlier stop and is sent again on purpose.
  public boolean isResent() {
    return sequence() <= start.sequence();
  }

  public String journal() {
    return journal;
  }

  public int lane() {
    return number;
  }

  /// What was known of the lane when it was opened.
  public LaneState start() {
    return start;
  }

  /// The last sequence number that the lane's writer has taken; 0 for a lane of an earlier journal,
  /// whose [LaneScan] tells.
  public long highest() {
    return live == null ? 0 : live.highest();
  }

  /// What the records that the lane's writer has kept take; 0 for a lane of an earlier journal.
  public long keptBytes() {
    return live == null ? 0 : live.keptBytes();
  }

  /// What the lane's writer has lost so far; nothing for a lane of an earlier journal, whose
  /// [LaneScan] tells.
  public Losses writerLosses() {
    return live == null ? Losses.NONE : live.losses();
  }

  public boolean isLive() {
    return live != null;
  }

  public long sequence() {
    return lastSequence;
  }

  public long timestampMs() {
    return frame().timestampMs();
  }

  /// What the record takes in the segment.
  public long sizeBytes() {
    return frame().end() - frame().start();
  }

  /// A copy of the Kafka key.
  public byte[] key() {
    return frame().key();
  }

  /// A copy of the Kafka value.
  public byte[] value() {
    return frame().value();
  }

  private FrameCursor frame() {
    FrameCursor present = cursor;
    if (present == null) {
      throw new IllegalStateException("expected a record to have been read");
    }
    return present;
  }
}
