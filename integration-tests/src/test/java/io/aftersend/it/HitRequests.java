package io.aftersend.it;

import io.aftersend.it.HitLedger.Kind;
import io.aftersend.links.Endpoint;
import io.aftersend.links.KeyRing;
import io.aftersend.links.LinkClaims;
import io.aftersend.links.SigningKey;
import io.aftersend.links.TokenSigner;
import io.aftersend.runtime.tenants.SigningKeyEntry;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.runtime.tenants.TenantsFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/// The maker of a load's requests: hits on tracked URLs that it signs itself, as a sender does, and
/// posts. Safe for any thread.
final class HitRequests {
  private static final int PIXEL_BYTES = 43;
  private static final String TARGET = "https://shop.example.com/spring?from=mail&message=";

  /// What browsers and mail clients send along, at their usual length.
  private static final String HIT_HEADERS =
      """
      Host: links.example.com
      User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0
      Accept: image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5
      Accept-Language: en-GB,en;q=0.5
      Accept-Encoding: gzip, deflate, br
      Connection: keep-alive

      """
          .replace("\n", "\r\n");

  private static final String POST_HEADERS =
      """
      Host: localhost
      Content-Type: application/json
      Authorization: Bearer %s
      Content-Length: %d

      """
          .replace("\n", "\r\n");

  private final HitLedger ledger;
  private final String tenant;
  private final String key;
  private final TokenSigner signer;

  /// One request and the messages that it is about.
  ///
  /// @param first the first message's number
  /// @param count how many messages, from the first
  /// @param text the whole request, ASCII
  record Request(Kind kind, int first, int count, String text) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
  }

  /// @param ledger gets every message that a request is made of
  /// @param tenantsFile has the tenant's signing key
  /// @param key an API key that may post
  HitRequests(HitLedger ledger, Path tenantsFile, String tenantId, String key) {
    this.ledger = ledger;
    this.tenant = tenantId;
    this.key = key;
    Tenant found = Objects.requireNonNull(new TenantsFile(tenantsFile).read().tenant(tenantId));
    SigningKeyEntry secret = Objects.requireNonNull(found.activeSigningKey());
    KeyRing ring =
        KeyRing.builder()
            .addActive(SigningKey.of(tenantId, secret.id(), secret.secret().bytes()))
            .build();
    signer = new TokenSigner(() -> ring);
  }

  HitLedger ledger() {
    return ledger;
  }

  /// The fetch of a new message's pixel.
  Request pixel() {
    int number = ledger.add(Kind.OPENED, 1);
    String token = signer.sign(Endpoint.OPEN, claims(number).build());
    return hit(Kind.OPENED, number, "/o/" + token + ".gif");
  }

  /// The click on a new message's link.
  Request click() {
    int number = ledger.add(Kind.CLICKED, 1);
    LinkClaims claims = claims(number).link("1").targetUrl(TARGET + ledger.message(number)).build();
    return hit(Kind.CLICKED, number, "/c/" + signer.sign(Endpoint.CLICK, claims));
  }

  /// The post of new messages' deliveries, each with an `event_id`.
  Request post(int events) {
    int first = ledger.add(Kind.DELIVERED, events);
    StringBuilder body = new StringBuilder("[");
    for (int number = first; number < first + events; number++) {
      String message = ledger.message(number);
      body.append(number == first ? "" : ",")
          .append("{\"type\":\"delivered\",\"campaign\":\"%s\",".formatted(ledger.campaign()))
          .append("\"message\":\"%s\",\"event_id\":\"%s\"}".formatted(message, message));
    }
    body.append(']');
    String head = "POST /v1/events HTTP/1.1\r\n" + POST_HEADERS.formatted(key, body.length());
    return new Request(Kind.DELIVERED, first, events, head + body);
  }

  /// Whether the answer promises that all of the request's messages are counted.
  boolean isPromise(Request request, HitConnection.Answer answer) {
    return switch (request.kind()) {
      case OPENED -> answer.status() == 200 && answer.body().length() == PIXEL_BYTES;
      case CLICKED ->
          answer.status() == 302
              && answer.head().contains(TARGET + ledger.message(request.first()) + "\r\n");
      case DELIVERED ->
          answer.status() == 202
              && answer.body().contains("\"accepted\":" + request.count() + ",")
              && answer.body().contains("\"rejected\":[]");
    };
  }

  private Request hit(Kind kind, int number, String path) {
    return new Request(kind, number, 1, "GET " + path + " HTTP/1.1\r\n" + HIT_HEADERS);
  }

  private LinkClaims.Builder claims(int number) {
    return LinkClaims.forTenant(tenant)
        .campaign(ledger.campaign())
        .message(ledger.message(number))
        .recipient("r" + number);
  }
}
