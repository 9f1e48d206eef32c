package io.aftersend.edge.hit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The id of the event of an unsubscription: the same for every POST of a token, so that a repeat
/// counts once. One per event loop.
final class UnsubscribeId {
  private static final int HASH_BYTES = 16;

  private final MessageDigest sha256 = sha256();

  /// `u-` and half of the SHA-256 of the token, of which there is exactly one text; ASCII.
  byte[] of(byte[] bytes, int offset, int length) {
    sha256.update(bytes, offset, length);
    String id = "u-" + HexFormat.of().formatHex(sha256.digest(), 0, HASH_BYTES);
    return id.getBytes(StandardCharsets.US_ASCII);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
