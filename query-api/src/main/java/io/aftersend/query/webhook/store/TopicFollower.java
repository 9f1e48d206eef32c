package io.aftersend.query.webhook.store;

import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import io.aftersend.runtime.lifecycle.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread that reads compacted topics from their beginning and goes on reading them. It waits for
/// Kafka and for topics that are not made yet.
final class TopicFollower implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  /// A person waits for the answer.
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(8);

  private final List<String> topics;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Listener listener;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Queue<Question<?>> questions = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean isClosed;

  /// Who hears of every record, on the follower's thread.
  @FunctionalInterface
  interface Listener {
    void heard(ConsumerRecord<byte[], byte[]> record);
  }

  /// Something that only the thread of the consumer can tell.
  private record Question<T>(
      Function<Consumer<byte[], byte[]>, T> asked, CompletableFuture<T> answer) {
    void answer(Consumer<byte[], byte[]> consumer) {
      try {
        answer.complete(asked.apply(consumer));
      } catch (RuntimeException e) {
        answer.completeExceptionally(e);
      }
    }
  }

  private TopicFollower(
      List<String> topics, Supplier<Consumer<byte[], byte[]>> consumers, Listener listener) {
    this.topics = topics;
    this.consumers = consumers;
    this.listener = listener;
    thread = Thread.ofPlatform().daemon().name("webhook-follower").unstarted(this::run);
  }

  static TopicFollower start(
      List<String> topics, Supplier<Consumer<byte[], byte[]>> consumers, Listener listener) {
    TopicFollower follower = new TopicFollower(topics, consumers, listener);
    follower.thread.start();
    return follower;
  }

  /// Returns when every record that was there before the call has been heard.
  ///
  /// @throws ProblemException 503 when Kafka does not tell in time
  void catchUp() {
    ask(
        consumer -> {
          Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
          while (ends.entrySet().stream()
              .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            hear(consumer);
          }
          return true;
        });
  }

  /// The answer of the consumer's thread, once the topics can be read.
  ///
  /// @throws ProblemException 503 when Kafka does not tell in time
  <T> T ask(Function<Consumer<byte[], byte[]>, T> asked) {
    Question<T> question = new Question<>(asked, new CompletableFuture<>());
    questions.add(question);
    try {
      return question.answer().get(ASK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    } finally {
      questions.remove(question);
    }
  }

  private static ProblemException unavailable(Exception e) {
    return new ProblemException(Problem.unavailable("Kafka cannot be reached now"), e);
  }

  private void run() {
    while (!isClosed) {
      try (Consumer<byte[], byte[]> consumer = consumers.get()) {
        follow(consumer);
      } catch (RuntimeException e) {
        log.warn("Webhooks cannot be read from Kafka now", e);
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      }
    }
  }

  private void follow(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = partitions(consumer);
    while (partitions == null) {
      if (isClosed) {
        return;
      }
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      partitions = partitions(consumer);
    }
    consumer.assign(partitions);
    for (TopicPartition partition : partitions) {
      consumer.seek(partition, positions.getOrDefault(partition, 0L));
    }
    while (!isClosed) {
      hear(consumer);
      for (Question<?> next = questions.poll(); next != null; next = questions.poll()) {
        next.answer(consumer);
      }
    }
  }

  private @Nullable List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      var found = consumer.partitionsFor(topic);
      if (found == null || found.isEmpty()) {
        return null;
      }
      found.forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
    }
    return partitions;
  }

  private void hear(Consumer<byte[], byte[]> consumer) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      listener.heard(record);
      positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    }
  }

  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(thread);
    Threads.join(thread, ASK_TIMEOUT);
  }
}
