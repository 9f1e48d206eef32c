package io.aftersend.links;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The tag of a token: HMAC-SHA256 (RFC 2104) cut to 16 bytes. Confined to one thread. Written as
/// two passes of a digest into a buffer of its own, because the platform's `Mac` allocates on each
/// call.
final class TokenTag {
  private static final int HASH_BYTES = 32;

  private final MessageDigest sha256 = newSha256();
  private final byte[] hash = new byte[HASH_BYTES];

  /// Computes the tag over version, key id, endpoint letter and payload, and keeps it for the
  /// methods below. Allocates nothing.
  ///
  /// @param token starts with version, key id and payload
  /// @param payloadEnd where the payload ends
  void compute(SigningKey key, Endpoint endpoint, byte[] token, int payloadEnd) {
    sha256.update(key.innerPad());
    sha256.update(token, 0, TokenFormat.PAYLOAD_OFFSET);
    sha256.update((byte) endpoint.letter());
    sha256.update(token, TokenFormat.PAYLOAD_OFFSET, payloadEnd - TokenFormat.PAYLOAD_OFFSET);
    finish();
    sha256.update(key.outerPad());
    sha256.update(hash);
    finish();
  }

  /// Whether the computed tag stands at that place, in a time that does not depend on the bytes.
  boolean isAt(byte[] bytes, int offset) {
    int difference = 0;
    for (int i = 0; i < TokenFormat.TAG_BYTES; i++) {
      difference |= hash[i] ^ bytes[offset + i];
    }
    return difference == 0;
  }

  /// Writes the computed tag to that place.
  void copyTo(byte[] bytes, int offset) {
    System.arraycopy(hash, 0, bytes, offset, TokenFormat.TAG_BYTES);
  }

  private void finish() {
    try {
      sha256.digest(hash, 0, HASH_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 fits " + HASH_BYTES + " bytes", e);
    }
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform provides SHA-256", e);
    }
  }
}
