package io.aftersend.processor.sink;

import io.aftersend.schemas.cluster.KafkaCluster;
import io.aftersend.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running sink of a part of the tables: one thread that brings their topics into ClickHouse.
/// While ClickHouse or Kafka is down it tries on for ever and [#problem] says so; it never skips.
public final class Sink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sink.class);

  /// Time to leave the group and to end a running insert.
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private static final long RESTART_PAUSE_MS = 1_000;

  private final SinkPart part;
  private final SinkConfig config;
  private final Topics topics;
  private final Identity identity;
  private final SinkMetrics metrics;
  private final Clock clock;
  private final AtomicReference<@Nullable String> problem = new AtomicReference<>();
  private final AtomicBoolean isStopping = new AtomicBoolean();
  private final AtomicReference<@Nullable Consumer<byte[], byte[]>> running =
      new AtomicReference<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;

  /// How the sink presents itself to Kafka.
  ///
  /// @param groupId the consumer group of all parts, the same at every start
  /// @param instanceId the same at every start of this installation, for all parts
  public record Identity(KafkaCluster cluster, String groupId, String instanceId) {}

  private Sink(
      SinkPart part,
      SinkConfig config,
      Topics topics,
      Identity identity,
      SinkMetrics metrics,
      Clock clock) {
    this.part = part;
    this.config = config;
    this.topics = topics;
    this.identity = identity;
    this.metrics = metrics;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name(name()).unstarted(this::runUntilStopped);
  }

  /// Starts the sink of a part.
  public static Sink start(
      SinkPart part,
      SinkConfig config,
      Topics topics,
      Identity identity,
      SinkMetrics metrics,
      Clock clock) {
    Sink sink = new Sink(part, config, topics, identity, metrics, clock);
    sink.thread.start();
    return sink;
  }

  /// As threads, clients and health checks have it.
  public String name() {
    return "sink-" + part.wireName();
  }

  /// What keeps rows from going in now; null while all is well. Safe for any thread.
  public @Nullable String problem() {
    return problem.get();
  }

  private void runUntilStopped() {
    try (RowInserter inserter = new ClickHouseInserter(config.clickHouse())) {
      while (!isStopping.get()) {
        runOnce(inserter);
      }
    } catch (InterruptedException e) {
      log.warn("{} was interrupted: what waits is left to the next start", name());
    }
  }

  private void runOnce(RowInserter inserter) throws InterruptedException {
    List<SinkTable> tables = part.tables(topics);
    try (Producer<byte[], byte[]> producer = new KafkaProducer<>(producerSettings())) {
      Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerSettings());
      running.set(consumer);
      try {
        DeadLetterWriter deadLetters =
            new DeadLetterWriter(producer, topics.deadLetters(), metrics, clock);
        BatchWriter writer = new BatchWriter(inserter, deadLetters, metrics);
        SinkBatch batch = new SinkBatch(tables, deadLetters, metrics);
        SinkLoop loop =
            new SinkLoop(
                consumer,
                batch,
                writer,
                part.batching(config),
                metrics,
                clock,
                problem,
                isStopping);
        loop.subscribe(tables.stream().map(SinkTable::topicName).toList());
        loop.run();
      } finally {
        running.set(null);
        leave(consumer);
      }
    } catch (WakeupException e) {
      log.debug("Woken up to stop");
    } catch (RuntimeException e) {
      metrics.onRestart();
      problem.set("the sink begins anew after an error: " + e.getMessage());
      log.error("{} begins anew after an error", name(), e);
      stop.await(RESTART_PAUSE_MS, TimeUnit.MILLISECONDS);
    }
  }

  private static void leave(Consumer<byte[], byte[]> consumer) {
    consumer.close(
        CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
            .withTimeout(CLOSE_TIMEOUT));
  }

  private Map<String, Object> consumerSettings() {
    int sessionMs = Math.toIntExact(config.sessionTimeout().toMillis());
    Map<String, Object> settings = identity.cluster().settings();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, identity.groupId());
    settings.put(
        ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, identity.instanceId() + "-" + part.wireName());
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, name());
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, sessionMs);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, sessionMs / 4);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.batchRows());
    // Eager: every rebalance starts from the last commit, as forgetting the batch requires.
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
    settings.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    settings.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    return settings;
  }

  private Map<String, Object> producerSettings() {
    Map<String, Object> settings = identity.cluster().settings();
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, name() + "-dead-letters");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    return settings;
  }

  /// Stops within seconds; what was read and not inserted is read again at the next start. Further
  /// calls do nothing.
  @Override
  public void close() {
    if (!isStopping.compareAndSet(false, true)) {
      return;
    }
    long startMs = clock.millis();
    stop.countDown();
    Consumer<byte[], byte[]> consumer = running.get();
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      if (!thread.join(CLOSE_TIMEOUT.multipliedBy(2))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
    log.info("{} stopped within {} ms", name(), clock.millis() - startMs);
  }
}
