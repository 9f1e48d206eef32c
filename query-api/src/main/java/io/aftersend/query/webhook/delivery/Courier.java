package io.aftersend.query.webhook.delivery;

import io.aftersend.query.webhook.receiver.Outcome;
import io.aftersend.query.webhook.receiver.Receiver;
import io.aftersend.query.webhook.receiver.Targets;
import io.aftersend.schemas.webhook.WebhookSubscription;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Signs a body and posts it once. Safe for any thread.
public final class Courier {
  private final Receiver receiver;
  private final InstantSource clock;

  public Courier(Receiver receiver, InstantSource clock) {
    this.receiver = receiver;
    this.clock = clock;
  }

  /// One attempt.
  ///
  /// @param id of the delivery
  /// @throws InterruptedException when the thread was interrupted; the body may have arrived
  public Outcome post(WebhookSubscription subscription, String id, byte[] body)
      throws InterruptedException {
    Instant now = clock.instant();
    URI url;
    try {
      url = Targets.parse(subscription.getUrl());
    } catch (Targets.RefusedException e) {
      return new Outcome.Unanswered("refused: " + e.getMessage());
    }
    Map<String, String> headers =
        Map.of(
            "webhook-id",
            id,
            "webhook-timestamp",
            Long.toString(now.getEpochSecond()),
            "webhook-signature",
            Signature.of(id, now.getEpochSecond(), body, secrets(subscription, now)),
            "User-Agent",
            "Aftersend-Webhooks/1");
    return receiver.post(url, headers, body);
  }

  private static List<String> secrets(WebhookSubscription subscription, Instant now) {
    Instant until = subscription.getSecretBeforeUntil();
    return subscription.getSecretBefore() == null || until == null || now.isAfter(until)
        ? List.of(subscription.getSecret())
        : List.of(subscription.getSecret(), subscription.getSecretBefore());
  }
}
