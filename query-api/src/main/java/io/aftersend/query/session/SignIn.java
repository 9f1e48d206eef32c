package io.aftersend.query.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.JsonBody;
import io.aftersend.query.http.MediaTypes;
import io.aftersend.query.http.Route;
import io.aftersend.query.http.SameOrigin;
import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import io.aftersend.runtime.tenants.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Signing in with an API key, asking who is signed in, and signing out: `/auth/session`.
public final class SignIn {
  private static final String PATH = "/auth/session";
  private static final long MAX_BODY_BYTES = 4_096;

  private final Sessions sessions;
  private final SessionCookie cookie;

  public SignIn(Sessions sessions, SessionCookie cookie) {
    this.sessions = sessions;
    this.cookie = cookie;
  }

  /// The routes; none of them asks for a key in a header.
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(Route.open("POST", PATH, this::begin));
    routes.add(Route.open("GET", PATH, this::tell));
    routes.add(Route.open("DELETE", PATH, this::end));
    return routes;
  }

  private Answer begin(Call call) {
    SameOrigin.requireUnlessNoBrowser(call.request());
    ObjectNode body = JsonBody.object(call.request(), MAX_BODY_BYTES);
    if (!body.path("key").isTextual()) {
      throw new ProblemException(Problem.wrongParameter("key", "expected the text of an API key"));
    }
    Session session = sessions.begin(body.path("key").textValue().strip());
    if (session == null) {
      throw new ProblemException(Problem.of(401, "the API key is unknown or revoked"));
    }
    return answer(session).withHeader("Set-Cookie", sessions.cookie(session, cookie));
  }

  private Answer tell(Call call) {
    Session session = sessions.find(call.request());
    return session == null ? nothing() : answer(session);
  }

  private Answer end(Call call) {
    SameOrigin.requireUnlessNoBrowser(call.request());
    Session session = sessions.find(call.request());
    if (session != null) {
      sessions.end(session);
    }
    return nothing().withHeader("Set-Cookie", cookie.clear());
  }

  private static Answer nothing() {
    return new Answer(204, MediaTypes.JSON, new byte[0], Map.of());
  }

  private Answer answer(Session session) {
    ObjectNode body =
        Json.object()
            .put("tenant", session.tenant())
            .put("name", session.name())
            .put("zone", sessions.zone(session))
            .put("expires_at", session.expires().toString())
            .put("accounting", sessions.mayReadSums(session));
    ArrayNode scopes = body.putArray("scopes");
    session.scopes().stream().map(Scope::text).sorted().forEach(scopes::add);
    return Answer.json(body);
  }
}
