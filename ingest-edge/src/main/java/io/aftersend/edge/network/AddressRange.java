package io.aftersend.edge.network;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// The addresses of one prefix, as unsigned 128-bit numbers in two halves. IPv4 addresses stand in
/// the low half, apart from IPv6 ones by [#isV6()].
record AddressRange(
    boolean isV6,
    long firstHigh,
    long firstLow,
    long lastHigh,
    long lastLow,
    int prefixBits,
    Network network) {

  /// By first address; of equal ones the wider first, so that what it contains comes after it.
  static final Comparator<AddressRange> OUTER_FIRST =
      (a, b) -> {
        int byFirst = compare(a.firstHigh, a.firstLow, b.firstHigh, b.firstLow);
        return byFirst != 0 ? byFirst : Integer.compare(a.prefixBits, b.prefixBits);
      };

  /// The range of a prefix such as `192.0.2.0/24` or `2001:db8::/32`; a bare address is a range of
  /// one. Null when the text is none, or has bits behind the prefix.
  static @Nullable AddressRange parse(String prefix, Network network) {
    int slash = prefix.indexOf('/');
    byte[] address = IpAddress.parse(slash < 0 ? prefix : prefix.substring(0, slash));
    if (address == null) {
      return null;
    }
    int addressBits = address.length * 8;
    int bits = slash < 0 ? addressBits : bits(prefix.substring(slash + 1), addressBits);
    if (bits < 0) {
      return null;
    }
    boolean isV6 = addressBits == 128;
    long high = isV6 ? bigEndian(address, 0, 8) : 0;
    long low = isV6 ? bigEndian(address, 8, 8) : bigEndian(address, 0, 4);
    int hostBits = addressBits - bits;
    long hostHigh = hostBits > 64 ? ones(hostBits - 64) : 0;
    long hostLow = ones(Math.min(hostBits, 64));
    if ((high & hostHigh) != 0 || (low & hostLow) != 0) {
      return null;
    }
    return new AddressRange(isV6, high, low, high | hostHigh, low | hostLow, bits, network);
  }

  boolean contains(AddressRange other) {
    return compare(firstHigh, firstLow, other.firstHigh, other.firstLow) <= 0
        && compare(lastHigh, lastLow, other.lastHigh, other.lastLow) >= 0;
  }

  boolean contains(long high, long low) {
    return compare(firstHigh, firstLow, high, low) <= 0
        && compare(lastHigh, lastLow, high, low) >= 0;
  }

  static int compare(long high, long low, long otherHigh, long otherLow) {
    int byHigh = Long.compareUnsigned(high, otherHigh);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, otherLow);
  }

  static long bigEndian(byte[] bytes, int offset, int length) {
    long value = 0;
    for (int i = offset; i < offset + length; i++) {
      value = value << 8 | (bytes[i] & 0xFF);
    }
    return value;
  }

  private static long ones(int bits) {
    return bits == 64 ? -1 : (1L << bits) - 1;
  }

  private static int bits(String text, int max) {
    if (!text.matches("[0-9]{1,3}")) {
      return -1;
    }
    int bits = Integer.parseInt(text);
    return bits <= max ? bits : -1;
  }
}
