package io.aftersend.query.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The identity provider as it describes itself: its endpoints, and the keys that it signs with.
/// Asked when somebody signs in, so that we start without it. Safe for any thread.
final class OidcProvider {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_KEYS_BYTES = 512 * 1024;
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384);

  private static final JsonMapper MAPPER = new JsonMapper();

  private final OidcClient client;
  private final HttpClient http;
  private volatile @Nullable Described described;

  /// What its discovery document says.
  private record Described(URI authorization, URI token, JWKSource<SecurityContext> keys) {}

  OidcProvider(OidcClient client) {
    this.client = client;
    this.http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  }

  /// Where people sign in.
  ///
  /// @throws OidcException when the provider cannot be asked
  URI authorization() throws OidcException {
    return describe().authorization();
  }

  /// The checked claims of whom the code stands for.
  ///
  /// @throws OidcException when the provider refuses the code, or its token is not for us
  JWTClaimsSet claims(String code, URI redirect, String verifier, String nonce)
      throws OidcException {
    Described provider = describe();
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirect.toString());
    form.put("client_id", client.clientId());
    form.put("code_verifier", verifier);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(provider.token())
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(encode(form)));
    if (client.clientSecret() != null) {
      String pair = encode(client.clientId()) + ":" + encode(client.clientSecret());
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
    JsonNode answer = send(request.build());
    return verified(answer.path("id_token").asText(), nonce, provider.keys());
  }

  private JWTClaimsSet verified(String idToken, String nonce, JWKSource<SecurityContext> keys)
      throws OidcException {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            client.clientId(),
            new JWTClaimsSet.Builder()
                .issuer(client.issuer().toString())
                .claim("nonce", nonce)
                .build(),
            Set.of("sub", "iat", "exp")));
    try {
      return processor.process(idToken, null);
    } catch (ParseException | BadJOSEException | JOSEException e) {
      throw new OidcException("the provider's ID token is not valid: " + e.getMessage(), e);
    }
  }

  private Described describe() throws OidcException {
    Described known = described;
    if (known != null) {
      return known;
    }
    JsonNode document =
        send(
            HttpRequest.newBuilder(
                    URI.create(client.issuer() + "/.well-known/openid-configuration"))
                .timeout(TIMEOUT)
                .GET()
                .build());
    if (!document.path("issuer").asText().equals(client.issuer().toString())) {
      throw new OidcException(
          "the provider at %s calls itself %s"
              .formatted(client.issuer(), document.path("issuer").asText()),
          null);
    }
    try {
      JWKSource<SecurityContext> keys =
          JWKSourceBuilder.create(
                  URI.create(document.path("jwks_uri").asText()).toURL(),
                  new DefaultResourceRetriever(
                      (int) TIMEOUT.toMillis(), (int) TIMEOUT.toMillis(), MAX_KEYS_BYTES))
              .retrying(true)
              .build();
      known =
          new Described(
              URI.create(document.path("authorization_endpoint").asText()),
              URI.create(document.path("token_endpoint").asText()),
              keys);
    } catch (IOException | IllegalArgumentException e) {
      throw new OidcException("the provider's description lacks a usable URL", e);
    }
    described = known;
    return known;
  }

  private JsonNode send(HttpRequest request) throws OidcException {
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new OidcException(
            "the provider answered %s with %d".formatted(request.uri(), response.statusCode()),
            null);
      }
      return MAPPER.readTree(response.body());
    } catch (IOException e) {
      throw new OidcException("the provider cannot be asked: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OidcException("interrupted while the provider was asked", e);
    }
  }

  /// Names and values as a query or a form writes them.
  static String encode(Map<String, String> values) {
    return values.entrySet().stream()
        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
