package io.aftersend.edge.network;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Client addresses as bytes and as text. Never asks a name server.
public final class IpAddress {
  /// The most bytes that a truncated address has as text.
  public static final int MAX_TRUNCATED_TEXT = 16;

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

  /// The address without what tells one client from its neighbours, as text; see [#writeTruncated].
  ///
  /// @param address 4 or 16 bytes
  public static String truncated(byte[] address) {
    byte[] text = new byte[MAX_TRUNCATED_TEXT];
    return new String(text, 0, writeTruncated(address, text, 0), StandardCharsets.US_ASCII);
  }

  /// Writes the address without what tells one client from its neighbours: an IPv4 address with its
  /// last byte zero (/24), an IPv6 address with its first 48 bits alone, in the form of RFC 5952.
  /// Allocates nothing.
  ///
  /// @param address 4 or 16 bytes; an IPv4-mapped one counts as IPv4
  /// @param text has room for [#MAX_TRUNCATED_TEXT] bytes from `offset`
  /// @return where the text ends
  public static int writeTruncated(byte[] address, byte[] text, int offset) {
    int at = offset;
    if (address.length == V4_BYTES || isMapped(address)) {
      int first = address.length - V4_BYTES;
      for (int i = first; i < first + 3; i++) {
        at = writeDecimal(address[i] & 0xFF, text, at);
        text[at++] = '.';
      }
      text[at++] = '0';
      return at;
    }
    int groups = 3;
    while (groups > 0 && group(address, groups - 1) == 0) {
      groups--;
    }
    for (int i = 0; i < groups; i++) {
      if (i > 0) {
        text[at++] = ':';
      }
      at = writeHexadecimal(group(address, i), text, at);
    }
    text[at++] = ':';
    text[at++] = ':';
    return at;
  }

  private static int writeDecimal(int value, byte[] text, int offset) {
    int at = offset;
    if (value >= 100) {
      text[at++] = (byte) ('0' + value / 100);
    }
    if (value >= 10) {
      text[at++] = (byte) ('0' + value / 10 % 10);
    }
    text[at++] = (byte) ('0' + value % 10);
    return at;
  }

  private static int writeHexadecimal(int value, byte[] text, int offset) {
    int at = offset;
    for (int shift = 12; shift >= 0; shift -= 4) {
      if (value >>> shift != 0 || shift == 0) {
        int digit = (value >>> shift) & 0xF;
        text[at++] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
      }
    }
    return at;
  }

  private static int group(byte[] bytes, int index) {
    return (bytes[2 * index] & 0xFF) << 8 | (bytes[2 * index + 1] & 0xFF);
  }

  /// Whether 16 bytes are an IPv4 address in the form of an IPv6 one.
  static boolean isMapped(byte[] bytes) {
    if (bytes.length != V6_BYTES || bytes[10] != -1 || bytes[11] != -1) {
      return false;
    }
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /// The same address, an IPv4-mapped one as 4 bytes; the array itself when there is nothing to
  /// change.
  ///
  /// @param bytes 4 or 16 of them
  public static byte[] unmapped(byte[] bytes) {
    return isMapped(bytes) ? Arrays.copyOfRange(bytes, MAPPED_PREFIX_BYTES, V6_BYTES) : bytes;
  }
}
