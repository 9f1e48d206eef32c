package io.aftersend.edge.journal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.zip.CRC32C;

/// The first bytes of a segment: its format, its size, so that a cut is seen even where it falls
/// between two records, and a CRC32C of both.
final class SegmentHeader {
  static final int BYTES = 16;

  private static final long FORMAT = 0x31474553544641L; // "AFTSEG1", then a zero byte
  private static final int SIZE_AT = 8;
  private static final int CRC_AT = 12;

  private SegmentHeader() {}

  static void write(MemorySegment segment) {
    MemorySegment.copy(of((int) segment.byteSize()), 0, segment, ValueLayout.JAVA_BYTE, 0, BYTES);
  }

  /// The header of a segment of a size.
  static byte[] of(int sizeBytes) {
    byte[] bytes = new byte[BYTES];
    MemorySegment header = MemorySegment.ofArray(bytes);
    header.set(Frame.LONG, 0, FORMAT);
    header.set(Frame.INT, SIZE_AT, sizeBytes);
    header.set(Frame.INT, CRC_AT, checksum(header));
    return bytes;
  }

  /// How many bytes of a segment are missing at its end or no valid header.
  static long damagedBytes(MemorySegment memory) {
    boolean isValid =
        memory.byteSize() >= BYTES
            && memory.get(Frame.LONG, 0) == FORMAT
            && memory.get(Frame.INT, CRC_AT) == checksum(memory);
    return isValid ? Math.max(0, memory.get(Frame.INT, SIZE_AT) - memory.byteSize()) : BYTES;
  }

  private static int checksum(MemorySegment memory) {
    CRC32C crc = new CRC32C();
    crc.update(memory.asSlice(0, CRC_AT).toArray(ValueLayout.JAVA_BYTE));
    return (int) crc.getValue();
  }
}
