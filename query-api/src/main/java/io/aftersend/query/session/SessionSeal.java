package io.aftersend.query.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Json;
import io.aftersend.runtime.tenants.Scope;
import io.aftersend.runtime.tenants.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// A session as a text that only this installation can write: its members, and an HMAC-SHA-256 over
/// them under a key derived from the tenants file's secret. It needs no store, outlives a restart,
/// and every API process of the installation can read it.
final class SessionSeal {
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] PURPOSE = "aftersend session 1".getBytes(StandardCharsets.US_ASCII);

  /// Longer than any session that we write.
  private static final int MAX_LENGTH = 2_048;

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

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
    String text = ENCODER.encodeToString(Json.bytes(members));
    return text + "." + ENCODER.encodeToString(mac(text, master));
  }

  /// The session; null where the text is not one that was sealed with this secret.
  static @Nullable Session open(String sealed, Secret master) {
    int dot = sealed.indexOf('.');
    if (dot < 0 || sealed.length() > MAX_LENGTH) {
      return null;
    }
    String text = sealed.substring(0, dot);
    try {
      byte[] presented = Base64.getUrlDecoder().decode(sealed.substring(dot + 1));
      if (!MessageDigest.isEqual(presented, mac(text, master))) {
        return null;
      }
      return read(MAPPER.readTree(Base64.getUrlDecoder().decode(text)));
    } catch (IllegalArgumentException | JsonProcessingException e) {
      return null;
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can always be read", e);
    }
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

  private static byte[] mac(String text, Secret master) {
    byte[] key = hmac(master.bytes(), PURPOSE);
    return hmac(key, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
