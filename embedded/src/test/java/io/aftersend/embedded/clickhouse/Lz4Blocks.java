package io.aftersend.embedded.clickhouse;

import com.clickhouse.data.ClickHouseCityHash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorInputStream;

/// ClickHouse's compressed blocks, for tests: read with another LZ4 than the front's, written with
/// a method byte of "stored literals" in LZ4's own block format.
@SuppressWarnings("deprecation") // There is no other public implementation of the checksum.
final class Lz4Blocks {
  private static final int CHECKSUM_BYTES = 16;
  private static final int HEADER_BYTES = 9;
  private static final byte LZ4 = (byte) 0x82;

  private Lz4Blocks() {}

  static byte[] decompressed(byte[] blocks) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    while (at < blocks.length) {
      ByteBuffer header = ByteBuffer.wrap(blocks).order(ByteOrder.LITTLE_ENDIAN);
      header.position(at);
      long low = header.getLong();
      long high = header.getLong();
      byte method = header.get();
      int packed = header.getInt();
      int unpacked = header.getInt();
      long[] sum = ClickHouseCityHash.cityHash128(blocks, at + CHECKSUM_BYTES, packed);
      if (method != LZ4 || sum[0] != low || sum[1] != high) {
        throw new AssertionError("bad block at " + at);
      }
      int data = at + CHECKSUM_BYTES + HEADER_BYTES;
      try (BlockLZ4CompressorInputStream in =
          new BlockLZ4CompressorInputStream(
              new ByteArrayInputStream(blocks, data, packed - HEADER_BYTES))) {
        out.writeBytes(in.readNBytes(unpacked));
      }
      at += CHECKSUM_BYTES + packed;
    }
    return out.toByteArray();
  }

  /// One block of literals only, which is valid LZ4 of any data.
  static byte[] compressed(byte[] data) {
    ByteArrayOutputStream literals = new ByteArrayOutputStream();
    if (data.length < 15) {
      literals.write(data.length << 4);
    } else {
      literals.write(0xf0);
      int left = data.length - 15;
      for (; left >= 255; left -= 255) {
        literals.write(255);
      }
      literals.write(left);
    }
    literals.writeBytes(data);
    ByteBuffer block =
        ByteBuffer.allocate(HEADER_BYTES + literals.size()).order(ByteOrder.LITTLE_ENDIAN);
    block.put(LZ4).putInt(block.capacity()).putInt(data.length).put(literals.toByteArray());
    long[] sum = ClickHouseCityHash.cityHash128(block.array(), 0, block.capacity());
    ByteBuffer all =
        ByteBuffer.allocate(CHECKSUM_BYTES + block.capacity()).order(ByteOrder.LITTLE_ENDIAN);
    return all.putLong(sum[0]).putLong(sum[1]).put(block.array()).array();
  }
}
