package io.aftersend.edge.network;

import java.util.ArrayList;
import java.util.List;

/// An immutable set of addresses, given by a few prefixes. Safe for any thread; asking allocates
/// nothing.
public final class AddressSet {
  /// The set without any address.
  public static final AddressSet NONE = new AddressSet(List.of());

  private final AddressRange[] ranges;

  private AddressSet(List<AddressRange> ranges) {
    this.ranges = ranges.toArray(AddressRange[]::new);
  }

  /// The addresses of all these prefixes together.
  ///
  /// @param prefixes such as `192.0.2.0/24`, `2001:db8::/32`, or a bare address
  /// @throws IllegalArgumentException when one is none; the message is that prefix
  public static AddressSet of(List<String> prefixes) {
    List<AddressRange> ranges = new ArrayList<>();
    for (String prefix : prefixes) {
      AddressRange range = AddressRange.parse(prefix, Network.OTHER);
      if (range == null) {
        throw new IllegalArgumentException(prefix);
      }
      ranges.add(range);
    }
    return new AddressSet(ranges);
  }

  /// Whether a text is a prefix or an address as [#of] wants it.
  public static boolean isPrefix(String text) {
    return AddressRange.parse(text, Network.OTHER) != null;
  }

  /// Whether the address is in one of the prefixes.
  ///
  /// @param address 4 or 16 bytes, an IPv4-mapped one as 4
  public boolean contains(byte[] address) {
    boolean isV6 = address.length == 16;
    long high = isV6 ? AddressRange.bigEndian(address, 0, 8) : 0;
    long low = isV6 ? AddressRange.bigEndian(address, 8, 8) : AddressRange.bigEndian(address, 0, 4);
    for (AddressRange range : ranges) {
      if (range.isV6() == isV6 && range.contains(high, low)) {
        return true;
      }
    }
    return false;
  }
}
