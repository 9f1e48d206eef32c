package io.aftersend.edge.journal;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A lane that is written to. What its writer publishes is read by the forwarder and by the thread
/// that forces it to the disk; the allocator hands it empty segments.
final class Lane implements LaneWriter {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);
  private static final VarHandle LAST;

  /// At the end of each segment room stays for the text of losses, so that a lane that ends without
  /// room can still say what it lost.
  private static final long LOSSES_BYTES = Frame.sizeBytes(LossCounts.MAX_TEXT_BYTES);

  static {
    try {
      LAST = MethodHandles.lookup().findVarHandle(Lane.class, "lastSequence", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final String journal;
  private final int number;
  private final int segmentBytes;
  private final boolean isSentWhenDurable;
  private final SegmentSupply supply;
  private final GroupSync sync;
  private final Frame.Writer frames = new Frame.Writer();
  private final SpareSegments spares = new SpareSegments();
  private final Waiters waiters = new Waiters();
  private final LossCounts losses = new LossCounts();

  private @Nullable Segment active;
  private @Nullable MemorySegment memory;
  private long position = Segment.HEADER_BYTES;
  private long keptBytes;

  /// The last sequence number that was taken. Its release publishes what was counted before.
  private long lastSequence;

  private volatile @Nullable Segment first;
  private volatile boolean isClosed;

  /// @param isSentWhenDurable whether its records may leave only once they are on the disk
  Lane(
      String journal,
      int number,
      int segmentBytes,
      boolean isSentWhenDurable,
      SegmentSupply supply,
      GroupSync sync) {
    this.journal = journal;
    this.number = number;
    this.segmentBytes = segmentBytes;
    this.isSentWhenDurable = isSentWhenDurable;
    this.supply = supply;
    this.sync = sync;
  }

  @Override
  public String journal() {
    return journal;
  }

  @Override
  public int lane() {
    return number;
  }

  @Override
  public long nextSequence() {
    return lastSequence + 1;
  }

  @Override
  public AppendOutcome append(
      byte[] record, int offset, int keyLength, int valueLength, long timestampMs) {
    int length = keyLength + valueLength;
    AppendOutcome outcome = makeRoom(Frame.sizeBytes(length));
    if (outcome == AppendOutcome.KEPT) {
      write(Frame.RECORD, lastSequence + 1, timestampMs, record, offset, keyLength, length);
      keptBytes += Frame.sizeBytes(length);
    } else {
      losses.add(outcome);
    }
    LAST.setRelease(this, lastSequence + 1);
    return outcome;
  }

  @Override
  public boolean isDurableBeforeAnswer() {
    return sync.isBeforeAnswer();
  }

  @Override
  public boolean reserve(int[] bodyLengths, Duration timeout) {
    waiters.begin(active, position);
    int segments = segmentsFor(bodyLengths);
    return segments >= 0 && !isClosed && supply.awaitReady(spares, segments, timeout);
  }

  @Override
  public void awaitDurable(Durability durability) {
    Segment present = active;
    Segment begin = first;
    if (present == null || begin == null) {
      durability.settle(true);
    } else {
      waiters.add(begin, present, position, durability);
      sync.syncSoon();
    }
  }

  private void write(
      int kind,
      long sequence,
      long timestampMs,
      byte[] body,
      int offset,
      int keyLength,
      int length) {
    MemorySegment to = memory;
    Segment present = active;
    if (to == null || present == null) {
      throw new IllegalStateException("expected room in lane " + number);
    }
    frames.write(to, position, kind, sequence, timestampMs, body, offset, keyLength, length);
    position += Frame.sizeBytes(length);
    present.written(position);
  }

  private AppendOutcome makeRoom(long sizeBytes) {
    return losses.hasUnwritten() || !hasRoom(sizeBytes)
        ? makeRoomElsewhere(sizeBytes)
        : AppendOutcome.KEPT;
  }

  private boolean hasRoom(long sizeBytes) {
    return roomBytes() >= sizeBytes;
  }

  private long roomBytes() {
    Segment present = active;
    return present == null || present.isFailed() ? 0 : segmentBytes - LOSSES_BYTES - position;
  }

  private AppendOutcome makeRoomElsewhere(long sizeBytes) {
    if (isClosed) {
      return AppendOutcome.CLOSED;
    }
    if (sizeBytes > capacityBytes()) {
      return AppendOutcome.TOO_LARGE;
    }
    long before = losses.hasUnwritten() ? LOSSES_BYTES : 0;
    if (!hasRoom(before + sizeBytes) && !turnOver()) {
      return supply.whyNone();
    }
    writeLosses();
    return AppendOutcome.KEPT;
  }

  private void writeLosses() {
    if (losses.hasUnwritten()) {
      byte[] text = losses.unwritten().toBytes();
      write(Frame.LOSSES, lastSequence, 0, text, 0, 0, text.length);
      losses.wroteThem();
    }
  }

  /// The longest frame that a new segment holds behind a text of losses.
  private long capacityBytes() {
    return segmentBytes - Segment.HEADER_BYTES - 2 * LOSSES_BYTES;
  }

  private boolean turnOver() {
    Segment following = spares.take();
    supply.allocateSoon();
    if (following == null) {
      return false;
    }
    Segment present = active;
    active = following;
    memory = following.memory();
    position = Segment.HEADER_BYTES;
    if (present == null) {
      first = following;
    } else {
      present.goOnIn(following);
    }
    return true;
  }

  /// How many new segments records of these body lengths need behind the present one; -1 when one
  /// of them fits into none.
  private int segmentsFor(int[] bodyLengths) {
    long room = roomBytes();
    long before = losses.hasUnwritten() ? LOSSES_BYTES : 0;
    int segments = 0;
    for (int bodyLength : bodyLengths) {
      long size = Frame.sizeBytes(bodyLength);
      if (size > capacityBytes()) {
        return -1;
      }
      if (before + size > room) {
        segments++;
        room = segmentBytes - LOSSES_BYTES - Segment.HEADER_BYTES;
      }
      room -= before + size;
      before = 0;
    }
    return segments;
  }

  /// Ends the lane and writes down what was lost since the last record. Only after the writer has
  /// ended and the allocator too. Further calls do nothing.
  void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    Segment present = active;
    if (present != null) {
      writeLosses();
      present.complete();
    }
    for (Segment spare = spares.take(); spare != null; spare = spares.take()) {
      supply.discard(spare);
    }
  }

  /// Ends the mappings of all segments. Only when nobody reads or writes any more.
  void unmap() {
    for (Segment segment = first; segment != null; segment = segment.next()) {
      try {
        segment.unmap();
      } catch (IllegalStateException e) {
        log.error("{} is still in use at the end: {}", segment.file(), e.toString());
      }
    }
  }

  SpareSegments spares() {
    return spares;
  }

  boolean isSentWhenDurable() {
    return isSentWhenDurable;
  }

  @Nullable Segment first() {
    return first;
  }

  /// The last sequence number that was taken, by a record or a loss. What is read after it is at
  /// least as new.
  long highest() {
    return (long) LAST.getAcquire(this);
  }

  /// What the records take that were kept since the lane began.
  long keptBytes() {
    var _ = highest();
    return keptBytes;
  }

  /// All that was lost here since the lane began.
  Losses losses() {
    return losses.all();
  }

  /// Tells those whose records are on the disk, or never will be. Only for the thread that forces.
  void settleWaiting() {
    waiters.settle();
  }
}
