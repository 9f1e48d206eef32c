package io.aftersend.query.http;

import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import io.aftersend.runtime.tenants.ApiKey;
import io.aftersend.runtime.tenants.Scope;
import io.aftersend.runtime.tenants.Tenants;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The check of who asks and what for: an API key (RFC 6750), else the session of a person who
/// signed in. Safe for any thread.
final class Authentication {
  private static final String SCHEME = "bearer ";
  private static final String CHALLENGE = "Bearer realm=\"aftersend\"";

  private final Supplier<Tenants> tenants;
  private final Routes.SignedIn sessions;

  /// Knows the keys of these tenants.
  ///
  /// @param tenants asked for every request, so that a revoked key ends at once
  Authentication(Supplier<Tenants> tenants, Routes.SignedIn sessions) {
    this.tenants = tenants;
    this.sessions = sessions;
  }

  /// The key that the request presents, else what its session stands for.
  ///
  /// @throws ProblemException with status 401 when there is none, or nobody has it; with status 403
  ///   when a session would write and the request is not our own page's
  ApiKey key(ApiRequest request) {
    String header = request.header("authorization");
    if (header == null) {
      ApiKey session = sessions.key(request);
      if (session != null) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
          SameOrigin.require(request);
        }
        return session;
      }
    }
    boolean isBearer = header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    if (header == null || !isBearer) {
      throw unauthorized(
          "expected the header \"Authorization: Bearer KEY\", or a session that lasts", CHALLENGE);
    }
    ApiKey key = tenants.get().apiKey(header.substring(SCHEME.length()).strip());
    if (key == null) {
      throw unauthorized(
          "the API key is unknown or revoked", CHALLENGE + ", error=\"invalid_token\"");
    }
    return key;
  }

  /// Lets a key through that has one of the scopes.
  ///
  /// @throws ProblemException with status 403 when the key has none of the scopes
  static void requireScope(ApiKey key, Set<Scope> anyOf) {
    if (anyOf.stream().noneMatch(key::allows)) {
      String scopes = anyOf.stream().map(Scope::text).sorted().collect(Collectors.joining(" "));
      throw insufficient("expected a key with scope " + scopes.replace(" ", " or "), scopes);
    }
  }

  /// What a key is told that lacks scopes, listed with spaces between.
  static ProblemException insufficient(String detail, String scopes) {
    return new ProblemException(
        Problem.of(403, detail)
            .withHeader(
                "WWW-Authenticate",
                CHALLENGE + ", error=\"insufficient_scope\", scope=\"" + scopes + "\""));
  }

  private static ProblemException unauthorized(String detail, String challenge) {
    return new ProblemException(Problem.of(401, detail).withHeader("WWW-Authenticate", challenge));
  }
}
