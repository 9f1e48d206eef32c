package io.aftersend.edge.journal;

import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one reader's side of a lane: its records in their order, from the checkpoint on, or from the
/// oldest segment when all that is kept is to be sent again. Confined to one thread.
public final class LaneReader {
  private static final Logger log = LoggerFactory.getLogger(LaneReader.class);

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
  private String gapReason = Losses.DAMAGED;
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

  /// What a walk over everything that is left of a lane shows.
  ///
  /// @param records that are not acknowledged
  /// @param bytes what these take
  /// @param losses sequence numbers without a record, as far as that can be told
  /// @param damagedBytes bytes that were no valid records
  /// @param highest the last sequence number
  public record Scan(long records, long bytes, Losses losses, long damagedBytes, long highest) {}

  /// Walks over everything and comes back. For lanes of earlier journals.
  public Scan scan() throws IOException {
    long records = 0;
    long bytes = 0;
    Losses lost = Losses.NONE;
    while (next()) {
      if (!isResent()) {
        records++;
        bytes += sizeBytes();
      }
    }
    lost = lost.plus(losses);
    FrameCursor last = cursor;
    long damaged = damagedBytes + (last == null ? 0 : last.damagedBytes());
    if (damaged > 0) {
      log.warn(
          "Journal {}, lane {}: {} bytes are no valid records and were left out",
          journal,
          number,
          damaged);
    }
    Scan scan = new Scan(records, bytes, lost, damaged, Math.max(lastSequence, start.sequence()));
    rewind(null);
    return scan;
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
      boolean isComplete = present.isComplete();
      long limit = limit(present);
      while (frames.next(limit)) {
        if (isRecord(frames)) {
          return true;
        }
      }
      if (!isComplete || isWaitingForDisk(present)) {
        return false;
      }
      Segment following = present.next();
      if (following == null) {
        isAtEnd = true;
        return false;
      }
      damagedBytes += frames.damagedBytes();
      if (isSentWhenDurable() && present.durable() < present.written()) {
        gapReason = Losses.NOT_DURABLE;
      }
      open(following, Segment.HEADER_BYTES);
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
    boolean hasFormat =
        memory.byteSize() >= Segment.HEADER_BYTES && memory.get(Frame.LONG, 0) == Segment.FORMAT;
    if (!hasFormat) {
      damagedBytes += Math.min(memory.byteSize(), Segment.HEADER_BYTES);
    }
  }

  private long limit(Segment present) {
    return isSentWhenDurable() ? present.durable() : present.written();
  }

  private boolean isSentWhenDurable() {
    return live != null && live.isSentWhenDurable();
  }

  private boolean isWaitingForDisk(Segment present) {
    return isSentWhenDurable() && !present.isFailed() && present.durable() < present.written();
  }

  /// Takes note of a frame's number.
  private boolean isRecord(FrameCursor frame) {
    long known = Math.max(lastSequence, start.sequence());
    boolean isRecord = frame.kind() == Frame.RECORD;
    long missing = frame.sequence() - known - (isRecord ? 1 : 0);
    if (missing > 0) {
      Losses told = isRecord ? Losses.NONE : Losses.ofBytes(frame.value());
      Losses whole = told.total() > missing ? Losses.NONE : told;
      losses = losses.plus(whole).plus(Losses.of(gapReason, missing - whole.total()));
    }
    gapReason = Losses.DAMAGED;
    lastSequence = frame.sequence();
    return isRecord;
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
    gapReason = Losses.DAMAGED;
    damagedBytes = 0;
    isAtEnd = false;
    if (to == null) {
      lastSequence = firstSequence;
      segment = null;
      cursor = null;
    } else {
      lastSequence = to.sequence;
      open(to.segment, to.offset);
    }
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
      sync.release(settled);
    }
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
  /// whose [Scan] tells.
  public long highest() {
    return live == null ? 0 : live.highest();
  }

  /// The records that the lane's writer has kept so far; 0 for a lane of an earlier journal, whose
  /// [Scan] tells.
  public long keptRecords() {
    return live == null ? 0 : live.keptRecords();
  }

  /// What these take; 0 for a lane of an earlier journal, whose [Scan] tells.
  public long keptBytes() {
    return live == null ? 0 : live.keptBytes();
  }

  /// What the lane's writer has lost so far; nothing for a lane of an earlier journal, whose [Scan]
  /// tells.
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
