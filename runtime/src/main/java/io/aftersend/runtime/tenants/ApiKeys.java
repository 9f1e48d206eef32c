package io.aftersend.runtime.tenants;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.random.RandomGenerator;

/// How API keys are made: `as_` and 43 base64url characters (256 random bits), of which the first 8
/// are the key's public id. Files keep the SHA-256 of the whole text, which needs no salt: there is
/// nothing to guess in 256 random bits.
public final class ApiKeys {
  private static final String PREFIX = "as_";
  private static final int RANDOM_BYTES = 32;
  private static final int ID_LENGTH = 8;

  private ApiKeys() {}

  /// A key just made.
  ///
  /// @param text what its owner presents; shown once and kept nowhere
  /// @param id its public id
  /// @param hash what the tenants file keeps
  public record Drawn(String text, String id, String hash) {
    /// What the tenants file keeps of it.
    public ApiKeyEntry entry(Set<Scope> scopes, Instant created) {
      return new ApiKeyEntry(id, hash, scopes, created);
    }

    @Override
    public String toString() {
      return "Drawn[text=***, id=" + id + ", hash=" + hash + "]";
    }
  }

  /// Makes a key.
  ///
  /// @param random a cryptographically strong source, such as `SecureRandom`
  public static Drawn draw(RandomGenerator random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return read(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// A key whose text is known, such as one that was kept in a file.
  ///
  /// @throws IllegalArgumentException when `text` does not look like one of our keys
  public static Drawn read(String text) {
    if (!text.matches("as_[A-Za-z0-9_-]{43}")) {
      throw new IllegalArgumentException("expected as_ and 43 base64url characters");
    }
    int start = PREFIX.length();
    return new Drawn(text, text.substring(start, start + ID_LENGTH), hash(text));
  }

  /// SHA-256 of `text` as 64 lower-case hexadecimal digits.
  static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
