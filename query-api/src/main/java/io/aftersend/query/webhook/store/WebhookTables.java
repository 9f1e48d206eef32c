package io.aftersend.query.webhook.store;

import io.aftersend.schemas.webhook.DeadDelivery;
import io.aftersend.schemas.webhook.WebhookProgress;
import io.aftersend.schemas.webhook.WebhookSubscription;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// All webhooks in memory, of all tenants. One thread writes, any may read.
public final class WebhookTables {
  private static final Comparator<DeadDelivery> OLDEST_FIRST =
      Comparator.comparing(DeadDelivery::getArrivedAt)
          .thenComparing(DeadDelivery::getTopic)
          .thenComparingInt(DeadDelivery::getPartition)
          .thenComparingLong(DeadDelivery::getOffset)
          .thenComparing(DeadDelivery::getDelivery);

  private final Map<WebhookKey, Placed> subscriptions = new ConcurrentHashMap<>();
  private final Map<WebhookKey, WebhookProgress> progress = new ConcurrentHashMap<>();
  private final Map<WebhookKey, Map<String, DeadDelivery>> dead = new ConcurrentHashMap<>();

  /// A subscription and the partition that it lies in, whose holder makes its deliveries.
  public record Placed(WebhookSubscription subscription, int partition) {}

  /// The subscription, or null where the tenant has none of that id.
  public @Nullable WebhookSubscription find(String tenant, String webhook) {
    Placed placed = subscriptions.get(new WebhookKey(tenant, webhook));
    return placed == null ? null : placed.subscription();
  }

  /// A tenant's subscriptions by id.
  public List<WebhookSubscription> of(String tenant) {
    return subscriptions.values().stream()
        .map(Placed::subscription)
        .filter(subscription -> subscription.getTenant().equals(tenant))
        .sorted(Comparator.comparing(WebhookSubscription::getWebhook))
        .toList();
  }

  /// Those of all tenants.
  public Collection<Placed> all() {
    return subscriptions.values();
  }

  /// How far it has come, or null where nobody ever told.
  public @Nullable WebhookProgress progress(WebhookKey key) {
    return progress.get(key);
  }

  /// What was given up, in the order of arrival.
  public List<DeadDelivery> dead(WebhookKey key) {
    return dead.getOrDefault(key, Map.of()).values().stream().sorted(OLDEST_FIRST).toList();
  }

  /// Whether anybody waits for something to be sent again.
  public boolean hasReplays(WebhookKey key) {
    return dead.getOrDefault(key, Map.of()).values().stream()
        .anyMatch(each -> each.getReplayAskedAt() != null);
  }

  public int deadCount(WebhookKey key) {
    return dead.getOrDefault(key, Map.of()).size();
  }

  /// Takes over a record, or its end where the record is null.
  public void subscription(
      WebhookKey key, @Nullable WebhookSubscription subscription, int partition) {
    if (subscription == null) {
      subscriptions.remove(key);
    } else {
      subscriptions.put(key, new Placed(subscription, partition));
    }
  }

  /// Takes over a record, or its end where the record is null.
  public void progress(WebhookKey key, @Nullable WebhookProgress record) {
    if (record == null) {
      progress.remove(key);
    } else {
      progress.put(key, record);
    }
  }

  /// Takes over a record, or its end where the record is null.
  public void dead(WebhookKey key, String delivery, @Nullable DeadDelivery record) {
    dead.compute(
        key,
        (_, before) -> {
          Map<String, DeadDelivery> after = before == null ? new ConcurrentHashMap<>() : before;
          if (record == null) {
            after.remove(delivery);
          } else {
            after.put(delivery, record);
          }
          return after.isEmpty() ? null : after;
        });
  }
}
