package io.aftersend.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TokenPropertyTest {
  private final TokenSigner signer = new TokenSigner(() -> Keys.RING);
  private final TokenVerifier verifier = new TokenVerifier(() -> Keys.RING);
  private final Property<LinkClaims> anyClaims =
      new Property<>(Claims::generate, Claims::deletions);

  private final Property<LinkClaims> shortClaims =
      new Property<>(
          random -> Claims.generate(random).toBuilder().targetUrl(shortUrl(random)).build(),
          Claims::deletions);

  @Test
  void bringsAnyClaimsBack() {
    anyClaims.holds(
        1_000,
        claims -> {
          for (Endpoint endpoint : Endpoint.values()) {
            String token = signer.sign(endpoint, claims);
            assertThat(token).matches("[A-Za-z0-9_-]+");
            assertThat(verifier.verify(token, endpoint)).isEqualTo(TokenStatus.VALID);
            assertThat(verifier.claims()).isEqualTo(claims);
          }
        });
  }

  @Test
  void refusesTokensAtEveryOtherEndpoint() {
    anyClaims.holds(
        300,
        claims -> {
          for (Endpoint signed : Endpoint.values()) {
            String token = signer.sign(signed, claims);
            for (Endpoint asked : Endpoint.values()) {
              assertThat(verifier.verify(token, asked))
                  .isEqualTo(asked == signed ? TokenStatus.VALID : TokenStatus.BAD_SIGNATURE);
            }
          }
        });
  }

  @Test
  void refusesTokensWithAnyBitOfTheirTextChanged() {
    shortClaims.holds(
        300,
        claims -> {
          byte[] token = Keys.ascii(signer.sign(Endpoint.CLICK, claims));
          for (int bit = 0; bit < token.length * 8; bit++) {
            token[bit / 8] ^= (byte) (1 << bit % 8);
            if (verifier.verify(token, 0, token.length, Endpoint.CLICK) == TokenStatus.VALID) {
              throw new AssertionError("expected a refusal, got a valid token with bit " + bit);
            }
            token[bit / 8] ^= (byte) (1 << bit % 8);
          }
          assertThat(verifier.verify(token, 0, token.length, Endpoint.CLICK))
              .isEqualTo(TokenStatus.VALID);
        });
  }

  @Test
  void refusesTokensCutOrLengthenedAnywhere() {
    shortClaims.holds(
        200,
        claims -> {
          String token = signer.sign(Endpoint.CLICK, claims);
          for (int length = 0; length < token.length(); length++) {
            assertThat(verifier.verify(token.substring(0, length), Endpoint.CLICK))
                .isNotEqualTo(TokenStatus.VALID);
          }
          for (String more : List.of("A", "AA", "AAA", "AAAA", "=", "==", ".gif", " ", "\n")) {
            assertThat(verifier.verify(token + more, Endpoint.CLICK))
                .isNotEqualTo(TokenStatus.VALID);
            assertThat(verifier.verify(more + token, Endpoint.CLICK))
                .isNotEqualTo(TokenStatus.VALID);
          }
        });
  }

  @Test
  void answersAnyGarbageWithReasonAndNoClaims() {
    new Property<>(TokenPropertyTest::garbage, TokenPropertyTest::shorter)
        .holds(
            20_000,
            bytes -> {
              assertThat(verifier.verify(bytes.text(), 0, bytes.text().length, Endpoint.CLICK))
                  .isNotEqualTo(TokenStatus.VALID);
              for (ClaimField field : ClaimField.values()) {
                assertThat(verifier.has(field)).isFalse();
              }
            });
  }

  /// Rightly signed garbage reaches the payload's decoder, which must take only what the signer
  /// would write: whatever it takes is signed again to the same token.
  @Test
  void takesOnlyPayloadsThatTheSignerWouldWrite() {
    int[] taken = {0};
    new Property<>(TokenPropertyTest::payload, TokenPropertyTest::shorter)
        .holds(
            5_000,
            bytes -> {
              String token = HandMade.payload().raw(bytes.text()).token(Keys.ACME, Endpoint.CLICK);
              TokenStatus status = verifier.verify(token, Endpoint.CLICK);
              if (status == TokenStatus.VALID) {
                taken[0]++;
                LinkClaims claims = verifier.claims();
                assertThat(PayloadWriter.write(claims, claims.targetUrl())).isEqualTo(bytes.text());
              } else {
                assertThat(status)
                    .isIn(
                        TokenStatus.BAD_PAYLOAD, TokenStatus.FOREIGN_TENANT, TokenStatus.MALFORMED);
              }
            });
    assertThat(taken[0]).as("mutations must leave some payloads canonical").isGreaterThan(500);
  }

  private static String shortUrl(Random random) {
    return "https://example.com/" + random.nextInt();
  }

  private static Bytes garbage(Random random) {
    byte[] bytes = new byte[random.nextInt(random.nextInt(50) == 0 ? 14_000 : 200)];
    random.nextBytes(bytes);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    boolean isBase64 = random.nextBoolean();
    for (int i = 0; isBase64 && i < bytes.length; i++) {
      bytes[i] = (byte) alphabet.charAt(bytes[i] & 0x3F);
    }
    byte[] start = Keys.ascii("AQABAgMEBQ");
    if (random.nextBoolean() && bytes.length > start.length) {
      System.arraycopy(start, 0, bytes, 0, start.length);
    }
    return new Bytes(bytes);
  }

  private static Bytes payload(Random random) {
    LinkClaims claims = Claims.generate(random).toBuilder().targetUrl(shortUrl(random)).build();
    byte[] bytes = PayloadWriter.write(claims, claims.targetUrl());
    for (int mutations = random.nextInt(3); mutations > 0; mutations--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(3)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] += (byte) (random.nextBoolean() ? 1 : -1);
        default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
      }
    }
    return new Bytes(bytes);
  }

  private static List<Bytes> shorter(Bytes bytes) {
    List<Bytes> shorter = new ArrayList<>();
    for (int length = bytes.text().length / 2; length < bytes.text().length; length++) {
      shorter.add(new Bytes(Arrays.copyOf(bytes.text(), length)));
    }
    return shorter;
  }

  /// Bytes that a failing case shows.
  @SuppressWarnings("ArrayRecordComponent")
  private record Bytes(byte[] text) {
    @Override
    public String toString() {
      return Arrays.toString(text);
    }
  }
}
