package io.aftersend.query.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.ApiRequest;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import io.aftersend.query.session.Seal;
import io.aftersend.query.session.Session;
import io.aftersend.query.session.SessionCookie;
import io.aftersend.query.session.Sessions;
import io.aftersend.runtime.tenants.Scope;
import io.aftersend.runtime.tenants.Tenants;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signing in by an OpenID Connect provider: `/auth/oidc/start` leads to the provider, which leads
/// back to `/auth/oidc/callback` with a code (RFC 6749) that only the browser that started can use:
/// PKCE (RFC 7636), state and nonce lie in a sealed cookie of that browser. People who sign in so
/// may read, nothing else.
public final class OidcSignIn {
  private static final Logger log = LoggerFactory.getLogger(OidcSignIn.class);
  private static final String START = "/auth/oidc/start";
  private static final String CALLBACK = "/auth/oidc/callback";
  private static final String COOKIE = "aftersend_oidc";
  private static final Seal SEAL = new Seal("oidc attempt 1");

  /// How long a person may take at the provider.
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final int RANDOM_BYTES = 32;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final OidcClient client;
  private final OidcProvider provider;
  private final Sessions sessions;
  private final SessionCookie cookie;
  private final Supplier<Tenants> tenants;
  private final @Nullable URI publicUrl;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /// @param publicUrl where browsers reach us; null: as the request says
  public OidcSignIn(
      OidcClient client,
      Sessions sessions,
      SessionCookie cookie,
      Supplier<Tenants> tenants,
      @Nullable URI publicUrl,
      InstantSource clock) {
    this.client = client;
    this.provider = new OidcProvider(client);
    this.sessions = sessions;
    this.cookie = cookie;
    this.tenants = tenants;
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  /// The routes of a provider, if there is one, and the one that says whether there is.
  public static List<Route> routes(@Nullable OidcSignIn signIn) {
    Route providers = Route.open("GET", "/auth/providers", call -> providers(signIn));
    return signIn == null
        ? List.of(providers)
        : List.of(
            providers,
            Route.open("GET", START, signIn::start),
            Route.open("GET", CALLBACK, signIn::callback));
  }

  private static Answer providers(@Nullable OidcSignIn signIn) {
    var body = Json.object();
    var list = body.putArray("providers");
    if (signIn != null) {
      list.addObject().put("name", signIn.client.name()).put("start", START);
    }
    return Answer.json(body);
  }

  private Answer start(Call call) {
    String state = draw();
    String nonce = draw();
    String verifier = draw();
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", client.clientId());
    query.put("redirect_uri", redirect(call.request()).toString());
    query.put("scope", "openid profile email");
    query.put("state", state);
    query.put("nonce", nonce);
    query.put("code_challenge", challenge(verifier));
    query.put("code_challenge_method", "S256");
    URI authorization;
    try {
      authorization = provider.authorization();
    } catch (OidcException e) {
      return refused(e);
    }
    String sealed =
        SEAL.close(
            Json.object()
                .put("state", state)
                .put("nonce", nonce)
                .put("verifier", verifier)
                .put("expires", clock.instant().plus(PATIENCE).getEpochSecond()),
            tenants.get().master());
    String separator = authorization.getRawQuery() == null ? "?" : "&";
    // Lax, since the provider leads back from another site.
    return found(authorization + separator + OidcProvider.encode(query))
        .withHeader(
            "Set-Cookie",
            "%s=%s; Path=/auth/oidc; Max-Age=%d; HttpOnly; SameSite=Lax%s"
                .formatted(
                    COOKIE, sealed, PATIENCE.toSeconds(), cookie.isSecure() ? "; Secure" : ""));
  }

  private Answer callback(Call call) {
    // Providers add parameters of their own, which are none of our business.
    QueryParameters query = QueryParameters.of(call.request(), List.of("code", "state", "error"));
    try {
      JsonNode attempt = attempt(call.request(), query.text("state"));
      String code = query.text("code");
      if (code == null) {
        throw new OidcException("the provider says: " + query.text("error"), null);
      }
      JWTClaimsSet claims =
          provider.claims(
              code,
              redirect(call.request()),
              attempt.path("verifier").asText(),
              attempt.path("nonce").asText());
      return found("/").withHeader("Set-Cookie", sessions.cookie(session(claims), cookie));
    } catch (OidcException e) {
      return refused(e);
    }
  }

  /// What the browser was given at the start, where it is the one that started.
  private JsonNode attempt(ApiRequest request, @Nullable String state) throws OidcException {
    String sealed = SessionCookie.value(request, COOKIE);
    JsonNode attempt = sealed == null ? null : SEAL.open(sealed, tenants.get().master());
    if (attempt == null
        || state == null
        || !MessageDigest.isEqual(
            attempt.path("state").asText().getBytes(StandardCharsets.UTF_8),
            state.getBytes(StandardCharsets.UTF_8))) {
      throw new OidcException("the browser that came back is not the one that started", null);
    }
    if (clock.instant().getEpochSecond() > attempt.path("expires").asLong()) {
      throw new OidcException("the person took longer than " + PATIENCE, null);
    }
    return attempt;
  }

  private Session session(JWTClaimsSet claims) throws OidcException {
    String tenant = client.tenant(claims);
    if (tenant == null) {
      throw new OidcException(
          "the claim \"%s\" of %s leads to no tenant"
              .formatted(client.tenantClaim(), claims.getSubject()),
          null);
    }
    Session session = sessions.begin(tenant, name(claims), Set.of(Scope.READ));
    if (session == null) {
      throw new OidcException("there is no tenant \"" + tenant + "\"", null);
    }
    return session;
  }

  private static String name(JWTClaimsSet claims) {
    Object email = claims.getClaim("email");
    return email instanceof String text ? text : claims.getSubject();
  }

  private URI redirect(ApiRequest request) {
    String host = request.header("host");
    if (publicUrl == null && host == null) {
      throw new ProblemException(Problem.of(400, "expected the header Host"));
    }
    return URI.create((publicUrl == null ? "http://" + host : publicUrl.toString()) + CALLBACK);
  }

  /// People see that it failed; why is for the operator, not for whoever tries.
  private static Answer refused(OidcException e) {
    log.warn("Sign-in failed: {}", e.getMessage());
    return found("/sign-in?failed=provider");
  }

  private static Answer found(String location) {
    return new Answer(302, "text/plain", new byte[0], Map.of("Location", location));
  }

  private String draw() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return ENCODER.encodeToString(bytes);
  }

  private static String challenge(String verifier) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return ENCODER.encodeToString(sha256.digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
