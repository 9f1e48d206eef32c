package io.aftersend.links;

import java.nio.charset.StandardCharsets;

/// Keys for tests, and the tag as the platform's own HMAC computes it.
final class Keys {
  static final String TENANT = "acme";
  static final byte[] MASTER = ascii("a master secret that tests may know");
  static final SigningKey ACME = SigningKey.derive(MASTER, TENANT, "AAECAwQF");
  static final KeyRing RING = KeyRing.builder().addActive(ACME).build();

  private Keys() {}

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
