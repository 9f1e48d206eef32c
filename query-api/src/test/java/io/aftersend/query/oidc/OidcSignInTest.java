package io.aftersend.query.oidc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.aftersend.query.TestApi;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.ApiRequest;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Route;
import io.aftersend.query.session.SessionCookie;
import io.aftersend.query.session.Sessions;
import io.aftersend.runtime.tenants.ApiKey;
import io.aftersend.runtime.tenants.Scope;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OidcSignInTest {
  private final TestApi api = new TestApi();
  private final FakeProvider provider = new FakeProvider();
  private final Sessions sessions =
      new Sessions(() -> api.tenants, () -> api.now, Duration.ofHours(1));
  private final OidcSignIn signIn =
      new OidcSignIn(
          new OidcClient(
              provider.issuer(),
              FakeProvider.CLIENT,
              FakeProvider.SECRET,
              "Example",
              "groups",
              Map.of("marketing", "ours", "elsewhere", "nobody")),
          sessions,
          new SessionCookie(false),
          () -> api.tenants,
          null,
          () -> api.now);

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void leadsToTheProviderAndBackToASessionThatReads() {
    Answer start = call("/auth/oidc/start", "", "");
    assertThat(start.status()).isEqualTo(302);
    assertThat(location(start))
        .startsWith(provider.issuer() + "/authorize?response_type=code")
        .contains("code_challenge_method=S256", "scope=openid");
    assertThat(start.headers().get("Set-Cookie")).contains("HttpOnly", "SameSite=Lax");

    Answer back = call("/auth/oidc/callback", provider.agree(location(start)), cookie(start));

    assertThat(location(back)).isEqualTo("/");
    assertThat(back.headers().get("Set-Cookie")).contains("SameSite=Strict");
    ApiKey who = requireNonNull(sessions.key(request("/", "", cookie(back))));
    assertThat(who.tenant()).isEqualTo("ours");
    assertThat(who.id()).isEqualTo("ann@sender.example");
    assertThat(who.scopes()).containsExactly(Scope.READ);
  }

  @Test
  void refusesABrowserThatDidNotStart() {
    Answer start = call("/auth/oidc/start", "", "");
    Answer other = call("/auth/oidc/start", "", "");
    String query = provider.agree(location(start));

    assertRefused(call("/auth/oidc/callback", query, ""));
    assertRefused(call("/auth/oidc/callback", query, cookie(other)));
    assertRefused(call("/auth/oidc/callback", "error=access_denied", cookie(start)));
  }

  @Test
  void refusesACodeThatWasUsed() {
    Answer start = call("/auth/oidc/start", "", "");
    String query = provider.agree(location(start));
    assertThat(location(call("/auth/oidc/callback", query, cookie(start)))).isEqualTo("/");

    assertRefused(call("/auth/oidc/callback", query, cookie(start)));
  }

  @Test
  void refusesWhoTookTooLong() {
    Answer start = call("/auth/oidc/start", "", "");
    api.now = api.now.plus(Duration.ofMinutes(11));

    assertRefused(call("/auth/oidc/callback", provider.agree(location(start)), cookie(start)));
  }

  @Test
  void refusesATokenThatIsNotForUs() {
    assertRefusedWith(claims -> claims.audience("somebody-else"));
    assertRefusedWith(claims -> claims.issuer("https://other.example"));
    assertRefusedWith(claims -> claims.claim("nonce", "another"));
    assertRefusedWith(claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(600))));
    assertRefusedWith(claims -> claims.subject(null));
  }

  @Test
  void refusesATokenThatAnotherKeySigned() {
    provider.signingKey = FakeProvider.newKey();

    assertRefusedWith(claims -> claims);
  }

  @Test
  void refusesAPersonOfNoTenant() {
    assertRefusedWith(claims -> claims.claim("groups", "staff"));
    assertRefusedWith(claims -> claims.claim("groups", "elsewhere"));
    assertRefusedWith(claims -> claims.claim("groups", null));
  }

  @Test
  void saysSoWhenTheProviderIsAway() {
    provider.close();

    assertRefused(call("/auth/oidc/start", "", ""));
  }

  private void assertRefusedWith(UnaryOperator<JWTClaimsSet.Builder> claims) {
    provider.claims = claims;
    Answer start = call("/auth/oidc/start", "", "");
    assertRefused(call("/auth/oidc/callback", provider.agree(location(start)), cookie(start)));
  }

  private static void assertRefused(Answer answer) {
    assertThat(location(answer)).isEqualTo("/sign-in?failed=provider");
    assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
  }

  private Answer call(String path, String query, String cookie) {
    for (Route route : OidcSignIn.routes(signIn)) {
      if (route.template().equals(path)) {
        return route.operation().answer(new Call(request(path, query, cookie), null, Map.of()));
      }
    }
    throw new AssertionError("no route " + path);
  }

  private static ApiRequest request(String path, String query, String cookie) {
    Map<String, String> headers = new HashMap<>(Map.of("host", "us.example:8090"));
    headers.put("cookie", cookie);
    return new ApiRequest("GET", path, query, headers, InputStream::nullInputStream);
  }

  private static String location(Answer answer) {
    return requireNonNull(answer.headers().get("Location"));
  }

  private static String cookie(Answer answer) {
    String header = requireNonNull(answer.headers().get("Set-Cookie"));
    return header.substring(0, header.indexOf(';'));
  }
}
