package io.aftersend.query;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.query.http.Answer;
import io.aftersend.runtime.tenants.Tenants;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {
  private static final String SESSION = "/auth/session";

  private final TestApi api = new TestApi();

  @Test
  void aKeyBeginsASessionThatReadsWithoutIt() {
    Answer signedIn = signIn(TestApi.READ);

    assertThat(signedIn.status()).isEqualTo(200);
    assertThat(signedIn.headers().get("Set-Cookie"))
        .contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200")
        .doesNotContain(TestApi.READ);
    JsonNode who = TestApi.json(with("GET", SESSION, cookie(signedIn), Map.of()));
    assertThat(who.path("tenant").asText()).isEqualTo("ours");
    assertThat(who.path("zone").asText()).isEqualTo("Asia/Baku");
    assertThat(who.path("expires_at").asText()).isEqualTo("2026-11-23T00:00:00Z");
    assertThat(with("GET", "/api/v1/campaigns", cookie(signedIn), Map.of()).status())
        .isEqualTo(200);
  }

  @Test
  void refusesAKeyThatNobodyHas() {
    Answer refused = signIn("as_" + "X".repeat(43));

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.contentType()).isEqualTo("application/problem+json");
    assertThat(refused.headers()).doesNotContainKey("Set-Cookie");
    assertThat(api.send("POST", SESSION, Map.of("content-type", "text/plain"), "{}").status())
        .isEqualTo(415);
  }

  @Test
  void aSessionKeepsToTheScopesOfItsKey() {
    String cookie = cookie(signIn(TestApi.INGEST));

    assertThat(with("GET", "/api/v1/campaigns", cookie, Map.of()).status()).isEqualTo(403);
  }

  @Test
  void tellsWhetherAllTenantsSumsAreForThePerson() {
    assertThat(accounting(signIn(TestApi.READ))).isEqualTo("false 403");
    assertThat(accounting(signIn(TestApi.ALL_SCOPES))).isEqualTo("true 200");
    api.tenants = Tenants.of(api.tenants.master(), api.tenants.tenants().subList(0, 1));
    assertThat(accounting(signIn(TestApi.READ))).isEqualTo("true 200");
  }

  /// What the session says of it, and what becomes of asking.
  private String accounting(Answer signedIn) {
    return "%s %d"
        .formatted(
            TestApi.json(signedIn).path("accounting"),
            with("GET", "/api/v1/accounting", cookie(signedIn), Map.of()).status());
  }

  @Test
  void aSessionEndsWithItsTime() {
    String cookie = cookie(signIn(TestApi.READ));

    api.now = TestApi.NOW.plus(Duration.ofHours(12)).minusMillis(1);
    assertThat(with("GET", "/api/v1/campaigns", cookie, Map.of()).status()).isEqualTo(200);
    api.now = TestApi.NOW.plus(Duration.ofHours(12));
    Answer late = with("GET", "/api/v1/campaigns", cookie, Map.of());
    assertThat(late.status()).isEqualTo(401);
    assertThat(late.contentType()).isEqualTo("application/problem+json");
    assertThat(with("GET", SESSION, cookie, Map.of()).status()).isEqualTo(204);
  }

  @Test
  void aSessionEndsWithItsKey() {
    Answer signedIn = signIn(TestApi.READ);
    String keyId = TestApi.json(signedIn).path("name").asText();

    api.tenants = api.tenants.withoutApiKey("ours", keyId);

    assertThat(with("GET", "/api/v1/campaigns", cookie(signedIn), Map.of()).status())
        .isEqualTo(401);
  }

  @Test
  void signingOutEndsThisSessionAlone() {
    String mine = cookie(signIn(TestApi.READ));
    String other = cookie(signIn(TestApi.READ));

    Answer out = with("DELETE", SESSION, mine, Map.of("sec-fetch-site", "same-origin"));

    assertThat(out.status()).isEqualTo(204);
    assertThat(out.headers().get("Set-Cookie")).contains("Max-Age=0");
    assertThat(with("GET", "/api/v1/campaigns", mine, Map.of()).status()).isEqualTo(401);
    assertThat(with("GET", "/api/v1/campaigns", other, Map.of()).status()).isEqualTo(200);
  }

  @Test
  void nobodyCanWriteASessionOfTheirOwn() {
    String cookie = cookie(signIn(TestApi.READ));
    String theirs = cookie(signIn(TestApi.THEIRS));
    String mixed = theirs.substring(0, theirs.indexOf('.')) + cookie.substring(cookie.indexOf('.'));

    for (String forged : new String[] {mixed, cookie + "A", "aftersend_session=", "x=y"}) {
      assertThat(with("GET", "/api/v1/campaigns", forged, Map.of()).status())
          .as(forged)
          .isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sec-fetch-site: cross-site",
        "sec-fetch-site: same-site",
        "origin: https://evil.example",
        "origin: null",
        "x: y"
      })
  void aSessionDoesNotWriteForAnotherSitesPage(String header) {
    String cookie = cookie(signIn(TestApi.ALL_SCOPES));
    int colon = header.indexOf(':');
    Map<String, String> headers =
        Map.of("host", "us.example", header.substring(0, colon), header.substring(colon + 2));

    assertThat(with("PUT", "/api/v1/campaigns/x", cookie, headers).status()).isEqualTo(403);
    assertThat(api.publisher.published).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sec-fetch-site: same-origin", "origin: https://us.example"})
  void aSessionWritesFromOurOwnPages(String header) {
    String cookie = cookie(signIn(TestApi.ALL_SCOPES));
    int colon = header.indexOf(':');
    Map<String, String> headers =
        Map.of("host", "us.example", header.substring(0, colon), header.substring(colon + 2));

    assertThat(with("PUT", "/api/v1/campaigns/x", cookie, headers).status()).isEqualTo(200);
  }

  private Answer signIn(String key) {
    return api.send(
        "POST", SESSION, Map.of("content-type", "application/json"), "{\"key\":\"" + key + "\"}");
  }

  private static String cookie(Answer signedIn) {
    String header = requireNonNull(signedIn.headers().get("Set-Cookie"));
    return header.substring(0, header.indexOf(';'));
  }

  private Answer with(String method, String path, String cookie, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("cookie", cookie);
    headers.put("content-type", "application/json");
    return api.send(method, path, headers, "{}");
  }
}
