package io.aftersend.runtime.tenants;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Secret bytes that do not print themselves, and are compared in constant time. Immutable.
public final class Secret {
  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /// A copy of `bytes`, of which there is at least one.
  public static Secret of(byte[] bytes) {
    if (bytes.length == 0) {
      throw new IllegalArgumentException("expected a secret of at least 1 byte, got none");
    }
    return new Secret(bytes.clone());
  }

  /// Draws `lengthBytes` bytes.
  ///
  /// @param random a cryptographically strong source, such as `SecureRandom`
  public static Secret draw(RandomGenerator random, int lengthBytes) {
    byte[] bytes = new byte[lengthBytes];
    random.nextBytes(bytes);
    return of(bytes);
  }

  /// A copy of the bytes.
  public byte[] bytes() {
    return bytes.clone();
  }

  /// The number of bytes.
  public int length() {
    return bytes.length;
  }

  String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "***";
  }
}
