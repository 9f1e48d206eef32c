package io.aftersend.query.webhook.delivery;

import io.aftersend.query.problem.ProblemException;
import io.aftersend.query.webhook.delivery.RetryRules.Next;
import io.aftersend.query.webhook.receiver.Outcome;
import io.aftersend.query.webhook.store.WebhookKey;
import io.aftersend.schemas.webhook.WebhookSubscription;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The attempts to deliver to one webhook: each delivery is tried until the receiver takes it, it
/// is given up, or the receiver wants no more. Safe for any thread.
final class Attempts implements Lanes.Trial {
  private static final Logger log = LoggerFactory.getLogger(Attempts.class);

  private final WebhookSubscription subscription;
  private final DeliveryTools tools;
  private final Courier courier;
  private final DeadList deadList;
  private final Progress progress;
  private final Recovery recovery = new Recovery();

  Attempts(
      WebhookSubscription subscription,
      DeliveryTools tools,
      Courier courier,
      DeadList deadList,
      Progress progress) {
    this.subscription = subscription;
    this.tools = tools;
    this.courier = courier;
    this.deadList = deadList;
    this.progress = progress;
  }

  @Override
  public void run(Delivery delivery) throws InterruptedException {
    int attempts = 0;
    while (true) {
      Outcome outcome = courier.post(subscription, delivery.id(), delivery.body());
      attempts++;
      Instant now = tools.clock().instant();
      Duration age = Duration.between(delivery.arrivedAt(), now);
      switch (RetryRules.after(outcome, attempts, age, tools.random())) {
        case Next.Delivered() -> {
          tools.metrics().delivered();
          progress.delivered(delivery, now);
          recovery.took();
          return;
        }
        case Next.Again(Duration pause) -> {
          failed(outcome, now, now.plus(pause));
          recovery.await(pause);
        }
        case Next.GiveUp() -> {
          failed(outcome, now, null);
          deadList.add(delivery, attempts, outcome.text());
          progress.gaveUp(delivery);
          return;
        }
        case Next.Disable() -> {
          failed(outcome, now, null);
          disable(outcome.text(), now);
          // Somebody else sees the change and stops all of this webhook's work.
          Thread.sleep(RetryRules.TRIED_FOR);
        }
      }
    }
  }

  private void failed(Outcome outcome, Instant now, @Nullable Instant next) {
    tools.metrics().failed();
    progress.failed(outcome.text(), now, next);
  }

  private void disable(String reason, Instant now) {
    WebhookKey key = WebhookKey.of(subscription);
    try {
      WebhookSubscription current = tools.store().freshTables().find(key.tenant(), key.webhook());
      if (current == null || current.getVersion() != subscription.getVersion()) {
        return;
      }
      tools
          .store()
          .put(
              WebhookSubscription.newBuilder(current)
                  .setEnabled(false)
                  .setDisabledReason("the receiver answered " + reason)
                  .setVersion(Math.max(current.getVersion() + 1, now.toEpochMilli()))
                  .build());
      log.info("{} was disabled: its receiver answered {}", key, reason);
    } catch (ProblemException e) {
      log.warn("{} cannot be disabled now: {}", key, String.valueOf(e.getCause()));
    }
  }
}
