package io.aftersend.edge.journal;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/// A lane that is written to. What its writer publishes is read by the forwarder and by the thread
/// that forces it to the disk; the allocator hands it empty segments.
final class Lane implements LaneWriter {
  private static final VarHandle LAST;
  private static final AppendOutcome[] OUTCOMES = AppendOutcome.values();

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

  private final Queue<Segment> ready = new ConcurrentLinkedQueue<>();
  private final AtomicInteger readyCount = new AtomicInteger();
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

  /// All losses by outcome; written by the writer alone.
  private final AtomicLongArray lost = new AtomicLongArray(OUTCOMES.length);

  /// Losses that stand in no segment yet, by outcome.
  private final long[] unwritten = new long[OUTCOMES.length];

  private boolean hasUnwritten;
  private @Nullable Segment active;
  private @Nullable MemorySegment memory;
  private long position;

  private long keptRecords;
  private long keptBytes;

  /// The last sequence number that was taken. Its release publishes the two above.
  private long lastSequence;

  private volatile @Nullable Segment first;
  private volatile int wantedSegments;
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

  private record Waiting(Segment segment, long end, Durability durability) {}

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
    AppendOutcome outcome = makeRoom(Frame.sizeBytes((long) keyLength + valueLength));
    if (outcome == AppendOutcome.KEPT) {
      write(
          Frame.RECORD,
          lastSequence + 1,
          timestampMs,
          record,
          offset,
          keyLength,
          keyLength + valueLength);
      keptRecords++;
      keptBytes += Frame.sizeBytes((long) keyLength + valueLength);
    } else {
      lose(outcome);
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
    int segments = segmentsFor(bodyLengths);
    return segments >= 0 && !isClosed && supply.awaitReady(this, segments, timeout);
  }

  @Override
  public void awaitDurable(Durability durability) {
    Segment present = active;
    if (present == null) {
      durability.settle(true);
    } else {
      waiting.add(new Waiting(present, position, durability));
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
    return hasUnwritten || !hasRoom(sizeBytes) ? makeRoomElsewhere(sizeBytes) : AppendOutcome.KEPT;
  }

  private boolean hasRoom(long sizeBytes) {
    Segment present = active;
    return present != null && segmentBytes - position >= sizeBytes && !present.isFailed();
  }

  private AppendOutcome makeRoomElsewhere(long sizeBytes) {
    if (isClosed) {
      return AppendOutcome.CLOSED;
    }
    if (sizeBytes > capacityBytes()) {
      return AppendOutcome.TOO_LARGE;
    }
    byte[] losses = hasUnwritten ? unwrittenLosses().toBytes() : null;
    long lossesBytes = losses == null ? 0 : Frame.sizeBytes(losses.length);
    if (!hasRoom(sizeBytes + lossesBytes) && !turnOver()) {
      return supply.whyNone();
    }
    if (losses != null) {
      write(Frame.LOSSES, lastSequence, 0, losses, 0, 0, losses.length);
      Arrays.fill(unwritten, 0);
      hasUnwritten = false;
    }
    return hasRoom(sizeBytes) ? AppendOutcome.KEPT : AppendOutcome.TOO_LARGE;
  }

  private Losses unwrittenLosses() {
    Losses losses = Losses.NONE;
    for (AppendOutcome outcome : OUTCOMES) {
      losses = losses.plus(Losses.of(outcome.wireName(), unwritten[ordinal(outcome)]));
    }
    return losses;
  }

  /// The longest frame that a segment can hold, with room for a text of losses before it.
  private long capacityBytes() {
    return segmentBytes - Segment.HEADER_BYTES - 512L;
  }

  private boolean turnOver() {
    Segment following = ready.poll();
    if (following == null) {
      supply.allocateSoon();
      return false;
    }
    readyCount.decrementAndGet();
    Segment present = active;
    active = following;
    memory = following.memory();
    position = Segment.HEADER_BYTES;
    if (present == null) {
      first = following;
    } else {
      present.goOnIn(following);
    }
    supply.allocateSoon();
    return true;
  }

  private void lose(AppendOutcome outcome) {
    int at = ordinal(outcome);
    unwritten[at]++;
    hasUnwritten = true;
    lost.lazySet(at, lost.get(at) + 1);
  }

  @SuppressWarnings("EnumOrdinal") // An array stands for a map on the hot path.
  private static int ordinal(AppendOutcome outcome) {
    return outcome.ordinal();
  }

  /// How many new segments records of these body lengths need behind the present one; -1 when one
  /// of them fits into none.
  private int segmentsFor(int[] bodyLengths) {
    Segment present = active;
    long room = present == null || present.isFailed() ? 0 : segmentBytes - position;
    int segments = 0;
    for (int bodyLength : bodyLengths) {
      long size = Frame.sizeBytes(bodyLength);
      if (size > capacityBytes()) {
        return -1;
      }
      if (size > room) {
        segments++;
        room = segmentBytes - Segment.HEADER_BYTES;
      }
      room -= size;
    }
    return segments;
  }

  /// Ends the lane: what was lost since the last record is written down where there is room. Only
  /// after the writer has ended.
  void close() {
    if (hasUnwritten) {
      makeRoomElsewhere(0);
    }
    isClosed = true;
    Segment present = active;
    if (present != null) {
      present.complete();
    }
    for (Segment spare = ready.poll(); spare != null; spare = ready.poll()) {
      spare.unmap();
      supply.discard(spare);
    }
  }

  /// Ends the mappings of all segments from the first that is mapped. Only when nobody reads or
  /// writes any more.
  void unmap() {
    for (Segment segment = first; segment != null; segment = segment.next()) {
      segment.unmap();
    }
  }

  /// Takes an empty segment from the allocator.
  void offer(Segment empty) {
    ready.add(empty);
    readyCount.incrementAndGet();
  }

  /// Asks for so many ready segments.
  void want(int segments) {
    wantedSegments = segments;
  }

  int wantedSegments() {
    return wantedSegments;
  }

  int readySegments() {
    return readyCount.get();
  }

  boolean isSentWhenDurable() {
    return isSentWhenDurable;
  }

  @Nullable Segment first() {
    return first;
  }

  /// The last sequence number that was taken, by a record or a loss.
  long highest() {
    return (long) LAST.getAcquire(this);
  }

  /// The records that were kept since the lane began.
  long keptRecords() {
    var _ = highest();
    return keptRecords;
  }

  /// What these take.
  long keptBytes() {
    var _ = highest();
    return keptBytes;
  }

  /// All that was lost here since the lane began.
  Losses losses() {
    Losses losses = Losses.NONE;
    for (AppendOutcome outcome : OUTCOMES) {
      losses = losses.plus(Losses.of(outcome.wireName(), lost.get(ordinal(outcome))));
    }
    return losses;
  }

  /// Tells those whose records are on the disk, or never will be. Only for the thread that forces.
  void settleWaiting() {
    for (Waiting oldest = waiting.peek(); oldest != null; oldest = waiting.peek()) {
      boolean isDurable = oldest.segment.durable() >= oldest.end;
      if (!isDurable && !oldest.segment.isFailed()) {
        return;
      }
      waiting.poll();
      oldest.durability.settle(isDurable);
    }
  }
}
