package io.aftersend.query.webhook.receiver;

import java.net.InetAddress;

/// A range of addresses: all that share the first bits of one.
///
/// @param first the address, 4 or 16 bytes
/// @param bits how many of its leading bits count
record Network(InetAddress first, int bits) {
  /// Reads `10.0.0.0/8`, `fc00::/7` or one address.
  ///
  /// @throws IllegalArgumentException where it is none; names are never looked up
  static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress first = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    int most = first.getAddress().length * Byte.SIZE;
    int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException("expected at most " + most + " bits, got " + bits);
    }
    return new Network(first, bits);
  }

  boolean contains(InetAddress address) {
    byte[] ours = first.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if ((ours[bit / Byte.SIZE] & mask) != (theirs[bit / Byte.SIZE] & mask)) {
        return false;
      }
    }
    return true;
  }
}
