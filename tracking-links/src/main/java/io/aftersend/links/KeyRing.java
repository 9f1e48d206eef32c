package io.aftersend.links;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An immutable set of signing keys of all tenants. Every key in it verifies; at most one key per
/// tenant, the active one, signs. Rotation makes a new ring in which another key is active; leaving
/// a key out revokes it.
public final class KeyRing {
  private static final KeyRing EMPTY = builder().build();

  private final List<SigningKey> keys;
  private final Map<String, SigningKey> activeByTenant;

  /// Open addressing with linear probing; a free slot is null. At most half full, so that a search
  /// for an absent id ends.
  private final @Nullable SigningKey[] slots;

  private KeyRing(List<SigningKey> keys, Map<String, SigningKey> activeByTenant) {
    this.keys = List.copyOf(keys);
    this.activeByTenant = Map.copyOf(activeByTenant);
    this.slots = new SigningKey[slotCount(keys.size())];
    for (SigningKey key : keys) {
      insert(key);
    }
  }

  /// The ring without keys, under which no token is valid.
  public static KeyRing empty() {
    return EMPTY;
  }

  public static Builder builder() {
    return new Builder();
  }

  /// All keys, in the order in which they were added.
  public Collection<SigningKey> keys() {
    return keys;
  }

  /// The key that signs for a tenant, or null when the tenant has none.
  public @Nullable SigningKey activeKey(String tenant) {
    return activeByTenant.get(tenant);
  }

  /// The key of an id, or null. Allocates nothing.
  @Nullable SigningKey find(long idBits) {
    int mask = slots.length - 1;
    for (int slot = slotOf(idBits); ; slot = (slot + 1) & mask) {
      SigningKey key = slots[slot];
      if (key == null || key.idBits() == idBits) {
        return key;
      }
    }
  }

  private void insert(SigningKey key) {
    int mask = slots.length - 1;
    int slot = slotOf(key.idBits());
    for (SigningKey taken = slots[slot]; taken != null; taken = slots[slot]) {
      if (taken.idBits() == key.idBits()) {
        throw new IllegalArgumentException(
            "key id "
                + key.id()
                + ": expected one key of this id over all tenants, got one for tenant "
                + taken.tenant()
                + " and one for tenant "
                + key.tenant());
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = key;
  }

  /// Spreads the bits, so that ids chosen by hand do not crowd into neighbouring slots.
  private int slotOf(long idBits) {
    long mixed = idBits * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) & (slots.length - 1);
  }

  private static int slotCount(int keyCount) {
    return Integer.highestOneBit(Math.max(1, keyCount)) * 4;
  }

  @Override
  public String toString() {
    return "KeyRing" + keys;
  }

  /// A mutable collector of keys, for one thread.
  public static final class Builder {
    private final List<SigningKey> keys = new ArrayList<>();
    private final Map<String, SigningKey> activeByTenant = new HashMap<>();

    private Builder() {}

    /// Adds a key that verifies but does not sign.
    public Builder add(SigningKey key) {
      keys.add(key);
      return this;
    }

    /// Adds the key that signs for its tenant, and verifies.
    ///
    /// @throws IllegalArgumentException if the tenant has an active key already
    public Builder addActive(SigningKey key) {
      SigningKey other = activeByTenant.putIfAbsent(key.tenant(), key);
      if (other != null) {
        throw new IllegalArgumentException(
            "tenant "
                + key.tenant()
                + ": expected one active key, got "
                + other.id()
                + " and "
                + key.id());
      }
      return add(key);
    }

    /// The ring of the keys added so far.
    ///
    /// @throws IllegalArgumentException if two keys have the same id
    public KeyRing build() {
      return new KeyRing(keys, activeByTenant);
    }
  }
}
