package io.aftersend.links;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The tag of a token: HMAC-SHA256 (RFC 2104) cut to 16 bytes. Confined to one thread. Written as
/// two passes of a digest over one run of bytes each, because the platform's `Mac` allocates on
/// each call, and a digest that is fed piece by piece spends more on the pieces than on the
/// hashing.
final class TokenTag {
  /// What SHA-256 takes in one step, and what the pads of HMAC fill.
  static final int BLOCK_BYTES = 64;

  /// Where a token lies in the buffers below: behind room for the inner pad and the endpoint's
  /// letter.
  static final int TOKEN_OFFSET = BLOCK_BYTES + 1;

  private static final int HASH_BYTES = 32;

  private final MessageDigest sha256 = newSha256();

  /// The outer pad, and behind it the inner hash.
  private final byte[] outer = new byte[BLOCK_BYTES + HASH_BYTES];

  private final byte[] hash = new byte[HASH_BYTES];

  /// Computes the tag over version, key id, endpoint letter and payload, and keeps it for the
  /// methods below. Allocates nothing.
  ///
  /// @param framed holds version, key id and payload from [#TOKEN_OFFSET]; what stands before the
  ///   payload is overwritten
  /// @param payloadEnd where the payload ends
  void compute(SigningKey key, Endpoint endpoint, byte[] framed, int payloadEnd) {
    System.arraycopy(key.innerPad(), 0, framed, 0, BLOCK_BYTES);
    System.arraycopy(framed, TOKEN_OFFSET, framed, BLOCK_BYTES, TokenFormat.PAYLOAD_OFFSET);
    framed[BLOCK_BYTES + TokenFormat.PAYLOAD_OFFSET] = (byte) endpoint.letter();
    digest(framed, payloadEnd, outer, BLOCK_BYTES);
    System.arraycopy(key.outerPad(), 0, outer, 0, BLOCK_BYTES);
    digest(outer, outer.length, hash, 0);
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

  private void digest(byte[] bytes, int length, byte[] target, int offset) {
    sha256.update(bytes, 0, length);
    try {
      sha256.digest(target, offset, HASH_BYTES);
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
