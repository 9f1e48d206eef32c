package io.aftersend.edge.hit;

import io.aftersend.links.KeyRing;
import io.aftersend.links.SigningKey;
import io.aftersend.runtime.tenants.SigningKeyEntry;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.runtime.tenants.Tenants;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ring of all tenants' signing keys, made anew when the tenants' snapshot is another one. Safe
/// for any thread; two that notice a change at once make the same ring.
public final class KeyRings implements Supplier<KeyRing> {
  private static final Logger log = LoggerFactory.getLogger(KeyRings.class);

  private final Supplier<Tenants> tenants;
  private volatile Made made;

  public KeyRings(Supplier<Tenants> tenants) {
    this.tenants = tenants;
    this.made = make(tenants.get());
  }

  private record Made(Tenants from, KeyRing ring) {}

  @Override
  public KeyRing get() {
    Tenants now = tenants.get();
    Made present = made;
    if (!isSame(present.from, now)) {
      present = make(now);
      made = present;
    }
    return present.ring;
  }

  @SuppressWarnings("ReferenceEquality") // A snapshot is the same object until the file changes.
  private static boolean isSame(Tenants one, Tenants other) {
    return one == other;
  }

  private static Made make(Tenants tenants) {
    KeyRing.Builder ring = KeyRing.builder();
    for (Tenant tenant : tenants.tenants()) {
      for (SigningKeyEntry entry : tenant.signingKeys()) {
        add(ring, tenant.id(), entry);
      }
    }
    return new Made(tenants, ring.build());
  }

  /// One unusable key must not put the others out of use.
  private static void add(KeyRing.Builder ring, String tenant, SigningKeyEntry entry) {
    try {
      SigningKey key = SigningKey.of(tenant, entry.id(), entry.secret().bytes());
      if (entry.active()) {
        ring.addActive(key);
      } else {
        ring.add(key);
      }
    } catch (IllegalArgumentException e) {
      log.error("Signing key {} of tenant {} left out: {}", entry.id(), tenant, e.getMessage());
    }
  }
}
