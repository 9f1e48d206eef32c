package io.aftersend.query.webhook.store;

import io.aftersend.schemas.webhook.DeadDelivery;
import io.aftersend.schemas.webhook.WebhookProgress;
import io.aftersend.schemas.webhook.WebhookSubscription;

/// Which webhook it is.
///
/// @param webhook its id, unique in the tenant
public record WebhookKey(String tenant, String webhook) {
  public static WebhookKey of(WebhookSubscription subscription) {
    return new WebhookKey(subscription.getTenant(), subscription.getWebhook());
  }

  static WebhookKey of(WebhookProgress progress) {
    return new WebhookKey(progress.getTenant(), progress.getWebhook());
  }

  static WebhookKey of(DeadDelivery dead) {
    return new WebhookKey(dead.getTenant(), dead.getWebhook());
  }

  /// The key as it stands in Kafka.
  String text() {
    return tenant + "|" + webhook;
  }

  /// The key of a Kafka record; what follows a further bar is left out.
  static WebhookKey ofText(String text) {
    String[] parts = text.split("\\|", 3);
    return new WebhookKey(parts[0], parts.length > 1 ? parts[1] : "");
  }
}
