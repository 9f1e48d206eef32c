package io.aftersend.standalone.links;

import io.aftersend.links.KeyRing;
import io.aftersend.links.LinkClaims;
import io.aftersend.links.MessageLinks;
import io.aftersend.links.RefusedLinkException;
import io.aftersend.links.SigningKey;
import io.aftersend.links.TargetUrls;
import io.aftersend.links.TokenSigner;
import io.aftersend.links.TrackedLinks;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.config.ConfigReader;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.runtime.tenants.SigningKeyEntry;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.runtime.tenants.TenantsFile;
import io.aftersend.standalone.access.Access;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Signing with the keys of this machine's tenants file, for the operator who may read it.
final class LocalLinks implements LinkSource {
  private final String tenant;
  private final TrackedLinks links;
  private final InstantSource clock;

  private LocalLinks(String tenant, TrackedLinks links, InstantSource clock) {
    this.tenant = tenant;
    this.links = links;
    this.clock = clock;
  }

  /// @param access tells the base of tracked URLs unless the configuration has a public one
  static LocalLinks of(Map<String, String> values, Access access, String tenantId) {
    ConfigReader reader = ConfigReader.of(values);
    Path file = reader.tenantsFile();
    URI publicUrl = reader.uriOrNull(ConfigKey.PUBLIC_URL);
    List<String> schemes = reader.list(ConfigKey.EDGE_CLICK_SCHEMES);
    reader.throwIfInvalid();
    Tenant tenant = new TenantsFile(file).read().tenant(tenantId);
    SigningKeyEntry key = tenant == null ? null : tenant.activeSigningKey();
    if (key == null) {
      throw new StartupException(
          "there is no tenant \"%s\" with a signing key: see `aftersend tenant list`"
              .formatted(tenantId));
    }
    KeyRing ring =
        KeyRing.builder()
            .addActive(SigningKey.of(tenantId, key.id(), key.secret().bytes()))
            .build();
    TokenSigner signer = new TokenSigner(() -> ring, TargetUrls.withSchemes(schemes));
    String baseUrl = publicUrl == null ? access.edgeUrl() : publicUrl.toString();
    return new LocalLinks(tenantId, new TrackedLinks(baseUrl, signer), InstantSource.system());
  }

  @Override
  public MessageLinks sign(LinkOrder order) {
    LinkClaims claims =
        LinkClaims.forTenant(tenant)
            .campaign(order.campaign())
            .message(order.message())
            .recipient(order.recipient())
            .issuedAtSeconds(clock.instant().getEpochSecond())
            .build();
    try {
      return links.forMessage(claims, order.targets(), null);
    } catch (RefusedLinkException e) {
      throw new RefusedOrderException(String.valueOf(e.getMessage()), e);
    }
  }
}
