package io.aftersend.edge.network;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The reader of IPv4 and IPv6 literals in bytes, with the room for what it read last. Not for two
/// threads; allocates nothing once made.
public final class AddressText {
  private static final int MAX_TEXT = 45;
  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;
  private static final int MAPPED_PREFIX_BYTES = 12;

  private final byte[] v4 = new byte[V4_BYTES];
  private final byte[] v6 = new byte[V6_BYTES];

  /// Reads a literal without brackets, port and zone.
  ///
  /// @return 4 bytes, also for an IPv4-mapped one, or 16; borrowed until the next call; null when
  ///   the text is no such literal
  public byte @Nullable [] read(byte[] text, int from, int to) {
    if (to - from > MAX_TEXT) {
      return null;
    }
    if (readV4(text, from, to, v4, 0)) {
      return v4;
    }
    if (!readV6(text, from, to)) {
      return null;
    }
    if (!isMapped()) {
      return v6;
    }
    System.arraycopy(v6, MAPPED_PREFIX_BYTES, v4, 0, V4_BYTES);
    return v4;
  }

  private boolean isMapped() {
    for (int i = 0; i < MAPPED_PREFIX_BYTES - 2; i++) {
      if (v6[i] != 0) {
        return false;
      }
    }
    return v6[MAPPED_PREFIX_BYTES - 2] == -1 && v6[MAPPED_PREFIX_BYTES - 1] == -1;
  }

  private static boolean readV4(byte[] text, int from, int to, byte[] into, int offset) {
    int at = from;
    for (int i = 0; i < V4_BYTES; i++) {
      int start = at;
      int value = 0;
      while (at < to && at - start < 3 && text[at] >= '0' && text[at] <= '9') {
        value = 10 * value + text[at++] - '0';
      }
      boolean hasNeedlessZero = at - start > 1 && text[start] == '0';
      if (at == start || value > 255 || hasNeedlessZero) {
        return false;
      }
      into[offset + i] = (byte) value;
      boolean isLast = i == V4_BYTES - 1;
      if (isLast ? at != to : at == to || text[at++] != '.') {
        return false;
      }
    }
    return true;
  }

  private boolean readV6(byte[] text, int from, int to) {
    int at = from;
    int filled = 0;
    int gap = -1;
    if (to - from >= 2 && text[at] == ':' && text[at + 1] == ':') {
      gap = 0;
      at += 2;
    }
    while (at < to) {
      if (filled == V6_BYTES) {
        return false;
      }
      int end = endOfGroup(text, at, to);
      if (end == to && filled <= MAPPED_PREFIX_BYTES && readV4(text, at, to, v6, filled)) {
        filled += V4_BYTES;
        break;
      }
      if (!readGroup(text, at, end, filled)) {
        return false;
      }
      filled += 2;
      if (end == to) {
        break;
      }
      at = end + 1;
      if (at == to) {
        return false;
      }
      if (text[at] == ':') {
        if (gap >= 0) {
          return false;
        }
        gap = filled;
        at++;
      }
    }
    return gap < 0 ? filled == V6_BYTES : fillGap(gap, filled);
  }

  private static int endOfGroup(byte[] text, int from, int to) {
    int at = from;
    while (at < to && text[at] != ':') {
      at++;
    }
    return at;
  }

  private boolean readGroup(byte[] text, int from, int to, int offset) {
    if (to == from || to - from > 4) {
      return false;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text[i] < 0 ? -1 : Character.digit((char) text[i], 16);
      if (digit < 0) {
        return false;
      }
      value = value << 4 | digit;
    }
    v6[offset] = (byte) (value >>> 8);
    v6[offset + 1] = (byte) value;
    return true;
  }

  /// `::` stands for one group of zeros at least.
  private boolean fillGap(int gap, int filled) {
    if (filled > V6_BYTES - 2) {
      return false;
    }
    int behind = filled - gap;
    System.arraycopy(v6, gap, v6, V6_BYTES - behind, behind);
    Arrays.fill(v6, gap, V6_BYTES - behind, (byte) 0);
    return true;
  }
}
