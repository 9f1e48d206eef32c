package io.aftersend.runtime.tenants;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// The JSON of the tenants file, version 1. Reading is strict: an unknown field is an error, since
/// a field that is silently left out would be lost with the next change.
final class TenantsJson {
  private static final int VERSION = 1;
  private static final String BASE64 = "standard base64";
  private static final String INSTANT = "an instant such as 2026-05-01T12:00:00Z";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private TenantsJson() {}

  /// @throws JsonPlace.Wrong when it is not a tenants file
  static Tenants read(byte[] bytes) {
    JsonPlace root = JsonPlace.root(parse(bytes)).object("version", "master", "tenants");
    JsonPlace version = root.field("version");
    if (version.wholeNumber() != VERSION) {
      throw version.wrong("expected version %d, got %d".formatted(VERSION, version.wholeNumber()));
    }
    Secret master = secret(root.field("master"));
    root.field("master").made(() -> Rules.master(master));
    List<Tenant> tenants = root.field("tenants").elements(TenantsJson::tenant);
    return root.made(() -> Tenants.of(master, tenants));
  }

  private static JsonNode parse(byte[] bytes) {
    try {
      return JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      // The parser's own words would repeat what stands there, which may be a secret.
      JsonLocation place = e.getLocation();
      String where =
          place == null
              ? "the file"
              : "line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
      throw new JsonPlace.Wrong(where, "expected one JSON object without repeated fields");
    } catch (IOException e) {
      throw new JsonPlace.Wrong("the file", "expected JSON in UTF-8");
    }
  }

  private static Tenant tenant(JsonPlace place) {
    place.object("id", "time_zone", "retention_days", "created", "signing_keys", "api_keys");
    String id = place.field("id").text(Rules::tenantId);
    String timeZone = place.field("time_zone").text(Rules::timeZone);
    JsonPlace days = place.field("retention_days");
    int retentionDays = days.wholeNumber();
    days.made(() -> Rules.retentionDays(retentionDays));
    Instant created = instant(place.field("created"));
    List<SigningKeyEntry> signingKeys =
        place.field("signing_keys").elements(TenantsJson::signingKey);
    List<ApiKeyEntry> apiKeys = place.field("api_keys").elements(TenantsJson::apiKey);
    return place.made(() -> new Tenant(id, timeZone, retentionDays, created, signingKeys, apiKeys));
  }

  private static SigningKeyEntry signingKey(JsonPlace place) {
    place.object("id", "secret", "active", "created");
    return new SigningKeyEntry(
        place.field("id").text(Rules::keyId),
        secret(place.field("secret")),
        place.field("active").flag(),
        instant(place.field("created")));
  }

  private static ApiKeyEntry apiKey(JsonPlace place) {
    place.object("id", "hash", "scopes", "created");
    String id = place.field("id").text(Rules::keyId);
    String hash = place.field("hash").text(Rules::keyHash);
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    JsonPlace list = place.field("scopes");
    list.elements(TenantsJson::scope).forEach(scopes::add);
    Instant created = instant(place.field("created"));
    return list.made(() -> new ApiKeyEntry(id, hash, scopes, created));
  }

  private static Scope scope(JsonPlace place) {
    String text = place.text("ingest, read or admin", Function.identity());
    Scope scope = Scope.find(text);
    if (scope == null) {
      throw place.wrong("expected ingest, read or admin, got " + Rules.quoted(text));
    }
    return scope;
  }

  private static Secret secret(JsonPlace place) {
    return place.text(BASE64, text -> Secret.of(Base64.getDecoder().decode(text)));
  }

  private static Instant instant(JsonPlace place) {
    return place.text(INSTANT, Instant::parse);
  }

  /// The file's content for `tenants`, indented, so that an operator can read it.
  static byte[] write(Tenants tenants) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION).put("master", tenants.master().base64());
    ArrayNode list = root.putArray("tenants");
    tenants.tenants().forEach(tenant -> write(tenant, list.addObject()));
    return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void write(Tenant tenant, ObjectNode to) {
    to.put("id", tenant.id())
        .put("time_zone", tenant.timeZone())
        .put("retention_days", tenant.retentionDays())
        .put("created", tenant.created().toString());
    ArrayNode signingKeys = to.putArray("signing_keys");
    for (SigningKeyEntry key : tenant.signingKeys()) {
      signingKeys
          .addObject()
          .put("id", key.id())
          .put("secret", key.secret().base64())
          .put("active", key.active())
          .put("created", key.created().toString());
    }
    ArrayNode apiKeys = to.putArray("api_keys");
    for (ApiKeyEntry key : tenant.apiKeys()) {
      ObjectNode entry = apiKeys.addObject().put("id", key.id()).put("hash", key.hash());
      ArrayNode scopes = entry.putArray("scopes");
      key.scopes().forEach(scope -> scopes.add(scope.text()));
      entry.put("created", key.created().toString());
    }
  }
}
