package io.aftersend.embedded.clickhouse;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/// A gzipped tar archive, of which one file is wanted.
final class TarFile {
  private static final int BLOCK_BYTES = 512;
  private static final int NAME_BYTES = 100;
  private static final int SIZE_OFFSET = 124;
  private static final int SIZE_BYTES = 12;
  private static final int BUFFER_BYTES = 1 << 20;

  private TarFile() {}

  /// Writes one entry to a file.
  ///
  /// @param progress is told the bytes written so far
  /// @throws IOException when the entry is missing or the archive or disk ends too early
  static void extract(Path archive, String entry, Path to, LongConsumer progress)
      throws IOException {
    try (InputStream in =
        new BufferedInputStream(
            new GZIPInputStream(Files.newInputStream(archive), BUFFER_BYTES), BUFFER_BYTES)) {
      byte[] header = new byte[BLOCK_BYTES];
      while (in.readNBytes(header, 0, BLOCK_BYTES) == BLOCK_BYTES && header[0] != 0) {
        long size = Long.parseLong(text(header, SIZE_OFFSET, SIZE_BYTES).strip(), 8);
        if (text(header, 0, NAME_BYTES).equals(entry)) {
          copy(in, size, to, progress);
          return;
        }
        in.skipNBytes((size + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES);
      }
    }
    throw new IOException("expected " + entry + " in " + archive + ", it is not there");
  }

  private static void copy(InputStream in, long size, Path to, LongConsumer progress)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (long left = size; left > 0; ) {
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (n < 0) {
          throw new EOFException("the archive ends " + left + " bytes too early");
        }
        out.write(buffer, 0, n);
        left -= n;
        progress.accept(size - left);
      }
    }
  }

  private static String text(byte[] header, int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, StandardCharsets.US_ASCII);
  }
}
