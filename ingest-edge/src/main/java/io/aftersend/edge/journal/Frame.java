package io.aftersend.edge.journal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// How a record lies in a segment: a header of 32 bytes, little-endian, and the body, padded to a
/// multiple of 8.
///
/// | at | bytes | what |
/// |---|---|---|
/// | 0 | 4 | CRC32C of everything behind it but the padding |
/// | 4 | 4 | length of the body |
/// | 8 | 8 | sequence number |
/// | 16 | 8 | timestamp, epoch milliseconds |
/// | 24 | 4 | length of the key, with which the body begins |
/// | 28 | 4 | kind |
///
/// Unused room is zero, which no header is: a kind is never zero.
final class Frame {
  static final int HEADER_BYTES = 32;
  static final int ALIGNMENT = 8;

  /// Key and value of a Kafka record.
  static final int RECORD = 1;

  /// A text of how many records were lost before it, as [Losses] writes it.
  static final int LOSSES = 2;

  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  static final int CRC_AT = 0;
  static final int LENGTH_AT = 4;
  static final int SEQUENCE_AT = 8;
  static final int TIMESTAMP_AT = 16;
  static final int KEY_LENGTH_AT = 24;
  static final int KIND_AT = 28;

  private static final VarHandle INT_IN_BYTES =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_IN_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Frame() {}

  /// What a body takes with header and padding.
  static long sizeBytes(long bodyLength) {
    return (HEADER_BYTES + bodyLength + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /// The writer of frames. Confined to one thread; allocates nothing.
  static final class Writer {
    private final byte[] header = new byte[HEADER_BYTES];
    private final CRC32C crc = new CRC32C();

    /// Writes a frame.
    ///
    /// @param at where in the segment; there is room for the whole frame
    void write(
        MemorySegment to,
        long at,
        int kind,
        long sequence,
        long timestampMs,
        byte[] body,
        int offset,
        int keyLength,
        int length) {
      INT_IN_BYTES.set(header, LENGTH_AT, length);
      LONG_IN_BYTES.set(header, SEQUENCE_AT, sequence);
      LONG_IN_BYTES.set(header, TIMESTAMP_AT, timestampMs);
      INT_IN_BYTES.set(header, KEY_LENGTH_AT, keyLength);
      INT_IN_BYTES.set(header, KIND_AT, kind);
      crc.reset();
      crc.update(header, LENGTH_AT, HEADER_BYTES - LENGTH_AT);
      crc.update(body, offset, length);
      INT_IN_BYTES.set(header, CRC_AT, (int) crc.getValue());
      MemorySegment.copy(body, offset, to, ValueLayout.JAVA_BYTE, at + HEADER_BYTES, length);
      MemorySegment.copy(header, 0, to, ValueLayout.JAVA_BYTE, at, HEADER_BYTES);
    }
  }
}
