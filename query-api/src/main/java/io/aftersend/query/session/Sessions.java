package io.aftersend.query.session;

import io.aftersend.query.http.ApiRequest;
import io.aftersend.query.http.Routes;
import io.aftersend.runtime.tenants.ApiKey;
import io.aftersend.runtime.tenants.ApiKeyEntry;
import io.aftersend.runtime.tenants.Scope;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.runtime.tenants.Tenants;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The sessions of people who signed in. Safe for any thread.
///
/// A session lives in its cookie. It ends when its time is over, when the API key that began it is
/// revoked, when its tenant goes, and in this process when the person signs out.
public final class Sessions implements Routes.SignedIn {
  private static final int ID_BYTES = 16;

  private final Supplier<Tenants> tenants;
  private final InstantSource clock;
  private final Duration lifetime;
  private final SecureRandom random = new SecureRandom();

  /// Sessions that were signed out of before their time, with that time.
  private final Map<String, Instant> signedOut = new ConcurrentHashMap<>();

  /// @param tenants asked for every request, so that a revoked key ends its sessions at once
  /// @param lifetime how long a session lasts, whatever is done in it
  public Sessions(Supplier<Tenants> tenants, InstantSource clock, Duration lifetime) {
    this.tenants = tenants;
    this.clock = clock;
    this.lifetime = lifetime;
  }

  /// A new session of whoever presents the text of an API key; null when nobody has that key.
  public @Nullable Session begin(String presentedKey) {
    ApiKey key = tenants.get().apiKey(presentedKey);
    return key == null ? null : begin(key.tenant(), key.id(), key.id(), key.scopes());
  }

  /// A new session of a person whom an identity provider vouches for.
  ///
  /// @param name what the dashboard calls the person
  /// @return null where there is no such tenant
  public @Nullable Session begin(String tenant, String name, Set<Scope> scopes) {
    return tenants.get().tenant(tenant) == null ? null : begin(tenant, null, name, scopes);
  }

  private Session begin(String tenant, @Nullable String keyId, String name, Set<Scope> scopes) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    return new Session(text, tenant, keyId, name, scopes, clock.instant().plus(lifetime));
  }

  /// The value of the header that gives a browser its session.
  public String cookie(Session session, SessionCookie cookie) {
    String sealed = SessionSeal.seal(session, tenants.get().master());
    return cookie.set(sealed, clock.instant(), session.expires());
  }

  /// The session that the request's cookie carries; null where it carries none that still lasts.
  @Nullable Session find(ApiRequest request) {
    String sealed = SessionCookie.value(request);
    Session session = sealed == null ? null : SessionSeal.open(sealed, tenants.get().master());
    return session == null || present(session) == null ? null : session;
  }

  @Override
  public @Nullable ApiKey key(ApiRequest request) {
    Session session = find(request);
    return session == null ? null : present(session);
  }

  /// What the session allows now; null when it has ended.
  private @Nullable ApiKey present(Session session) {
    Tenant tenant = tenants.get().tenant(session.tenant());
    boolean hasEnded =
        !clock.instant().isBefore(session.expires()) || signedOut.containsKey(session.id());
    if (tenant == null || hasEnded) {
      return null;
    }
    String keyId = session.keyId();
    if (keyId == null) {
      return new ApiKey(tenant.id(), session.name(), session.scopes());
    }
    for (ApiKeyEntry key : tenant.apiKeys()) {
      if (key.id().equals(keyId)) {
        return new ApiKey(tenant.id(), keyId, key.scopes());
      }
    }
    return null;
  }

  /// Ends a session before its time.
  void end(Session session) {
    Instant now = clock.instant();
    signedOut.values().removeIf(expires -> !now.isBefore(expires));
    signedOut.put(session.id(), session.expires());
  }

  /// Whether the person may read what is told of all tenants together.
  boolean mayReadSums(Session session) {
    return tenants.get().mayReadSums(session.scopes());
  }

  /// The zone that the tenant's days are counted in.
  String zone(Session session) {
    Tenant tenant = tenants.get().tenant(session.tenant());
    return tenant == null ? "UTC" : tenant.timeZone();
  }
}
