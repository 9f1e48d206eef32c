package io.aftersend.links;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HKDF with SHA-256 (RFC 5869). Written out because Java 17 has no API for it.
final class Hkdf {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int HASH_BYTES = 32;

  private Hkdf() {}

  static byte[] derive(byte[] inputKey, byte[] salt, byte[] info, int lengthBytes) {
    return expand(extract(salt, inputKey), info, lengthBytes);
  }

  static byte[] extract(byte[] salt, byte[] inputKey) {
    // An absent salt is a string of zeros of the hash's length; SecretKeySpec refuses an empty one.
    return mac(salt.length == 0 ? new byte[HASH_BYTES] : salt).doFinal(inputKey);
  }

  static byte[] expand(byte[] pseudoRandomKey, byte[] info, int lengthBytes) {
    if (lengthBytes < 1 || lengthBytes > 255 * HASH_BYTES) {
      throw new IllegalArgumentException(
          "HKDF output: expected 1 to 8160 bytes, got " + lengthBytes);
    }
    Mac mac = mac(pseudoRandomKey);
    byte[] output = new byte[lengthBytes];
    byte[] block = new byte[0];
    int filled = 0;
    for (int counter = 1; filled < lengthBytes; counter++) {
      mac.update(block);
      mac.update(info);
      mac.update((byte) counter);
      block = mac.doFinal();
      int take = Math.min(block.length, lengthBytes - filled);
      System.arraycopy(block, 0, output, filled, take);
      filled += take;
    }
    Arrays.fill(block, (byte) 0);
    return output;
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform provides " + ALGORITHM, e);
    }
  }
}
