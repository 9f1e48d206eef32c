package io.aftersend.processor.rejudge;

import io.aftersend.processor.ProcessorConfig;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.schemas.event.MessageRejudgement;
import io.aftersend.schemas.topic.Topic;
import io.aftersend.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// The topic through which the processor is told of messages judged anew. For one thread.
final class RejudgementTopic implements AutoCloseable {
  /// What a broker takes by default, with room for what Kafka adds.
  static final int MAX_BYTES = 900 * 1024;

  private static final int TIMEOUT_MS = 30_000;
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final Topic<String, MessageRejudgement> topic;
  private final String group;
  private final String bootstrap;
  private final Admin admin;
  private final Producer<String, MessageRejudgement> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  RejudgementTopic(ProcessorConfig.Kafka kafka) {
    topic = Topics.withPrefix(kafka.topicPrefix()).rejudgements();
    group = kafka.processorGroup();
    bootstrap = kafka.cluster().bootstrap();
    Map<String, Object> asking = kafka.cluster().settings();
    asking.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    asking.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2);
    admin = Admin.create(asking);
    Map<String, Object> sending = kafka.cluster().settings();
    sending.put(ProducerConfig.CLIENT_ID_CONFIG, "rejudge");
    sending.put(ProducerConfig.ACKS_CONFIG, "all");
    sending.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    sending.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MS);
    producer =
        new KafkaProducer<>(
            sending, topic.keySerde().serializer(), topic.valueSerde().serializer());
  }

  /// Sends one; a failure is told by the next [#flush()].
  void send(String key, MessageRejudgement rejudgement) {
    Future<RecordMetadata> _ =
        producer.send(
            new ProducerRecord<>(topic.name(), key, rejudgement),
            (_, e) -> {
              if (e != null) {
                failure.compareAndSet(null, e);
              }
            });
  }

  /// Waits until Kafka has all that was sent.
  void flush() {
    producer.flush();
    Exception e = failure.get();
    if (e != null) {
      throw failed(e);
    }
  }

  /// Waits until the processor has read all that Kafka has.
  ///
  /// @return whether it has within that time
  boolean awaitRead(Duration longest) throws InterruptedException {
    long endNs = System.nanoTime() + longest.toNanos();
    while (waiting() > 0) {
      if (System.nanoTime() - endNs > 0) {
        return false;
      }
      Thread.sleep(LOOK_EVERY);
    }
    return true;
  }

  /// How many records the processor has not read yet.
  long waiting() throws InterruptedException {
    int partitions =
        got(admin.describeTopics(List.of(topic.name())).allTopicNames()).values().stream()
            .mapToInt(described -> described.partitions().size())
            .sum();
    Map<TopicPartition, OffsetSpec> latest =
        IntStream.range(0, partitions)
            .mapToObj(partition -> new TopicPartition(topic.name(), partition))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    Map<TopicPartition, OffsetAndMetadata> read =
        got(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    long waiting = 0;
    for (var end : got(admin.listOffsets(latest).all()).entrySet()) {
      OffsetAndMetadata offset = read.get(end.getKey());
      waiting += end.getValue().offset() - (offset == null ? 0 : offset.offset());
    }
    return waiting;
  }

  private <T> T got(Future<T> future) throws InterruptedException {
    try {
      return future.get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failed(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw failed(e);
    }
  }

  private StartupException failed(Throwable cause) {
    return new StartupException(
        "Kafka at %s: %s; is it up, and is %s right?"
            .formatted(bootstrap, cause.getMessage(), ConfigKey.KAFKA_BOOTSTRAP.key()),
        cause);
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
    admin.close(CLOSE_TIMEOUT);
  }
}
