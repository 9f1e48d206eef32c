package io.aftersend.edge.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The head of one request: request line and headers, as slices of [#bytes()] without a copy.
///
/// There is one per event loop, filled anew for each request: whoever is handed one may read it
/// during that call only.
public final class RequestHead {
  static final int MAX_HEADER_LINES = 200;
  private static final int KNOWN_HEADERS = Header.count();

  final byte[] bytes;
  Method method = Method.OTHER;
  boolean isHttp11;
  int pathOffset;
  int pathLength;
  int queryOffset;
  int queryLength;

  /// Where the authority of an absolute target begins; meaningless when there is none.
  int authorityOffset;

  /// -1 when the target is not absolute.
  int authorityLength = -1;

  private int lines;
  private final int[] known = new int[MAX_HEADER_LINES];
  private final int[] valueOffsets = new int[MAX_HEADER_LINES];
  private final int[] valueLengths = new int[MAX_HEADER_LINES];
  private final int[] first = new int[KNOWN_HEADERS];
  private final int[] count = new int[KNOWN_HEADERS];

  /// @param maxBytes largest head that is ever parsed
  RequestHead(int maxBytes) {
    bytes = new byte[maxBytes];
  }

  void clear() {
    lines = 0;
    Arrays.fill(first, -1);
    Arrays.fill(count, 0);
  }

  /// Adds a header line.
  ///
  /// @param slot the known header's, or -1
  /// @return whether there was room
  boolean addHeader(int slot, int valueOffset, int valueLength) {
    if (lines == MAX_HEADER_LINES) {
      return false;
    }
    known[lines] = slot;
    valueOffsets[lines] = valueOffset;
    valueLengths[lines] = valueLength;
    if (slot >= 0 && count[slot]++ == 0) {
      first[slot] = lines;
    }
    lines++;
    return true;
  }

  int count(Header header) {
    return count[header.slot()];
  }

  int lines() {
    return lines;
  }

  boolean isLine(int line, Header header) {
    return known[line] == header.slot();
  }

  int lineOffset(int line) {
    return valueOffsets[line];
  }

  int lineLength(int line) {
    return valueLengths[line];
  }

  public Method method() {
    return method;
  }

  /// The buffer that all slices lie in. Borrowed: read-only.
  public byte[] bytes() {
    return bytes;
  }

  /// Where the path begins; it begins with a slash, unless the target was `*` or an authority, and
  /// then it is empty.
  public int pathOffset() {
    return pathOffset;
  }

  public int pathLength() {
    return pathLength;
  }

  /// Where the query begins, after the question mark; meaningless when there is none.
  public int queryOffset() {
    return queryOffset;
  }

  /// 0 when there is no query.
  public int queryLength() {
    return queryLength;
  }

  public boolean has(Header header) {
    return first[header.slot()] >= 0;
  }

  /// How often the header stands in the request.
  public int occurrences(Header header) {
    return count[header.slot()];
  }

  /// Where the first such header's value begins; meaningless when there is none.
  public int offset(Header header) {
    return has(header) ? valueOffsets[first[header.slot()]] : 0;
  }

  /// The length of the first such header's value, 0 when there is none.
  public int length(Header header) {
    return has(header) ? valueLengths[first[header.slot()]] : 0;
  }

  /// Whether the first such header is `lower`, in any case.
  public boolean is(Header header, byte[] lower) {
    return Ascii.equalsIgnoreCase(bytes, offset(header), length(header), lower);
  }

  /// Whether the first such header begins with `lower`, in any case.
  public boolean startsWith(Header header, byte[] lower) {
    return length(header) >= lower.length && Ascii.equalsIgnoreCase(bytes, offset(header), lower);
  }

  /// The first such header's value, one character per byte; null when there is none. Allocates.
  public @Nullable String text(Header header) {
    return has(header)
        ? new String(bytes, offset(header), length(header), StandardCharsets.ISO_8859_1)
        : null;
  }

  /// Whether the path is `path`.
  public boolean isPath(byte[] path) {
    return pathLength == path.length
        && Arrays.equals(bytes, pathOffset, pathOffset + pathLength, path, 0, path.length);
  }
}
