package io.aftersend.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class TokenVerifierTest {
  private static final byte[] NOTHING = {};

  private final TokenSigner signer = new TokenSigner(() -> Keys.RING);
  private final TokenVerifier verifier = new TokenVerifier(() -> Keys.RING);

  @Test
  void takesTokenMadeByHand() {
    String token =
        HandMade.payload()
            .tenant()
            .field(2, "c1")
            .field(7, "https://example.com/" + "x".repeat(300))
            .field(8, "a")
            .field(10, "b")
            .field(12, (byte) 1)
            .field(13, (byte) 1, (byte) 0)
            .field(14, (byte) 0)
            .field(15, "é😀.pdf".getBytes(StandardCharsets.UTF_8))
            .token(Keys.ACME, Endpoint.ATTACHMENT);

    assertThat(verifier.verify(token, Endpoint.ATTACHMENT)).isEqualTo(TokenStatus.VALID);
    assertThat(verifier.claims())
        .isEqualTo(
            LinkClaims.forTenant("acme")
                .campaign("c1")
                .targetUrl("https://example.com/" + "x".repeat(300))
                .trackingMode(TrackingMode.AGGREGATE)
                .position(PixelPosition.BOTTOM)
                .test(true)
                .trackedLinks(256)
                .issuedAtSeconds(0L)
                .fileName("é😀.pdf")
                .build());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenPayloads")
  void refusesRightlySignedPayloadThat(String why, HandMade payload) {
    assertThat(verifier.verify(payload.token(Keys.ACME, Endpoint.OPEN), Endpoint.OPEN))
        .as(why)
        .isEqualTo(TokenStatus.BAD_PAYLOAD);
    assertThat(verifier.has(ClaimField.TENANT)).isFalse();
  }

  static Stream<Arguments> brokenPayloads() {
    byte[] longTenant = "t".repeat(65).getBytes(StandardCharsets.US_ASCII);
    return Stream.of(
        Arguments.of("names no tenant", HandMade.payload().field(2, "campaign")),
        Arguments.of("repeats a tag", HandMade.payload().tenant().field(2, "a").field(2, "a")),
        Arguments.of("is out of order", HandMade.payload().tenant().field(3, "a").field(2, "a")),
        Arguments.of("has a tag of zero", HandMade.payload().tenant().field(0, "a")),
        Arguments.of("has an unknown tag", HandMade.payload().tenant().field(17, "a")),
        Arguments.of("has a negative tag", HandMade.payload().tenant().field(0x82, "a")),
        Arguments.of("has an empty field", HandMade.payload().tenant().field(2, NOTHING)),
        Arguments.of("ends after a tag", HandMade.payload().tenant().raw((byte) 2)),
        Arguments.of(
            "ends within a length", HandMade.payload().tenant().raw((byte) 2, (byte) 0x81)),
        Arguments.of(
            "ends within a field", HandMade.payload().tenant().raw((byte) 2, (byte) 2, (byte) 'a')),
        Arguments.of(
            "has a length in two bytes that fits one",
            HandMade.payload().tenant().raw((byte) 2, (byte) 0x81, (byte) 0, (byte) 'a')),
        Arguments.of(
            "has a length in three bytes",
            HandMade.payload().tenant().raw((byte) 2, (byte) 0x81, (byte) 0x80, (byte) 1)),
        Arguments.of("has an id too long", HandMade.payload().field(1, longTenant)),
        Arguments.of("has a space in an id", HandMade.payload().tenant().field(2, "a b")),
        Arguments.of("has a slash in an id", HandMade.payload().tenant().field(2, "a/b")),
        Arguments.of("has non-ASCII in an id", HandMade.payload().tenant().field(2, (byte) 0xE9)),
        Arguments.of("has a line feed in the target", HandMade.payload().tenant().field(7, "a\nb")),
        Arguments.of("has a space in the target", HandMade.payload().tenant().field(7, "a b")),
        Arguments.of("has DEL in the target", HandMade.payload().tenant().field(7, "a\u007Fb")),
        Arguments.of(
            "has non-ASCII in the target", HandMade.payload().tenant().field(7, (byte) 0xE9)),
        Arguments.of(
            "has a target too long", HandMade.payload().tenant().field(7, "a".repeat(8_001))),
        Arguments.of("spells out the default mode", HandMade.payload().tenant().field(8, "f")),
        Arguments.of("has an unknown mode", HandMade.payload().tenant().field(8, "z")),
        Arguments.of("has a mode too long", HandMade.payload().tenant().field(8, "aa")),
        Arguments.of("has an unknown position", HandMade.payload().tenant().field(10, "m")),
        Arguments.of("spells out a false flag", HandMade.payload().tenant().field(12, (byte) 0)),
        Arguments.of("has a flag of two", HandMade.payload().tenant().field(12, (byte) 2)),
        Arguments.of(
            "has a number with a leading zero",
            HandMade.payload().tenant().field(13, (byte) 0, (byte) 1)),
        Arguments.of(
            "has a number too large",
            HandMade.payload().tenant().field(13, (byte) 1, (byte) 0, (byte) 0)),
        Arguments.of("has a time too large", HandMade.payload().tenant().field(14, "123456")),
        Arguments.of(
            "has overlong UTF-8", HandMade.payload().tenant().field(15, (byte) 0xC0, (byte) 0xAF)),
        Arguments.of(
            "has overlong UTF-8 of three bytes",
            HandMade.payload().tenant().field(15, (byte) 0xE0, (byte) 0x80, (byte) 0xAF)),
        Arguments.of(
            "has a surrogate in UTF-8",
            HandMade.payload().tenant().field(15, (byte) 0xED, (byte) 0xA0, (byte) 0x80)),
        Arguments.of(
            "has a character beyond Unicode",
            HandMade.payload()
                .tenant()
                .field(15, (byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80)),
        Arguments.of(
            "has UTF-8 that is cut",
            HandMade.payload().tenant().field(15, (byte) 'a', (byte) 0xC3)),
        Arguments.of(
            "has UTF-8 without continuation",
            HandMade.payload().tenant().field(15, (byte) 0xC3, (byte) 'a')),
        Arguments.of("has a control in a text", HandMade.payload().tenant().field(15, "a\tb")),
        Arguments.of(
            "has a C1 control in a text",
            HandMade.payload().tenant().field(15, (byte) 0xC2, (byte) 0x85)),
        Arguments.of(
            "has a text too long", HandMade.payload().tenant().field(15, "a".repeat(201))));
  }

  @Test
  void refusesRedirectWithoutTarget() {
    for (Endpoint endpoint : Endpoint.values()) {
      String token = HandMade.payload().tenant().token(Keys.ACME, endpoint);
      assertThat(verifier.verify(token, endpoint))
          .isEqualTo(endpoint.isRedirect() ? TokenStatus.BAD_PAYLOAD : TokenStatus.VALID);
    }
  }

  @Test
  void refusesOtherVersions() {
    for (int version = 0; version < 256; version++) {
      String token = HandMade.payload().tenant().token(version, Keys.ACME, Endpoint.OPEN);
      assertThat(verifier.verify(token, Endpoint.OPEN))
          .isEqualTo(version == 1 ? TokenStatus.VALID : TokenStatus.UNKNOWN_VERSION);
    }
  }

  @Test
  void refusesTenantOtherThanTheKeys() {
    for (String tenant : new String[] {"globex", "acm", "acmee", "Acme", "acmf"}) {
      String token = HandMade.payload().field(1, tenant).token(Keys.ACME, Endpoint.OPEN);
      assertThat(verifier.verify(token, Endpoint.OPEN)).isEqualTo(TokenStatus.FOREIGN_TENANT);
      assertThat(verifier.has(ClaimField.TENANT)).isFalse();
      assertThatThrownBy(verifier::claims).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void refusesUnknownKeysAndOtherSecrets() {
    SigningKey unknown = SigningKey.derive(Keys.MASTER, Keys.TENANT, "AAECAwQG");
    SigningKey sameId = SigningKey.of(Keys.TENANT, "AAECAwQF", Keys.MASTER);

    assertThat(check(unknown)).isEqualTo(TokenStatus.UNKNOWN_KEY);
    assertThat(check(sameId)).isEqualTo(TokenStatus.BAD_SIGNATURE);
    assertThat(check(Keys.ACME)).isEqualTo(TokenStatus.VALID);
  }

  @Test
  void agreesWithThePlatformsHmacForSecretsOfAnyLength() {
    for (int length : new int[] {16, 31, 32, 63, 64, 65, 200}) {
      SigningKey key = SigningKey.of(Keys.TENANT, "AAECAwQF", new byte[length]);
      KeyRing ring = KeyRing.builder().addActive(key).build();
      assertThat(
              new TokenSigner(() -> ring)
                  .sign(Endpoint.OPEN, LinkClaims.forTenant(Keys.TENANT).build()))
          .isEqualTo(HandMade.payload().tenant().token(key, Endpoint.OPEN));
    }
  }

  @Test
  void refusesTextOutsideTheSizesOfTokens() {
    assertThat(verifier.verify("", Endpoint.OPEN)).isEqualTo(TokenStatus.MALFORMED);
    assertThat(verifier.verify("A".repeat(34), Endpoint.OPEN)).isEqualTo(TokenStatus.MALFORMED);
    assertThat(verifier.verify("A".repeat(35), Endpoint.OPEN))
        .isEqualTo(TokenStatus.UNKNOWN_VERSION);
    assertThat(verifier.verify("A".repeat(12_800), Endpoint.OPEN))
        .isEqualTo(TokenStatus.UNKNOWN_VERSION);
    assertThat(verifier.verify("A".repeat(12_801), Endpoint.OPEN)).isEqualTo(TokenStatus.MALFORMED);
    assertThat(verifier.verify("A".repeat(12_804), Endpoint.OPEN)).isEqualTo(TokenStatus.MALFORMED);
  }

  @Test
  void hasRoomForEveryFieldAtItsLongest() {
    String id = "~".repeat(64);
    LinkClaims longest =
        LinkClaims.forTenant(Keys.TENANT)
            .campaign(id)
            .message(id)
            .recipient(id)
            .list(id)
            .link(id)
            .targetUrl("tel:" + "1".repeat(7_996))
            .trackingMode(TrackingMode.NONE)
            .variant(id)
            .position(PixelPosition.TOP)
            .account(id)
            .test(true)
            .trackedLinks(65_535)
            .issuedAtSeconds((1L << 40) - 1)
            .fileName("😀".repeat(200))
            .channel(id)
            .build();

    String token = signer.sign(Endpoint.ATTACHMENT, longest);
    assertThat(verifier.verify(token, Endpoint.ATTACHMENT)).isEqualTo(TokenStatus.VALID);
    assertThat(verifier.claims()).isEqualTo(longest);
    assertThat(token.length() + (64 - Keys.TENANT.length()) * 2).isLessThanOrEqualTo(12_800);
  }

  @Test
  void readsSliceOfLargerBuffer() {
    String token = signer.sign(Endpoint.OPEN, LinkClaims.forTenant(Keys.TENANT).build());
    byte[] request = Keys.ascii("GET /o/" + token + ".gif HTTP/1.1");

    assertThat(verifier.verify(request, 7, token.length(), Endpoint.OPEN))
        .isEqualTo(TokenStatus.VALID);
    assertThatThrownBy(() -> verifier.verify(request, 7, request.length, Endpoint.OPEN))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void refusesNonAsciiText() {
    String token = signer.sign(Endpoint.OPEN, LinkClaims.forTenant(Keys.TENANT).build());
    for (int shift : new int[] {0x80, 0x100, 0xFEE0}) {
      String changed = (char) (token.charAt(0) + shift) + token.substring(1);
      assertThat(verifier.verify(changed, Endpoint.OPEN)).isEqualTo(TokenStatus.MALFORMED);
    }
  }

  @Test
  void showsAbsentFieldsAsAbsent() {
    String token = signer.sign(Endpoint.OPEN, LinkClaims.forTenant(Keys.TENANT).build());

    assertThat(verifier.verify(token, Endpoint.OPEN)).isEqualTo(TokenStatus.VALID);
    assertThat(verifier.trackingMode()).isEqualTo(TrackingMode.FULL);
    assertThat(verifier.position()).isNull();
    assertThat(verifier.isTest()).isFalse();
    assertThat(verifier.trackedLinks()).isEqualTo(-1);
    assertThat(verifier.issuedAtSeconds()).isEqualTo(-1);
    assertThat(verifier.text(ClaimField.CAMPAIGN)).isNull();
    assertThat(verifier.length(ClaimField.TARGET_URL)).isZero();
    assertThat(verifier.copyOfTargetUrl()).isEmpty();
  }

  private TokenStatus check(SigningKey key) {
    return verifier.verify(HandMade.payload().tenant().token(key, Endpoint.OPEN), Endpoint.OPEN);
  }
}
