package io.aftersend.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the code to the vectors in `docs/token-format.md`, which were computed by other software.
final class TokenFormatDocumentTest {
  private static final Map<?, ?> VECTORS = readVectors();
  private static final Map<String, SigningKey> KEYS =
      objects("keys")
          .map(TokenFormatDocumentTest::key)
          .collect(Collectors.toMap(SigningKey::id, key -> key));
  private static final KeyRing RING = ring();

  private final TokenVerifier verifier = new TokenVerifier(() -> RING);

  @ParameterizedTest
  @MethodSource("signed")
  void signsAndVerifies(Map<String, Object> vector) {
    LinkClaims claims = claims(vector);
    Endpoint endpoint = endpoint(vector);
    String token = string(vector, "token");

    assertThat(new TokenSigner(() -> RING).sign(endpoint, claims)).isEqualTo(token);
    assertThat(verifier.verify(token, endpoint)).isEqualTo(TokenStatus.VALID);
    assertThat(verifier.keyId()).isEqualTo(vector.get("key"));
    LinkClaims verified = claims.toBuilder().targetUrl((String) vector.get("location")).build();
    assertThat(verifier.claims()).isEqualTo(verified);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refuses(Map<String, Object> vector) {
    assertThat(verifier.verify(string(vector, "token"), endpoint(vector)).wireName())
        .isEqualTo(vector.get("reason"));
  }

  @Test
  void derivesTheSecretsThatTheDocumentShows() {
    List<Map<String, Object>> derived =
        objects("keys").filter(key -> key.containsKey("master")).toList();

    assertThat(derived).isNotEmpty();
    for (Map<String, Object> key : derived) {
      assertThat(
              SigningKey.derive(hex(key, "master"), string(key, "tenant"), string(key, "id"))
                  .copyOfSecret())
          .isEqualTo(hex(key, "secret"));
    }
  }

  @Test
  void hasVectorForEveryEndpointFieldAndReason() {
    assertThat(signed().map(TokenFormatDocumentTest::endpoint))
        .containsAll(List.of(Endpoint.values()));
    assertThat(signed().flatMap(vector -> object(vector, "claims").keySet().stream()))
        .containsAll(Stream.of(ClaimField.values()).map(ClaimField::wireName).toList());
    assertThat(refused().map(vector -> string(vector, "reason")).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(TokenStatus.values())
                .filter(status -> status != TokenStatus.VALID)
                .map(TokenStatus::wireName)
                .toList());
  }

  static Stream<Map<String, Object>> signed() {
    return objects("signed");
  }

  static Stream<Map<String, Object>> refused() {
    return objects("refused");
  }

  private static LinkClaims claims(Map<String, Object> vector) {
    Map<String, Object> claims = new HashMap<>(object(vector, "claims"));
    Long trackedLinks = (Long) claims.remove("tracked_links");
    LinkClaims.Builder builder =
        LinkClaims.forTenant(Objects.requireNonNull(taken(claims, "tenant")))
            .campaign(taken(claims, "campaign"))
            .message(taken(claims, "message"))
            .recipient(taken(claims, "recipient"))
            .list(taken(claims, "list"))
            .link(taken(claims, "link"))
            .targetUrl(taken(claims, "url"))
            .variant(taken(claims, "variant"))
            .account(taken(claims, "account"))
            .test(claims.remove("test") != null)
            .trackedLinks(trackedLinks == null ? null : Math.toIntExact(trackedLinks))
            .issuedAtSeconds((Long) claims.remove("issued_at"))
            .fileName(taken(claims, "file_name"))
            .channel(taken(claims, "channel"));
    String position = taken(claims, "position");
    builder.position(position == null ? null : PixelPosition.ofWireName(position));
    TrackingMode mode =
        TrackingMode.ofWireName(Objects.requireNonNullElse(taken(claims, "tracking_mode"), "full"));
    assertThat(claims).as("claims that this test does not know").isEmpty();
    return builder.trackingMode(Objects.requireNonNull(mode)).build();
  }

  private static @Nullable String taken(Map<String, Object> claims, String name) {
    return (String) claims.remove(name);
  }

  private static SigningKey key(Map<String, Object> key) {
    return SigningKey.of(string(key, "tenant"), string(key, "id"), hex(key, "secret"));
  }

  private static KeyRing ring() {
    KeyRing.Builder builder = KeyRing.builder();
    KEYS.values().forEach(builder::addActive);
    return builder.build();
  }

  private static Endpoint endpoint(Map<String, Object> vector) {
    return Objects.requireNonNull(Endpoint.ofLetter(string(vector, "endpoint").charAt(0)));
  }

  private static byte[] hex(Map<String, Object> object, String name) {
    return HexFormat.of().parseHex(string(object, name));
  }

  private static String string(Map<String, Object> object, String name) {
    return (String) Objects.requireNonNull(object.get(name), name);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Map<String, Object> object, String name) {
    return (Map<String, Object>) Objects.requireNonNull(object.get(name), name);
  }

  @SuppressWarnings("unchecked")
  private static Stream<Map<String, Object>> objects(String name) {
    return ((List<Map<String, Object>>) Objects.requireNonNull(VECTORS.get(name), name)).stream();
  }

  private static Map<?, ?> readVectors() {
    Path document =
        Path.of(System.getProperty("basedir", "."), "..", "docs", "token-format.md").normalize();
    try {
      String text = Files.readString(document);
      int start = text.indexOf("```json\n") + "```json\n".length();
      return (Map<?, ?>) Json.read(text.substring(start, text.indexOf("```", start)));
    } catch (IOException e) {
      throw new UncheckedIOException("expected the token format at " + document, e);
    }
  }
}
