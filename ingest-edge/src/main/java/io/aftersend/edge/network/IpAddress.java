package io.aftersend.edge.network;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Client addresses as bytes and as text. Never asks a name server.
public final class IpAddress {
  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;
  private static final int MAPPED_PREFIX_BYTES = 12;

  private IpAddress() {}

  /// The bytes of an IPv4 or IPv6 literal, 4 for an IPv4-mapped one too; null for any other text,
  /// names, ports, brackets and zones included.
  public static byte @Nullable [] parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return new AddressText().read(bytes, 0, bytes.length);
  }

  /// The address without what tells one client from its neighbours: an IPv4 address with its last
  /// byte zero (/24), an IPv6 address with its first 48 bits alone, in the form of RFC 5952.
  ///
  /// @param address 4 or 16 bytes
  public static String truncated(byte[] address) {
    byte[] bytes = unmapped(address);
    if (bytes.length == V4_BYTES) {
      return (bytes[0] & 0xFF) + "." + (bytes[1] & 0xFF) + "." + (bytes[2] & 0xFF) + ".0";
    }
    int groups = 3;
    while (groups > 0 && group(bytes, groups - 1) == 0) {
      groups--;
    }
    StringBuilder text = new StringBuilder(20);
    for (int i = 0; i < groups; i++) {
      text.append(i == 0 ? "" : ":").append(Integer.toHexString(group(bytes, i)));
    }
    return text.append("::").toString();
  }

  private static int group(byte[] bytes, int index) {
    return (bytes[2 * index] & 0xFF) << 8 | (bytes[2 * index + 1] & 0xFF);
  }

  /// The same address, an IPv4-mapped one as 4 bytes; the array itself when there is nothing to
  /// change.
  ///
  /// @param bytes 4 or 16 of them
  public static byte[] unmapped(byte[] bytes) {
    if (bytes.length != V6_BYTES || bytes[10] != -1 || bytes[11] != -1) {
      return bytes;
    }
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return bytes;
      }
    }
    return Arrays.copyOfRange(bytes, MAPPED_PREFIX_BYTES, V6_BYTES);
  }
}
