package io.aftersend.runtime.tenants;

import io.aftersend.runtime.lifecycle.StartupException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An immutable snapshot of the tenants file. Safe for any thread; editing gives a new snapshot.
public final class Tenants {
  private final Secret master;
  private final Map<String, Tenant> byId;
  private final Map<String, ApiKey> apiKeysByHash;

  private Tenants(Secret master, List<Tenant> tenants) {
    this.master = Rules.master(master);
    this.byId = new LinkedHashMap<>();
    this.apiKeysByHash = new HashMap<>();
    Set<String> keyIds = new HashSet<>();
    for (int i = 0; i < tenants.size(); i++) {
      index(tenants.get(i), ".tenants[" + i + "]", keyIds);
    }
  }

  private void index(Tenant tenant, String path, Set<String> keyIds) {
    requireOwn(byId.putIfAbsent(tenant.id(), tenant) == null, path + ".id", tenant.id());
    for (int i = 0; i < tenant.signingKeys().size(); i++) {
      String id = tenant.signingKeys().get(i).id();
      requireOwn(keyIds.add("signing " + id), path + ".signing_keys[" + i + "].id", id);
    }
    for (int i = 0; i < tenant.apiKeys().size(); i++) {
      ApiKeyEntry key = tenant.apiKeys().get(i);
      String keyPath = path + ".api_keys[" + i + "]";
      requireOwn(keyIds.add("api " + key.id()), keyPath + ".id", key.id());
      ApiKey found = new ApiKey(tenant.id(), key.id(), key.scopes());
      requireOwn(
          apiKeysByHash.putIfAbsent(key.hash(), found) == null, keyPath + ".hash", key.hash());
    }
  }

  private static void requireOwn(boolean isOwn, String path, String value) {
    if (!isOwn) {
      throw new IllegalArgumentException(
          "$" + path + ": expected a value that stands only once, got \"" + value + "\" again");
    }
  }

  /// A snapshot of these tenants, in this order.
  ///
  /// @param master 32 bytes from which the tenants' signing keys are derived
  /// @throws IllegalArgumentException when two tenants or two keys have the same id; the message
  ///   names the place
  public static Tenants of(Secret master, List<Tenant> tenants) {
    return new Tenants(master, tenants);
  }

  /// The secret from which the tenants' signing keys are derived: 32 bytes.
  public Secret master() {
    return master;
  }

  /// The key that was presented; null when nobody has it. Keys are found by their SHA-256, so the
  /// time taken tells nothing about a key's text.
  public @Nullable ApiKey apiKey(String presentedKey) {
    return apiKeysByHash.get(ApiKeys.hash(presentedKey));
  }

  /// The tenant of an id; null when there is none.
  public @Nullable Tenant tenant(String id) {
    return byId.get(id);
  }

  /// All tenants in the file's order.
  public List<Tenant> tenants() {
    return List.copyOf(byId.values());
  }

  /// Whether somebody with these scopes may read what is told of all tenants together: operators
  /// may, and everybody where there is but one tenant.
  public boolean mayReadSums(Set<Scope> scopes) {
    return byId.size() <= 1 || scopes.contains(Scope.OPERATE);
  }

  /// With `tenant` added, or put in the place of the one with its id.
  public Tenants withTenant(Tenant tenant) {
    Map<String, Tenant> changed = new LinkedHashMap<>(byId);
    changed.put(tenant.id(), tenant);
    return new Tenants(master, List.copyOf(changed.values()));
  }

  /// With one more API key.
  ///
  /// @throws StartupException when there is no such tenant
  /// @throws IllegalArgumentException when the key's id or hash is there already
  public Tenants withApiKey(String tenantId, ApiKeyEntry key) {
    Tenant tenant = existing(tenantId);
    List<ApiKeyEntry> keys = new ArrayList<>(tenant.apiKeys());
    keys.add(key);
    return withTenant(tenant.withApiKeys(keys));
  }

  /// Without an API key.
  ///
  /// @throws StartupException when there is no such tenant, or it has no such key
  public Tenants withoutApiKey(String tenantId, String keyId) {
    Tenant tenant = existing(tenantId);
    List<ApiKeyEntry> keys = new ArrayList<>(tenant.apiKeys());
    if (!keys.removeIf(key -> key.id().equals(keyId))) {
      throw new StartupException(
          "tenant \"%s\" has no API key \"%s\": see `aftersend key list`"
              .formatted(tenantId, keyId));
    }
    return withTenant(tenant.withApiKeys(keys));
  }

  /// With one more signing key. A tenant's first one is active in any case.
  ///
  /// @param makeActive whether new URLs are signed with it from now on; the others then only verify
  /// @throws StartupException when there is no such tenant
  /// @throws IllegalArgumentException when any tenant has a signing key of that id
  public Tenants withSigningKey(String tenantId, SigningKeyEntry key, boolean makeActive) {
    return withTenant(existing(tenantId).withSigningKey(key, makeActive));
  }

  private Tenant existing(String id) {
    Tenant tenant = byId.get(id);
    if (tenant == null) {
      throw new StartupException("there is no tenant \"" + id + "\": see `aftersend tenant list`");
    }
    return tenant;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Tenants that
        && master.equals(that.master)
        && tenants().equals(that.tenants());
  }

  @Override
  public int hashCode() {
    return byId.hashCode();
  }

  @Override
  public String toString() {
    return "Tenants" + byId.keySet();
  }
}
