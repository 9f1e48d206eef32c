package io.aftersend.query.webhook.delivery;

import io.aftersend.query.webhook.receiver.Receiver;
import io.aftersend.query.webhook.receiver.Targets;
import io.aftersend.query.webhook.store.ConsumerFactory;
import io.aftersend.query.webhook.store.WebhookKey;
import io.aftersend.query.webhook.store.WebhookStore;
import io.aftersend.query.webhook.store.WebhookTables.Placed;
import io.aftersend.runtime.lifecycle.Threads;
import io.aftersend.schemas.topic.Topics;
import io.aftersend.schemas.webhook.WebhookSubscription;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All deliveries that fall to this instance of the API.
///
/// Instances share the partitions of the topic of webhooks as a consumer group, and who holds a
/// webhook's partition delivers to it. An instance that is taken for dead and is not may deliver
/// beside its successor for a while: the same things, with the same ids.
public final class Deliveries implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Deliveries.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
  private static final String GROUP = "aftersend-webhooks";

  private final DeliveryTools tools;
  private final Targets targets;
  private final String group;
  private final Set<Integer> held = ConcurrentHashMap.newKeySet();
  private final Map<WebhookKey, DeliveryWorker> workers = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean isClosed;

  private Deliveries(
      Topics topics,
      String group,
      WebhookStore store,
      ConsumerFactory consumers,
      Targets targets,
      InstantSource clock,
      PrometheusRegistry registry) {
    this.targets = targets;
    this.group = group;
    DeliveryMetrics metrics = new DeliveryMetrics(registry, workers::size, this::lagSeconds);
    tools = new DeliveryTools(topics, store, consumers, clock, new SecureRandom(), metrics);
    thread = Thread.ofPlatform().daemon().name("webhook-lease").unstarted(this::run);
  }

  /// Starts without waiting for Kafka.
  ///
  /// @param topicPrefix of the topics' names, and of the group's
  /// @param store borrowed
  public static Deliveries start(
      String topicPrefix,
      WebhookStore store,
      ConsumerFactory consumers,
      Targets targets,
      InstantSource clock,
      PrometheusRegistry registry) {
    Deliveries deliveries =
        new Deliveries(
            Topics.withPrefix(topicPrefix),
            topicPrefix + GROUP,
            store,
            consumers,
            targets,
            clock,
            registry);
    deliveries.thread.start();
    return deliveries;
  }

  private double lagSeconds() {
    Instant now = tools.clock().instant();
    double lag = 0;
    for (DeliveryWorker worker : workers.values()) {
      Instant since = worker.behindSince();
      if (since != null) {
        lag = Math.max(lag, Duration.between(since, now).toMillis() / 1_000.0);
      }
    }
    return lag;
  }

  private void run() {
    while (!isClosed) {
      try (Consumer<byte[], byte[]> consumer = tools.consumers().inGroup(group)) {
        consumer.subscribe(List.of(tools.topics().webhooks().name()), new Lease(consumer));
        while (!isClosed) {
          // Nothing is read: every partition is paused.
          consumer.poll(POLL);
          adjust();
        }
        stop(List.copyOf(workers.keySet()));
      } catch (RuntimeException e) {
        log.warn("Webhooks cannot be shared out now", e);
        drop(Set.copyOf(held));
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      }
    }
  }

  /// Starts and stops workers until they are those of the webhooks as they are now.
  private void adjust() {
    Map<WebhookKey, WebhookSubscription> wanted = new HashMap<>();
    for (Placed placed : tools.store().tables().all()) {
      if (held.contains(placed.partition()) && placed.subscription().getEnabled()) {
        wanted.put(WebhookKey.of(placed.subscription()), placed.subscription());
      }
    }
    stop(
        workers.entrySet().stream()
            .filter(
                running -> {
                  WebhookSubscription now = wanted.get(running.getKey());
                  return now == null
                      || now.getVersion() != running.getValue().subscription().getVersion();
                })
            .map(Map.Entry::getKey)
            .toList());
    wanted.forEach(
        (key, subscription) ->
            workers.computeIfAbsent(
                key, _ -> DeliveryWorker.start(subscription, tools, Receiver.of(targets))));
  }

  private void drop(Set<Integer> partitions) {
    held.removeAll(partitions);
    stop(
        workers.entrySet().stream()
            .filter(running -> !isHeld(running.getKey()))
            .map(Map.Entry::getKey)
            .toList());
  }

  private boolean isHeld(WebhookKey key) {
    return tools.store().tables().all().stream()
        .anyMatch(
            placed ->
                WebhookKey.of(placed.subscription()).equals(key)
                    && held.contains(placed.partition()));
  }

  private void stop(Collection<WebhookKey> keys) {
    List<DeliveryWorker> stopped = keys.stream().map(workers::remove).toList();
    stopped.forEach(DeliveryWorker::stop);
    stopped.forEach(DeliveryWorker::awaitEnd);
  }

  /// What this instance may deliver to, as the group decides.
  private final class Lease implements ConsumerRebalanceListener {
    private final Consumer<byte[], byte[]> consumer;

    Lease(Consumer<byte[], byte[]> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      consumer.pause(partitions);
      partitions.forEach(partition -> held.add(partition.partition()));
      log.info("Delivers to the webhooks of {} partitions", held.size());
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      drop(Set.copyOf(partitions.stream().map(TopicPartition::partition).toList()));
    }
  }

  /// Stops all deliveries within some seconds; what is under way is made again at the next start.
  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(thread);
    Threads.join(thread, STOP_TIMEOUT);
  }
}
