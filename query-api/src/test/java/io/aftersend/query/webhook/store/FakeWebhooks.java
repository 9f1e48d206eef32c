package io.aftersend.query.webhook.store;

import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import io.aftersend.schemas.webhook.DeadDelivery;
import io.aftersend.schemas.webhook.WebhookProgress;
import io.aftersend.schemas.webhook.WebhookSubscription;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;

/// Webhooks in memory.
public final class FakeWebhooks implements WebhookStore {
  private final WebhookTables tables = new WebhookTables();
  public boolean isDown;

  /// The addresses of the test's names.
  public static List<InetAddress> resolve(String host) throws UnknownHostException {
    return switch (host) {
      case "receiver.example.com" -> List.of(InetAddress.ofLiteral("93.184.215.14"));
      case "inside.example.com" ->
          List.of(InetAddress.ofLiteral("93.184.215.14"), InetAddress.ofLiteral("10.0.0.8"));
      case "nowhere.example.com" -> throw new UnknownHostException(host);
      default -> List.of(InetAddress.ofLiteral(host));
    };
  }

  @Override
  public WebhookTables tables() {
    if (isDown) {
      throw new ProblemException(Problem.unavailable("Kafka cannot be reached now"));
    }
    return tables;
  }

  @Override
  public WebhookTables freshTables() {
    return tables();
  }

  @Override
  public void create(WebhookSubscription subscription) {
    put(
        WebhookProgress.newBuilder()
            .setTenant(subscription.getTenant())
            .setWebhook(subscription.getWebhook())
            .setPositions(List.of())
            .setWrittenAt(Instant.EPOCH)
            .build());
    put(subscription);
  }

  @Override
  public void put(WebhookSubscription subscription) {
    tables().subscription(WebhookKey.of(subscription), subscription, 0);
  }

  @Override
  public void remove(WebhookSubscription subscription) {
    tables().subscription(WebhookKey.of(subscription), null, 0);
  }

  @Override
  public void put(WebhookProgress progress) {
    tables().progress(WebhookKey.of(progress), progress);
  }

  @Override
  public void put(DeadDelivery dead) {
    tables().dead(WebhookKey.of(dead), dead.getDelivery(), dead);
  }

  @Override
  public void remove(DeadDelivery dead) {
    tables().dead(WebhookKey.of(dead), dead.getDelivery(), null);
  }
}
