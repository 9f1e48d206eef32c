package io.aftersend.query.webhook.delivery;

import io.aftersend.query.problem.ProblemException;
import io.aftersend.query.webhook.store.WebhookKey;
import io.aftersend.schemas.webhook.DeadDelivery;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The deliveries of one webhook that were given up. Safe for any thread.
final class DeadList {
  private static final Logger log = LoggerFactory.getLogger(DeadList.class);

  /// Bounds memory: every instance of the API holds all lists.
  static final int MAX_LISTED = 10_000;

  /// Kafka keeps the events for a week; without its event a delivery cannot be made.
  static final Duration KEPT = Duration.ofDays(7);

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final WebhookKey key;
  private final DeliveryTools tools;

  DeadList(WebhookKey key, DeliveryTools tools) {
    this.key = key;
    this.tools = tools;
  }

  /// Returns when the delivery is durable on the list. When the list is full it is only counted.
  void add(Delivery delivery, int attempts, String error) throws InterruptedException {
    boolean hasRoom = tools.store().tables().deadCount(key) < MAX_LISTED;
    tools.metrics().gaveUp(hasRoom);
    if (hasRoom) {
      DeadDelivery dead = record(delivery, attempts, error, tools.clock().instant());
      untilDurable(() -> tools.store().put(dead));
    } else {
      log.warn("The dead list of {} is full: {} is not on it", key, delivery.id());
    }
  }

  private DeadDelivery record(Delivery delivery, int attempts, String error, Instant now) {
    return new DeadDelivery(
        key.tenant(),
        key.webhook(),
        delivery.id(),
        delivery.type(),
        delivery.campaign(),
        delivery.message(),
        delivery.eventId(),
        delivery.partition().topic(),
        delivery.partition().partition(),
        delivery.offset(),
        delivery.arrivedAt(),
        now,
        attempts,
        error,
        null);
  }

  /// Notes that one that was sent again was taken.
  void remove(DeadDelivery dead) throws InterruptedException {
    untilDurable(() -> tools.store().remove(dead));
  }

  /// Notes that one could not be sent again.
  void failedAgain(DeadDelivery dead, String error) throws InterruptedException {
    DeadDelivery after =
        DeadDelivery.newBuilder(dead)
            .setDiedAt(tools.clock().instant())
            .setAttempts(dead.getAttempts() + 1)
            .setError(error)
            .setReplayAskedAt(null)
            .build();
    untilDurable(() -> tools.store().put(after));
  }

  /// Takes those off the list whose events Kafka no longer has.
  void forgetOld() throws InterruptedException {
    Instant oldest = tools.clock().instant().minus(KEPT);
    for (DeadDelivery dead : tools.store().tables().dead(key)) {
      if (dead.getArrivedAt().isBefore(oldest)) {
        remove(dead);
      }
    }
  }

  /// A delivery must not be passed over before it is on the list, however long Kafka is away.
  private static void untilDurable(Runnable change) throws InterruptedException {
    while (true) {
      try {
        change.run();
        return;
      } catch (ProblemException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException(e.getMessage());
        }
        log.warn("A dead list cannot be written now: {}", String.valueOf(e.getCause()));
        Thread.sleep(BETWEEN_TRIES);
      }
    }
  }
}
