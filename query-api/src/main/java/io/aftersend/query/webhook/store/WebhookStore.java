package io.aftersend.query.webhook.store;

import io.aftersend.schemas.webhook.DeadDelivery;
import io.aftersend.schemas.webhook.WebhookProgress;
import io.aftersend.schemas.webhook.WebhookSubscription;

/// Where webhooks are kept. Safe for any thread.
///
/// Every method but [#tables()] throws [io.aftersend.query.problem.ProblemException] with status
/// 503 when the store cannot be reached.
public interface WebhookStore {
  /// What is known now; other instances' last changes may be missing.
  WebhookTables tables();

  /// What is known once every change that was durable before the call has been seen.
  WebhookTables freshTables();

  /// Makes a webhook that is told of all that happens from now on.
  void create(WebhookSubscription subscription);

  /// Returns when the change is durable and in the tables.
  void put(WebhookSubscription subscription);

  /// Removes a webhook with all that belongs to it.
  void remove(WebhookSubscription subscription);

  /// Returns when the record is durable; the tables follow.
  void put(WebhookProgress progress);

  /// Returns when the record is durable; the tables follow.
  void put(DeadDelivery dead);

  /// Returns when the removal is durable; the tables follow.
  void remove(DeadDelivery dead);
}
