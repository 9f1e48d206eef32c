package io.aftersend.query.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Json;
import io.aftersend.runtime.tenants.Scope;
import io.aftersend.runtime.tenants.Secret;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A session as the value of its cookie, and back.
final class SessionSeal {
  private static final Seal SEAL = new Seal("session 1");

  private SessionSeal() {}

  static String seal(Session session, Secret master) {
    ObjectNode members =
        Json.object()
            .put("id", session.id())
            .put("tenant", session.tenant())
            .put("name", session.name())
            .put("expires", session.expires().getEpochSecond());
    if (session.keyId() != null) {
      members.put("key", session.keyId());
    }
    ArrayNode scopes = members.putArray("scopes");
    session.scopes().stream().map(Scope::text).sorted().forEach(scopes::add);
    return SEAL.close(members, master);
  }

  /// The session; null where the text is not one that was sealed with this secret.
  static @Nullable Session open(String sealed, Secret master) {
    JsonNode members = SEAL.open(sealed, master);
    return members == null ? null : read(members);
  }

  private static Session read(JsonNode members) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (JsonNode scope : members.path("scopes")) {
      Scope found = Scope.find(scope.asText());
      if (found != null) {
        scopes.add(found);
      }
    }
    return new Session(
        members.path("id").asText(),
        members.path("tenant").asText(),
        members.has("key") ? members.path("key").asText() : null,
        members.path("name").asText(),
        scopes,
        Instant.ofEpochSecond(members.path("expires").asLong()));
  }
}
