package io.aftersend.standalone.tenant;

import io.aftersend.links.SigningKey;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.runtime.tenants.ApiKey;
import io.aftersend.runtime.tenants.ApiKeyEntry;
import io.aftersend.runtime.tenants.ApiKeys;
import io.aftersend.runtime.tenants.Scope;
import io.aftersend.runtime.tenants.Secret;
import io.aftersend.runtime.tenants.SigningKeyEntry;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.runtime.tenants.Tenants;
import io.aftersend.runtime.tenants.TenantsFile;
import io.aftersend.standalone.access.LocalKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The changes that an operator makes to the tenants file. Running services notice them within a
/// second. Every method throws [io.aftersend.runtime.tenants.TenantsFileException] when the file
/// cannot be used.
public final class TenantAdministration {
  /// The tenant that the first `up` makes.
  static final String FIRST_TENANT = "default";

  private final TenantsFile file;
  private final RandomGenerator random;
  private final InstantSource clock;

  /// Changes to one file.
  ///
  /// @param random a cryptographically strong source, such as `SecureRandom`
  public TenantAdministration(TenantsFile file, RandomGenerator random, InstantSource clock) {
    this.file = file;
    this.random = random;
    this.clock = clock;
  }

  /// A tenant just added.
  ///
  /// @param key its first API key, with all scopes, shown once
  public record Added(Tenant tenant, ApiKeys.Drawn key) {}

  /// Whose `up` it is, and the key of it.
  public record Local(String tenant, ApiKeys.Drawn key) {}

  /// The tenants now; none when there is no file yet.
  public List<Tenant> tenants() {
    return file.exists() ? file.read().tenants() : List.of();
  }

  /// Adds a tenant with its first API key and its first signing key.
  ///
  /// @throws IllegalArgumentException when a value is not as expected, naming what was
  /// @throws StartupException when there is such a tenant
  public Added add(String id, String timeZone, int retentionDays) {
    // Wrong values are refused before the file is touched.
    new Tenant(id, timeZone, retentionDays, now(), List.of(), List.of());
    ApiKeys.Drawn key = ApiKeys.draw(random);
    Tenants after =
        file.update(
            before -> {
              if (before.tenant(id) != null) {
                throw new StartupException(
                    "tenant \"" + id + "\" exists already: see `aftersend tenant list`");
              }
              return before
                  .withTenant(newTenant(before, id, timeZone, retentionDays))
                  .withApiKey(id, key.entry(Scope.ofTenant(), now()));
            });
    return new Added(existing(after, id), key);
  }

  /// Sees to it that the key of this machine's `up` works: at the first start it makes a tenant,
  /// unless there is one, and the key; later it finds both again, and gives the key what scopes it
  /// lacks. A key that was revoked is not revived: another is made.
  ///
  /// @param retentionDays for a tenant that is made
  public Local ensureLocal(LocalKey localKey, int retentionDays) {
    ApiKeys.Drawn kept = localKey.read();
    if (kept != null && file.exists()) {
      ApiKey known = file.read().apiKey(kept.text());
      if (known != null) {
        widen(known, kept);
        return new Local(known.tenant(), kept);
      }
    }
    ApiKeys.Drawn key = kept != null && !file.exists() ? kept : ApiKeys.draw(random);
    localKey.write(key);
    Tenants after =
        file.update(
            before -> {
              Tenants with =
                  before.tenants().isEmpty()
                      ? before.withTenant(newTenant(before, FIRST_TENANT, "UTC", retentionDays))
                      : before;
              String tenant = with.tenants().getFirst().id();
              return with.withApiKey(tenant, key.entry(EnumSet.allOf(Scope.class), now()));
            });
    return new Local(after.tenants().getFirst().id(), key);
  }

  private void widen(ApiKey known, ApiKeys.Drawn key) {
    Set<Scope> all = EnumSet.allOf(Scope.class);
    if (!known.scopes().containsAll(all)) {
      file.update(
          before ->
              before
                  .withoutApiKey(known.tenant(), known.id())
                  .withApiKey(known.tenant(), key.entry(all, now())));
    }
  }

  /// Adds an API key, whose text is shown once.
  ///
  /// @throws StartupException when there is no such tenant
  public ApiKeys.Drawn addApiKey(String tenant, Set<Scope> scopes) {
    ApiKeys.Drawn key = ApiKeys.draw(random);
    file.update(before -> before.withApiKey(tenant, key.entry(scopes, now())));
    return key;
  }

  /// Takes an API key away, whichever tenant has it.
  ///
  /// @return the tenant that had it
  /// @throws StartupException when nobody has it
  public String revokeApiKey(String keyId) {
    String[] owner = new String[1];
    file.update(
        before -> {
          Tenant tenant =
              before.tenants().stream()
                  .filter(each -> has(each, keyId))
                  .findFirst()
                  .orElseThrow(() -> noKey("API key", keyId, "key list"));
          owner[0] = tenant.id();
          return before.withoutApiKey(tenant.id(), keyId);
        });
    return owner[0];
  }

  /// Adds a signing key and signs with it from now on. The former ones go on to verify, so links in
  /// mail that was sent stay good.
  ///
  /// @return the new key's id
  /// @throws StartupException when there is no such tenant
  public String addSigningKey(String tenant) {
    String id = SigningKey.randomId(random);
    file.update(before -> before.withSigningKey(tenant, signingKey(before, tenant, id), true));
    return id;
  }

  /// Takes a signing key away for good: no link that was signed with it works any more.
  ///
  /// @return the tenant that had it
  /// @throws StartupException when nobody has it, or new links are signed with it
  public String revokeSigningKey(String keyId) {
    String[] owner = new String[1];
    file.update(
        before -> {
          Tenant tenant =
              before.tenants().stream()
                  .filter(each -> signingKey(each, keyId) != null)
                  .findFirst()
                  .orElseThrow(() -> noKey("signing key", keyId, "key list --signing"));
          owner[0] = tenant.id();
          return before.withTenant(withoutSigningKey(tenant, keyId));
        });
    return owner[0];
  }

  private static Tenant withoutSigningKey(Tenant tenant, String keyId) {
    SigningKeyEntry key = signingKey(tenant, keyId);
    if (key != null && key.active()) {
      throw new StartupException(
          ("signing key \"%s\" is the one that new links of tenant \"%s\" are signed with: make"
                  + " another first with `aftersend key add --signing --tenant %s`")
              .formatted(keyId, tenant.id(), tenant.id()));
    }
    return new Tenant(
        tenant.id(),
        tenant.timeZone(),
        tenant.retentionDays(),
        tenant.created(),
        tenant.signingKeys().stream().filter(each -> !each.id().equals(keyId)).toList(),
        tenant.apiKeys());
  }

  private Tenant newTenant(Tenants tenants, String id, String timeZone, int retentionDays) {
    String keyId = SigningKey.randomId(random);
    return new Tenant(
        id, timeZone, retentionDays, now(), List.of(signingKey(tenants, id, keyId)), List.of());
  }

  private SigningKeyEntry signingKey(Tenants tenants, String tenant, String keyId) {
    byte[] secret = SigningKey.derive(tenants.master().bytes(), tenant, keyId).copyOfSecret();
    return new SigningKeyEntry(keyId, Secret.of(secret), true, now());
  }

  private static boolean has(Tenant tenant, String keyId) {
    return tenant.apiKeys().stream().map(ApiKeyEntry::id).anyMatch(keyId::equals);
  }

  private static @Nullable SigningKeyEntry signingKey(Tenant tenant, String keyId) {
    return tenant.signingKeys().stream()
        .filter(each -> each.id().equals(keyId))
        .findFirst()
        .orElse(null);
  }

  private static StartupException noKey(String kind, String keyId, String command) {
    return new StartupException(
        "there is no %s \"%s\": see `aftersend %s`".formatted(kind, keyId, command));
  }

  private static Tenant existing(Tenants tenants, String id) {
    Tenant tenant = tenants.tenant(id);
    if (tenant == null) {
      throw new IllegalStateException("the tenant just added is not there: " + id);
    }
    return tenant;
  }

  /// Whole seconds: nobody needs more, and the file stays readable.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
