package io.aftersend.edge.proxy;

import io.aftersend.edge.network.AddressText;
import org.jspecify.annotations.Nullable;

/// The elements of one line of a forwarding header, from left to right. At most [#MAX_HOPS] of
/// them, those at the right end. Filled anew for each line.
abstract sealed class HopList permits AddressListHops, ParameterHops {
  /// More proxies in a row than anybody has.
  static final int MAX_HOPS = 32;

  private final int[] from = new int[MAX_HOPS];
  private final int[] to = new int[MAX_HOPS];
  private int added;

  /// Reads a line.
  abstract void read(byte[] line, int start, int end);

  /// Removes everything.
  final void clear() {
    added = 0;
  }

  /// Adds an element at the right end.
  ///
  /// @param start where its address begins; equal to `end` when it has none that could be used
  final void add(int start, int end) {
    int slot = added++ % MAX_HOPS;
    from[slot] = start;
    to[slot] = end;
  }

  /// How many elements are known.
  final int count() {
    return Math.min(added, MAX_HOPS);
  }

  /// Whether the line had no more elements than are known.
  final boolean isWhole() {
    return added <= MAX_HOPS;
  }

  /// The address of an element: a literal, bare or with a port, an IPv6 one in brackets then.
  ///
  /// @param index from 0 at the left
  /// @return null when it is none; borrowed from `into`
  final byte @Nullable [] address(int index, byte[] line, AddressText into) {
    int slot = (added - count() + index) % MAX_HOPS;
    int start = from[slot];
    int end = to[slot];
    if (start == end) {
      return null;
    }
    if (line[start] == '[') {
      int close = indexOf(line, (byte) ']', start, end);
      boolean isRight = close > 0 && (close + 1 == end || isPort(line, close + 1, end));
      boolean isV6 = isRight && indexOf(line, (byte) ':', start, close) > 0;
      return isV6 ? into.read(line, start + 1, close) : null;
    }
    int colon = indexOf(line, (byte) ':', start, end);
    boolean hasPort = colon > 0 && indexOf(line, (byte) '.', start, colon) > 0;
    if (hasPort) {
      return isPort(line, colon, end) ? into.read(line, start, colon) : null;
    }
    return into.read(line, start, end);
  }

  static int indexOf(byte[] line, byte wanted, int start, int end) {
    for (int i = start; i < end; i++) {
      if (line[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }

  /// A colon and one to five digits.
  private static boolean isPort(byte[] line, int start, int end) {
    if (line[start] != ':' || end - start < 2 || end - start > 6) {
      return false;
    }
    for (int i = start + 1; i < end; i++) {
      if (line[i] < '0' || line[i] > '9') {
        return false;
      }
    }
    return true;
  }
}
