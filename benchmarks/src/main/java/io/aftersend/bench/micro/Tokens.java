package io.aftersend.bench.micro;

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
    String head =
        """
        GET %s HTTP/1.1\r
        Host: track.example.com\r
        Connection: keep-alive\r
        sec-ch-ua-platform: "Windows"\r
        User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36\r
        Accept: image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8\r
        Referer: https://mail.example.com/\r
        Accept-Encoding: gzip, deflate, br, zstd\r
        Accept-Language: en-US,en;q=0.9\r
        \r
        """
            .formatted(path);
    return head.getBytes(StandardCharsets.US_ASCII);
  }
}
