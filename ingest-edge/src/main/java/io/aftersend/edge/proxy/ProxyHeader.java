package io.aftersend.edge.proxy;

import io.aftersend.edge.network.AddressText;
import io.aftersend.edge.network.IpAddress;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The header that a proxy sends before a connection's own bytes: HAProxy's PROXY protocol, version
/// 1 (a line) and 2 (binary).
///
/// Strict: one spelling of each thing, and what is neither version is found at its first wrong
/// byte.
final class ProxyHeader {
  /// With its line end, as the specification has it.
  static final int MAX_LINE_BYTES = 107;

  /// Addresses and further fields of a binary header: well above what load balancers add.
  static final int MAX_BLOCK_BYTES = 4096;

  private static final byte[] LINE_START = "PROXY ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SIGNATURE = {
    0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A
  };
  private static final int BLOCK_START_BYTES = 16;
  private static final int LOCAL = 0x20;
  private static final int PROXY = 0x21;
  private static final int UNSPECIFIED = 0x00;
  private static final int TCP_OVER_V4 = 0x11;
  private static final int TCP_OVER_V6 = 0x21;
  private static final int V4_BLOCK_BYTES = 12;
  private static final int V6_BLOCK_BYTES = 36;

  private ProxyHeader() {}

  /// What the bytes so far are.
  sealed interface Read {}

  /// The beginning of a header.
  record Incomplete() implements Read {}

  /// No header of either version.
  record Broken() implements Read {}

  /// A whole header.
  ///
  /// @param lengthBytes how many bytes it takes
  /// @param client 4 or 16 bytes, IPv4-mapped ones as 4; null when the connection is the proxy's
  ///   own (a health check), or the proxy does not know
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Whole(int lengthBytes, byte @Nullable [] client) implements Read {}

  private static final Read INCOMPLETE = new Incomplete();
  private static final Read BROKEN = new Broken();

  /// Reads a header.
  ///
  /// @param in borrowed: its indices stay
  static Read read(ByteBuf in) {
    if (!in.isReadable()) {
      return INCOMPLETE;
    }
    boolean isLine = in.getByte(in.readerIndex()) == LINE_START[0];
    byte[] start = isLine ? LINE_START : SIGNATURE;
    int known = Math.min(in.readableBytes(), start.length);
    for (int i = 0; i < known; i++) {
      if (in.getByte(in.readerIndex() + i) != start[i]) {
        return BROKEN;
      }
    }
    if (known < start.length) {
      return INCOMPLETE;
    }
    return isLine ? readLine(in) : readBlock(in);
  }

  private static Read readLine(ByteBuf in) {
    int known = Math.min(in.readableBytes(), MAX_LINE_BYTES);
    int end = in.indexOf(in.readerIndex(), in.readerIndex() + known, (byte) '\n');
    if (end < 0) {
      return known == MAX_LINE_BYTES ? BROKEN : INCOMPLETE;
    }
    int length = end + 1 - in.readerIndex();
    if (in.getByte(end - 1) != '\r') {
      return BROKEN;
    }
    String line = in.toString(in.readerIndex(), length - 2, StandardCharsets.ISO_8859_1);
    if (line.equals("PROXY UNKNOWN") || line.startsWith("PROXY UNKNOWN ")) {
      return new Whole(length, null);
    }
    String[] words = line.split(" ", -1);
    if (words.length != 6 || !isPort(words[4]) || !isPort(words[5])) {
      return BROKEN;
    }
    int addressBytes =
        switch (words[1]) {
          case "TCP4" -> 4;
          case "TCP6" -> 16;
          default -> 0;
        };
    byte[] client = address(words[2], addressBytes);
    byte[] server = address(words[3], addressBytes);
    return client == null || server == null ? BROKEN : new Whole(length, client);
  }

  private static byte @Nullable [] address(String text, int bytes) {
    boolean isV6 = text.indexOf(':') >= 0;
    if (bytes != (isV6 ? 16 : 4)) {
      return null;
    }
    byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
    return new AddressText().read(ascii, 0, ascii.length);
  }

  private static boolean isPort(String text) {
    return text.matches("0|[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 65_535;
  }

  private static Read readBlock(ByteBuf in) {
    if (in.readableBytes() < BLOCK_START_BYTES) {
      return INCOMPLETE;
    }
    int at = in.readerIndex() + SIGNATURE.length;
    int command = in.getUnsignedByte(at);
    int family = in.getUnsignedByte(at + 1);
    int blockBytes = in.getUnsignedShort(at + 2);
    if ((command != LOCAL && command != PROXY) || blockBytes > MAX_BLOCK_BYTES) {
      return BROKEN;
    }
    boolean hasClient = command == PROXY && family != UNSPECIFIED;
    if (hasClient && !hasRoom(family, blockBytes)) {
      return BROKEN;
    }
    int length = BLOCK_START_BYTES + blockBytes;
    if (in.readableBytes() < length) {
      return INCOMPLETE;
    }
    if (!hasClient) {
      return new Whole(length, null);
    }
    byte[] client = new byte[family == TCP_OVER_V4 ? 4 : 16];
    in.getBytes(in.readerIndex() + BLOCK_START_BYTES, client);
    return new Whole(length, IpAddress.unmapped(client));
  }

  private static boolean hasRoom(int family, int blockBytes) {
    return switch (family) {
      case TCP_OVER_V4 -> blockBytes >= V4_BLOCK_BYTES;
      case TCP_OVER_V6 -> blockBytes >= V6_BLOCK_BYTES;
      default -> false;
    };
  }
}
