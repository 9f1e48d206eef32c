package io.aftersend.query.webhook.delivery;

import java.util.Base64;
import java.util.random.RandomGenerator;

/// The form of signing secrets: `whsec_` and 32 random bytes in base64, as Standard Webhooks has
/// it.
public final class Secrets {
  private static final String PREFIX = "whsec_";
  private static final int BYTES = 32;

  private Secrets() {}

  /// A new secret.
  ///
  /// @param random that nobody can foresee
  public static String draw(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  /// The bytes that sign.
  ///
  /// @throws IllegalArgumentException where it is no secret
  static byte[] key(String secret) {
    if (!secret.startsWith(PREFIX)) {
      throw new IllegalArgumentException("expected a secret that begins with " + PREFIX);
    }
    return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
  }
}
