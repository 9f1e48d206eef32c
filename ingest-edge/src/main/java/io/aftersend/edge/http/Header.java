package io.aftersend.edge.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/// The request headers that the edge reads.
@SuppressWarnings("ImmutableEnumChecker") // Nobody writes to the bytes.
public enum Header {
  HOST,
  CONTENT_LENGTH,
  TRANSFER_ENCODING,
  CONNECTION,
  EXPECT,
  CONTENT_TYPE,
  CONTENT_ENCODING,
  AUTHORIZATION,
  USER_AGENT,
  REFERER,
  SEC_PURPOSE,
  PURPOSE,
  X_MOZ,
  X_PURPOSE,
  X_FORWARDED_FOR,
  FORWARDED;

  private static final Header[] ALL = values();

  /// The headers whose name has that many characters.
  private static final Header[][] BY_LENGTH = byLength();

  private final byte[] lowerName =
      name().toLowerCase(Locale.ROOT).replace('_', '-').getBytes(StandardCharsets.US_ASCII);

  /// The number of headers, and the end of their slots.
  static int count() {
    return ALL.length;
  }

  /// The header's place in arrays, from 0.
  @SuppressWarnings("EnumOrdinal") // On the hot path an array stands for a map.
  int slot() {
    return ordinal();
  }

  /// The slot of the header of that name in any case, or -1. Allocates nothing.
  static int slotOf(byte[] bytes, int offset, int length) {
    if (length >= BY_LENGTH.length) {
      return -1;
    }
    for (Header header : BY_LENGTH[length]) {
      if (Ascii.isToken(bytes, offset, header.lowerName)) {
        return header.slot();
      }
    }
    return -1;
  }

  private static Header[][] byLength() {
    int longest = Arrays.stream(ALL).mapToInt(header -> header.lowerName.length).max().orElse(0);
    return IntStream.rangeClosed(0, longest)
        .mapToObj(
            length ->
                Arrays.stream(ALL)
                    .filter(header -> header.lowerName.length == length)
                    .toArray(Header[]::new))
        .toArray(Header[][]::new);
  }
}
