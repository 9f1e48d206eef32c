package io.aftersend.bench.freshness;

import io.aftersend.bench.generator.BrowserRequest;
import io.aftersend.bench.generator.Requests;
import io.aftersend.links.Endpoint;
import io.aftersend.links.KeyRing;
import io.aftersend.links.LinkClaims;
import io.aftersend.links.SigningKey;
import io.aftersend.links.TokenSigner;
import io.aftersend.links.TrackedLinks;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.runtime.tenants.SigningKeyEntry;
import io.aftersend.runtime.tenants.Tenant;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Pixels and clicks of a tenant's messages, signed as its sender would. For one thread.
final class SignedHits {
  /// Of five hits of the load one is a click.
  private static final int PIXELS_PER_CLICK = 4;

  private static final int CAMPAIGNS = 100;
  private static final String TARGET = "https://shop.example.com/offers/spring?from=mail";

  private final String tenant;
  private final TrackedLinks links;
  private final Instant now;

  SignedHits(Tenant tenant, URI edge, Instant now) {
    this.tenant = tenant.id();
    this.now = now;
    SigningKeyEntry key =
        Objects.requireNonNull(tenant.activeSigningKey(), "a new tenant has a key");
    KeyRing ring =
        KeyRing.builder()
            .addActive(SigningKey.of(tenant.id(), key.id(), key.secret().bytes()))
            .build();
    links = new TrackedLinks(edge.toString(), new TokenSigner(() -> ring));
  }

  /// The campaign of a message of the load.
  static String campaign(int message) {
    return "load-" + message % CAMPAIGNS;
  }

  /// The id of a message of the load.
  static String message(int message) {
    return "m-" + message;
  }

  /// Writes the requests of the load, each message's one behind the other's.
  void write(Path file, int messages) {
    List<String> requests = new ArrayList<>();
    for (int message = 0; message < messages; message++) {
      boolean isClick = message % (PIXELS_PER_CLICK + 1) == PIXELS_PER_CLICK;
      requests.add(
          BrowserRequest.of(
              url(isClick ? Endpoint.CLICK : Endpoint.OPEN, campaign(message), message(message))
                  .getPath()));
    }
    try {
      Requests.write(file, requests);
    } catch (IOException e) {
      throw new StartupException("the requests cannot be written: " + e, e);
    }
  }

  /// The URL of a hit.
  URI url(Endpoint endpoint, String campaign, String message) {
    LinkClaims.Builder claims =
        LinkClaims.forTenant(tenant)
            .campaign(campaign)
            .message(message)
            .recipient("r-" + message)
            .trackedLinks(1)
            .issuedAtSeconds(now.getEpochSecond());
    if (endpoint == Endpoint.CLICK) {
      claims.link("offer").targetUrl(TARGET);
    }
    return URI.create(links.sign(endpoint, claims.build()).url());
  }
}
