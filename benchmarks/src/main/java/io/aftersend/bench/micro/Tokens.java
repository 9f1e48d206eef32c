package io.aftersend.bench.micro;

import io.aftersend.bench.generator.BrowserRequest;
import io.aftersend.links.Endpoint;
import io.aftersend.links.KeyRing;
import io.aftersend.links.LinkClaims;
import io.aftersend.links.PixelPosition;
import io.aftersend.links.SigningKey;
import io.aftersend.links.TokenSigner;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Tokens as the benchmarks use them, of one tenant with one key.
final class Tokens {
  static final KeyRing RING;
  static final String TARGET_URL =
      "https://shop.example.com/spring/collection/linen-shirts?utm_source=newsletter&utm_medium="
          + "email&utm_campaign=spring-sale1";

  static {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) 7);
    RING = KeyRing.builder().addActive(SigningKey.of("acme", "benchkey", secret)).build();
  }

  private Tokens() {}

  static LinkClaims pixel() {
    return common().position(PixelPosition.BOTTOM).build();
  }

  /// Claims whose target URL has 120 characters.
  static LinkClaims click() {
    return common().link("hero").targetUrl(TARGET_URL).build();
  }

  private static LinkClaims.Builder common() {
    return LinkClaims.forTenant("acme")
        .campaign("spring-sale")
        .message("m-0001234")
        .recipient("r-0001234")
        .list("newsletter")
        .trackedLinks(12)
        .issuedAtSeconds(1_790_000_000L);
  }

  static byte[] token(Endpoint endpoint, LinkClaims claims) {
    return new TokenSigner(() -> RING).sign(endpoint, claims).getBytes(StandardCharsets.US_ASCII);
  }

  /// A browser's request for a path.
  static byte[] request(String path) {
    return BrowserRequest.of(path).getBytes(StandardCharsets.US_ASCII);
  }
}
