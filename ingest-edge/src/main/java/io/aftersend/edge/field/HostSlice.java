package io.aftersend.edge.field;

/// The host that was found last in a URL or in `host:port`, as a slice of the searched bytes.
/// Confined to one thread; allocates nothing.
public final class HostSlice {
  private static final int MAX_HOST_BYTES = 255;
  private static final boolean[] NAME_CHARACTERS = new boolean[256];

  static {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_"
        .chars()
        .forEach(c -> NAME_CHARACTERS[c] = true);
  }

  private int offset;
  private int length;

  /// Looks for the host of a URL or of `host:port`.
  ///
  /// @return whether there is one
  public boolean find(byte[] bytes, int from, int to) {
    if (nameEnd(bytes, from, to) == to && isName(from, to)) {
      return true;
    }
    int scheme = schemeEnd(bytes, from, to);
    return findInAuthority(bytes, scheme < 0 ? from : scheme, to);
  }

  /// Looks for the host of a URL. What has no scheme is some other word.
  ///
  /// @return whether there is one
  public boolean findInUrl(byte[] bytes, int from, int to) {
    int scheme = schemeEnd(bytes, from, to);
    if (scheme < 0) {
      return false;
    }
    int end = nameEnd(bytes, scheme, to);
    return ((end == to || bytes[end] == '/') && isName(scheme, end))
        || findInAuthority(bytes, scheme, to);
  }

  /// Where the host begins; meaningless when none was found.
  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  /// Where the first `://` ends, or -1.
  private static int schemeEnd(byte[] bytes, int from, int to) {
    for (int at = from; at + 2 < to; at++) {
      if (bytes[at] == ':' && bytes[at + 1] == '/' && bytes[at + 2] == '/') {
        return at + 3;
      }
    }
    return -1;
  }

  /// Where the name ends that nearly all hosts are, without a port or anything before it.
  private static int nameEnd(byte[] bytes, int from, int to) {
    int end = from;
    while (end < to && NAME_CHARACTERS[bytes[end] & 0xFF]) {
      end++;
    }
    return end;
  }

  private boolean isName(int from, int to) {
    offset = from;
    length = to - from;
    return length >= 1 && length <= MAX_HOST_BYTES;
  }

  private boolean findInAuthority(byte[] bytes, int from, int to) {
    int start = from;
    int end = from;
    for (; end < to && !endsAuthority(bytes[end]); end++) {
      if (bytes[end] == '@') {
        start = end + 1;
      }
    }
    offset = start;
    length = withoutPort(bytes, start, end) - start;
    return isHost(bytes, start, length);
  }

  private static boolean endsAuthority(byte c) {
    return c == '/' || c == '?' || c == '#' || c == '\\';
  }

  private static int withoutPort(byte[] bytes, int start, int end) {
    boolean isV6 = start < end && bytes[start] == '[';
    for (int at = start; at < end; at++) {
      if (isV6 && bytes[at] == ']') {
        return at + 1;
      }
      if (!isV6 && bytes[at] == ':') {
        return at;
      }
    }
    return isV6 ? start : end;
  }

  private static boolean isHost(byte[] bytes, int start, int length) {
    if (length < 1 || length > MAX_HOST_BYTES) {
      return false;
    }
    int bracket = bytes[start] == '[' ? 1 : 0;
    for (int at = start + bracket; at < start + length - bracket; at++) {
      if (!NAME_CHARACTERS[bytes[at] & 0xFF] && !(bracket == 1 && bytes[at] == ':')) {
        return false;
      }
    }
    return true;
  }
}
