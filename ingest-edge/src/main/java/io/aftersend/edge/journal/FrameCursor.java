package io.aftersend.edge.journal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// A walk over the frames of one segment. What is damaged is stepped over: the walk goes on at the
/// next frame whose checksum is right and whose sequence number is higher. Confined to one thread.
final class FrameCursor {
  private final MemorySegment memory;
  private final ByteBuffer buffer;
  private final CRC32C crc = new CRC32C();

  private long end;
  private long start;
  private long lastSequence;
  private long damagedBytes;

  private int kind;
  private int bodyLength;
  private int keyLength;
  private long timestampMs;

  /// @param at where the first frame begins
  /// @param lastSequence frames up to this one do not count as valid
  FrameCursor(MemorySegment memory, long at, long lastSequence) {
    this.memory = memory;
    this.buffer = memory.asByteBuffer();
    this.start = at;
    this.end = at;
    this.lastSequence = lastSequence;
  }

  /// Moves to the next frame that ends before `limit`.
  ///
  /// @return false when there is none; the walk can go on later, with a higher limit
  boolean next(long limit) {
    if (end >= limit) {
      return false;
    }
    if (isFrame(end, limit)) {
      accept(end);
      return true;
    }
    return resume(limit);
  }

  private boolean resume(long limit) {
    long lastUsed = lastNonZero(end, limit);
    long at = end;
    while (at <= lastUsed) {
      if (isFrame(at, limit)) {
        damagedBytes += at - end;
        accept(at);
        return true;
      }
      at += Frame.ALIGNMENT;
    }
    damagedBytes += Math.max(0, lastUsed + 1 - end);
    end = limit;
    return false;
  }

  private void accept(long at) {
    start = at;
    lastSequence = memory.get(Frame.LONG, at + Frame.SEQUENCE_AT);
    timestampMs = memory.get(Frame.LONG, at + Frame.TIMESTAMP_AT);
    kind = memory.get(Frame.INT, at + Frame.KIND_AT);
    bodyLength = memory.get(Frame.INT, at + Frame.LENGTH_AT);
    keyLength = memory.get(Frame.INT, at + Frame.KEY_LENGTH_AT);
    end = at + Frame.sizeBytes(bodyLength);
  }

  private boolean isFrame(long at, long limit) {
    if (limit - at < Frame.HEADER_BYTES) {
      return false;
    }
    int length = memory.get(Frame.INT, at + Frame.LENGTH_AT);
    int key = memory.get(Frame.INT, at + Frame.KEY_LENGTH_AT);
    int ofKind = memory.get(Frame.INT, at + Frame.KIND_AT);
    if (length < 0
        || key < 0
        || key > length
        || Frame.HEADER_BYTES + (long) length > limit - at
        || (ofKind != Frame.RECORD && ofKind != Frame.LOSSES)
        || memory.get(Frame.LONG, at + Frame.SEQUENCE_AT) <= lastSequence) {
      return false;
    }
    crc.reset();
    buffer.limit((int) at + Frame.HEADER_BYTES + length).position((int) at + Frame.LENGTH_AT);
    crc.update(buffer);
    return (int) crc.getValue() == memory.get(Frame.INT, at + Frame.CRC_AT);
  }

  /// Where the last byte that is not zero lies, or `from - 1`.
  private long lastNonZero(long from, long limit) {
    long at = limit;
    while (at - Long.BYTES >= from && memory.get(Frame.LONG, at - Long.BYTES) == 0) {
      at -= Long.BYTES;
    }
    while (at > from && memory.get(ValueLayout.JAVA_BYTE, at - 1) == 0) {
      at--;
    }
    return at - 1;
  }

  /// Whether anything but zeros stands between the present frame's end and `limit`.
  boolean hasBytes(long limit) {
    return lastNonZero(end, limit) >= end;
  }

  /// Where the present frame begins.
  long start() {
    return start;
  }

  /// Where the present frame ends, and the next one begins.
  long end() {
    return end;
  }

  /// Bytes stepped over so far since they were no valid frames.
  long damagedBytes() {
    return damagedBytes;
  }

  int kind() {
    return kind;
  }

  long sequence() {
    return lastSequence;
  }

  long timestampMs() {
    return timestampMs;
  }

  byte[] key() {
    return copy(0, keyLength);
  }

  byte[] value() {
    return copy(keyLength, bodyLength - keyLength);
  }

  private byte[] copy(int from, int length) {
    byte[] bytes = new byte[length];
    MemorySegment.copy(
        memory, ValueLayout.JAVA_BYTE, start + Frame.HEADER_BYTES + from, bytes, 0, length);
    return bytes;
  }
}
