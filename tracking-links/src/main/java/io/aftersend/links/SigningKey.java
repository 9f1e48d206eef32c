package io.aftersend.links;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A tenant's secret for signing and verifying tokens. Immutable and safe to share between threads.
/// Its id is 6 random bytes, shown as 8 base64url characters, and unique over all tenants, since a
/// token names its key before it names its tenant. The secret is in no text form of the key.
public final class SigningKey {
  /// The fewest bytes that a secret, or a master secret to derive from, may have.
  public static final int MIN_SECRET_BYTES = 16;

  static final byte[] HKDF_SALT = "aftersend token v1".getBytes(StandardCharsets.US_ASCII);
  private static final String HKDF_LABEL = "signing-key";
  private static final int DERIVED_BYTES = 32;

  private final String id;
  private final long idBits;
  private final String tenant;
  private final byte[] secret;
  private final byte[] innerPad;
  private final byte[] outerPad;

  private SigningKey(String tenant, String id, byte[] secret) {
    this.id = id;
    this.idBits = idBits(id);
    this.tenant = tenant;
    this.secret = secret;
    byte[] block =
        Arrays.copyOf(
            secret.length > TokenTag.BLOCK_BYTES ? sha256(secret) : secret, TokenTag.BLOCK_BYTES);
    this.innerPad = pad(block, 0x36);
    this.outerPad = pad(block, 0x5C);
  }

  /// A key with a given secret, such as one that replaced a derived key.
  ///
  /// @throws IllegalArgumentException if the tenant or key id is malformed or the secret too short
  public static SigningKey of(String tenant, String keyId, byte[] secret) {
    requireTenant(tenant);
    requireLength("secret", secret);
    return new SigningKey(tenant, keyId, secret.clone());
  }

  /// The key that HKDF-SHA256 (RFC 5869) derives from a master secret: salt `aftersend token v1`,
  /// info `signing-key`, 0, tenant, 0, key id as 8 characters, all ASCII; 32 bytes. Losing one
  /// derived key reveals neither the master nor another key.
  ///
  /// @throws IllegalArgumentException if the tenant or key id is malformed or the master too short
  public static SigningKey derive(byte[] master, String tenant, String keyId) {
    requireTenant(tenant);
    requireLength("master secret", master);
    byte[] info = (HKDF_LABEL + '\0' + tenant + '\0' + keyId).getBytes(StandardCharsets.US_ASCII);
    return new SigningKey(tenant, keyId, Hkdf.derive(master, HKDF_SALT, info, DERIVED_BYTES));
  }

  /// A fresh key id. Pass a [java.security.SecureRandom] outside tests.
  public static String randomId(RandomGenerator random) {
    byte[] bytes = new byte[TokenFormat.KEY_ID_BYTES];
    random.nextBytes(bytes);
    return Base64Url.encode(bytes);
  }

  /// The 8 base64url characters that name the key.
  public String id() {
    return id;
  }

  /// The tenant whose tokens the key signs.
  public String tenant() {
    return tenant;
  }

  /// A copy of the secret, to hand to a sender who signs with other software. Never log it.
  public byte[] copyOfSecret() {
    return secret.clone();
  }

  /// The id's 6 bytes as a big-endian number.
  long idBits() {
    return idBits;
  }

  /// The block that opens the inner hash of HMAC. Borrowed: never written to.
  byte[] innerPad() {
    return innerPad;
  }

  /// The block that opens the outer hash of HMAC. Borrowed: never written to.
  byte[] outerPad() {
    return outerPad;
  }

  @Override
  public String toString() {
    return "SigningKey[id=" + id + ", tenant=" + tenant + "]";
  }

  private static long idBits(String id) {
    byte[] text = id.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[TokenFormat.KEY_ID_BYTES];
    if (text.length != 8 || Base64Url.decode(text, 0, text.length, bytes, 0) != bytes.length) {
      throw new IllegalArgumentException(
          "key id: expected 8 base64url characters, got " + RefusedLinkException.quote(id));
    }
    return idBits(bytes, 0);
  }

  static long idBits(byte[] bytes, int offset) {
    long bits = 0;
    for (int i = offset; i < offset + TokenFormat.KEY_ID_BYTES; i++) {
      bits = bits << 8 | (bytes[i] & 0xFF);
    }
    return bits;
  }

  private static void requireTenant(String tenant) {
    byte[] bytes = tenant.getBytes(StandardCharsets.UTF_8);
    if (!FieldKind.ID.accepts(bytes, 0, bytes.length)) {
      throw RefusedLinkException.of(ClaimField.TENANT, tenant);
    }
  }

  private static void requireLength(String what, byte[] bytes) {
    if (bytes.length < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException(
          what + ": expected at least " + MIN_SECRET_BYTES + " bytes, got " + bytes.length);
    }
  }

  private static byte[] pad(byte[] block, int with) {
    byte[] padded = new byte[TokenTag.BLOCK_BYTES];
    for (int i = 0; i < TokenTag.BLOCK_BYTES; i++) {
      padded[i] = (byte) (block[i] ^ with);
    }
    return padded;
  }

  private static byte[] sha256(byte[] bytes) {
    MessageDigest digest = TokenTag.newSha256();
    return digest.digest(bytes);
  }
}
