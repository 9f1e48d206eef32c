package io.aftersend.query.webhook.delivery;

import io.aftersend.query.problem.ProblemException;
import io.aftersend.query.webhook.receiver.Receiver;
import io.aftersend.query.webhook.store.WebhookKey;
import io.aftersend.runtime.lifecycle.Threads;
import io.aftersend.schemas.webhook.WebhookProgress;
import io.aftersend.schemas.webhook.WebhookSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The deliveries of one webhook as it is now: a thread that reads what happens, has it delivered,
/// and tells how far it came. After any crash it goes on there, so that nothing is left out.
final class DeliveryWorker {
  private static final Logger log = LoggerFactory.getLogger(DeliveryWorker.class);

  /// What is in memory at a time, and what a crash may repeat at most.
  private static final int BATCH = 100;

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
  private static final long TOLD_EVERY_NS = Duration.ofSeconds(5).toNanos();
  private static final long FORGET_EVERY_NS = Duration.ofHours(1).toNanos();
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(6);

  private final WebhookSubscription subscription;
  private final WebhookKey key;
  private final DeliveryTools tools;
  private final Receiver receiver;
  private final Courier courier;
  private final DeadList deadList;
  private final Thread thread;
  private volatile boolean isStopped;
  private volatile @Nullable Progress progress;
  private long toldChanges;
  private long toldNs;
  private long forgotNs = System.nanoTime() - FORGET_EVERY_NS;

  private DeliveryWorker(WebhookSubscription subscription, DeliveryTools tools, Receiver receiver) {
    this.subscription = subscription;
    this.key = WebhookKey.of(subscription);
    this.tools = tools;
    this.receiver = receiver;
    this.courier = new Courier(receiver, tools.clock());
    this.deadList = new DeadList(key, tools);
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("webhook-" + subscription.getWebhook())
            .unstarted(this::run);
  }

  /// Starts to deliver.
  ///
  /// @param receiver taken over
  static DeliveryWorker start(
      WebhookSubscription subscription, DeliveryTools tools, Receiver receiver) {
    DeliveryWorker worker = new DeliveryWorker(subscription, tools, receiver);
    worker.thread.start();
    return worker;
  }

  /// The webhook as it is delivered to.
  WebhookSubscription subscription() {
    return subscription;
  }

  /// Arrival of the oldest event that waits; null when none does.
  @Nullable Instant behindSince() {
    Progress now = progress;
    return now == null ? null : now.behindSince();
  }

  /// Asks the worker to stop; returns at once.
  void stop() {
    isStopped = true;
    thread.interrupt();
  }

  /// Waits some seconds until it has told how far it came.
  void awaitEnd() {
    Threads.join(thread, STOP_TIMEOUT);
  }

  private void run() {
    while (!isStopped) {
      try (Consumer<byte[], byte[]> consumer = tools.consumers().unassigned(BATCH)) {
        workUntilInterrupted(consumer);
      } catch (RuntimeException e) {
        if (!isStopped) {
          log.warn("{} cannot be delivered to now: {}", key, e.getMessage());
          LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        }
      }
    }
    receiver.close();
  }

  private void workUntilInterrupted(Consumer<byte[], byte[]> consumer) {
    try {
      work(consumer);
    } catch (InterruptedException | InterruptException e) {
      // An interrupted thread could not close the consumer.
      boolean wasInterrupted = Thread.interrupted();
      log.debug("{} is interrupted ({})", key, wasInterrupted);
    }
  }

  private void work(Consumer<byte[], byte[]> consumer) throws InterruptedException {
    WebhookProgress before = tools.store().freshTables().progress(key);
    if (before == null) {
      // It is being removed.
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      return;
    }
    Progress here = new Progress(key, before);
    progress = here;
    if (!begin(consumer, here)) {
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      return;
    }
    try (Lanes lanes = new Lanes(subscription.getWebhook() + "-")) {
      Replays replays = new Replays(subscription, tools, courier, deadList);
      Attempts attempts = new Attempts(subscription, tools, courier, deadList, here);
      DeliveryReader reader = new DeliveryReader(tools.topics(), subscription);
      while (!isStopped) {
        forgetOld();
        replays.run(lanes);
        List<Delivery> deliveries = read(consumer, reader, here);
        lanes.deliver(deliveries, attempts, () -> tellIfChanged(here));
        tellIfChanged(here);
      }
    } finally {
      tell(here);
    }
  }

  /// @return false where the topics are not there yet
  private boolean begin(Consumer<byte[], byte[]> consumer, Progress here) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic :
        List.of(tools.topics().judgedEvents().name(), tools.topics().signals().name())) {
      consumer
          .partitionsFor(topic)
          .forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
    }
    consumer.assign(partitions);
    for (TopicPartition partition : partitions) {
      Long position = here.position(partition);
      if (position == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, position);
      }
    }
    return !partitions.isEmpty();
  }

  private List<Delivery> read(
      Consumer<byte[], byte[]> consumer, DeliveryReader reader, Progress here) {
    List<Delivery> deliveries = new ArrayList<>();
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        Delivery delivery = reader.read(record);
        if (delivery == null) {
          here.passed(new TopicPartition(record.topic(), record.partition()), record.offset());
        } else {
          here.took(delivery);
          deliveries.add(delivery);
        }
      }
    } catch (OffsetOutOfRangeException e) {
      goToBeginning(consumer, here, e.offsetOutOfRangePartitions());
    }
    return deliveries;
  }

  private void goToBeginning(
      Consumer<byte[], byte[]> consumer, Progress here, Map<TopicPartition, Long> wanted) {
    consumer
        .beginningOffsets(wanted.keySet())
        .forEach(
            (partition, offset) -> {
              long missed = Math.max(0, offset - wanted.getOrDefault(partition, offset));
              log.warn(
                  "{} missed {} records of {}: they are no longer kept", key, missed, partition);
              tools.metrics().missed(missed);
              here.beginsAt(partition, offset);
              consumer.seek(partition, offset);
            });
  }

  private void forgetOld() throws InterruptedException {
    if (System.nanoTime() - forgotNs >= FORGET_EVERY_NS) {
      forgotNs = System.nanoTime();
      deadList.forgetOld();
    }
  }

  private void tellIfChanged(Progress here) {
    boolean isDue = System.nanoTime() - toldNs > TOLD_EVERY_NS;
    if (here.changes() != toldChanges || isDue) {
      tell(here);
    }
  }

  /// Whoever reads a position that is too old only repeats, with the same ids.
  private void tell(Progress here) {
    if (tools.store().tables().find(key.tenant(), key.webhook()) == null) {
      return;
    }
    boolean wasInterrupted = Thread.interrupted();
    long changes = here.changes();
    try {
      tools.store().put(here.record(tools.clock().instant()));
      toldChanges = changes;
      toldNs = System.nanoTime();
    } catch (ProblemException e) {
      log.warn("The progress of {} cannot be told now: {}", key, String.valueOf(e.getCause()));
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
