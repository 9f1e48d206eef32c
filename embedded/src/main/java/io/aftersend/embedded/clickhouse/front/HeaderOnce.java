package io.aftersend.embedded.clickhouse.front;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A filter for streamed formats whose every piece repeats the column header: lets the first one
/// pass.
///
/// [#pieceEnds] must be called behind each piece. Confined to one thread.
final class HeaderOnce extends OutputStream {
  /// A header of names and types is not longer than this.
  private static final int MAX_HEADER_BYTES = 4 << 20;

  /// How long the header at the beginning of a piece is.
  private interface Header {
    int length(byte[] piece);
  }

  private final OutputStream out;
  private final Header header;
  private final ByteArrayOutputStream first = new ByteArrayOutputStream();
  private byte @Nullable [] repeated;
  private int matched;

  private HeaderOnce(OutputStream out, Header header) {
    this.out = out;
    this.header = header;
  }

  /// The filter for a format, or null when the format repeats nothing that can be cut off.
  static @Nullable HeaderOnce of(String format, OutputStream out) {
    int rows = format.endsWith("WithNamesAndTypes") ? 2 : format.endsWith("WithNames") ? 1 : 0;
    if (rows == 0) {
      return null;
    }
    return switch (format.substring(0, format.indexOf("WithNames"))) {
      case "RowBinary" -> new HeaderOnce(out, piece -> rowBinaryHeader(piece, rows));
      case "TabSeparated", "TSV", "JSONCompactEachRow", "JSONCompactStringsEachRow" ->
          new HeaderOnce(out, piece -> lines(piece, rows, false));
      case "CSV" -> new HeaderOnce(out, piece -> lines(piece, rows, true));
      default -> null;
    };
  }

  private static int lines(byte[] piece, int rows, boolean mayQuoteLineFeeds) {
    boolean inQuotes = false;
    int left = rows;
    for (int i = 0; i < piece.length; i++) {
      if (mayQuoteLineFeeds && piece[i] == '"') {
        inQuotes = !inQuotes;
      } else if (piece[i] == '\n' && !inQuotes && --left == 0) {
        return i + 1;
      }
    }
    return piece.length;
  }

  /// A column count, then as many strings as there are names and types.
  private static int rowBinaryHeader(byte[] piece, int rows) {
    ByteCursor cursor = new ByteCursor(piece, piece.length);
    long strings = cursor.varint() * rows;
    for (long i = 0; i < strings; i++) {
      cursor.skip(cursor.varint());
    }
    return cursor.position();
  }

  void pieceEnds() {
    if (repeated == null) {
      byte[] bytes = first.toByteArray();
      repeated = Arrays.copyOf(bytes, header.length(bytes));
      first.reset();
    }
    matched = 0;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (repeated == null) {
      first.write(bytes, offset, Math.min(length, MAX_HEADER_BYTES - first.size()));
      out.write(bytes, offset, length);
      return;
    }
    int skipped = 0;
    while (skipped < length && matched < repeated.length) {
      if (bytes[offset + skipped] != repeated[matched]) {
        throw new IOException("the engine changed the answer's header between two pieces");
      }
      skipped++;
      matched++;
    }
    out.write(bytes, offset + skipped, length - skipped);
  }
}
