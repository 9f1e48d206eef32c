package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kafka killed in the midst of transactions whose producers do not come back: no partition stays
/// closed to readers of committed records.
class KafkaKillIT {
  private static final String TOPIC = Topics.withPrefix("").judgedEvents().name();
  private static final int PARTITIONS = 4;
  private static final int PRODUCERS = 6;

  /// Longer than it takes to begin all transactions and to see that they are open.
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(12);

  private static final Duration SETTLED = Duration.ofMinutes(1);

  @Test
  void transactionsThatNobodyEndsAreEnded(@TempDir Path directory) throws Exception {
    try (LoneKafka kafka = LoneKafka.startIn(directory)) {
      List<KafkaProducer<byte[], byte[]>> producers = new ArrayList<>();
      for (int i = 0; i < PRODUCERS; i++) {
        producers.add(producer(kafka, i));
      }
      for (KafkaProducer<byte[], byte[]> producer : producers) {
        begin(producer);
      }
      long begunNs = System.nanoTime();
      assertThat(offsets(kafka, IsolationLevel.READ_UNCOMMITTED)).containsValue((long) PRODUCERS);
      assertThat(offsets(kafka, IsolationLevel.READ_COMMITTED)).containsValue(0L);

      kafka.kill();
      producers.forEach(producer -> producer.close(Duration.ZERO));
      // The broker that comes back finds all transactions at their end.
      Thread.sleep(TRANSACTION_TIMEOUT.minusNanos(System.nanoTime() - begunNs));
      kafka.start();
      Await.untilAsserted(
          SETTLED,
          () ->
              assertThat(offsets(kafka, IsolationLevel.READ_COMMITTED))
                  .as("where committed records end")
                  .isEqualTo(offsets(kafka, IsolationLevel.READ_UNCOMMITTED))
                  .doesNotContainValue((long) PRODUCERS));
    }
  }

  /// Ready to begin, which takes long at a Kafka that has had no transactions yet.
  private static KafkaProducer<byte[], byte[]> producer(LoneKafka kafka, int number) {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrap(),
                "transactional.id",
                "killed-" + number,
                "transaction.timeout.ms",
                Math.toIntExact(TRANSACTION_TIMEOUT.toMillis())),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    return producer;
  }

  private static void begin(KafkaProducer<byte[], byte[]> producer)
      throws InterruptedException, ExecutionException {
    producer.beginTransaction();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      producer.send(new ProducerRecord<>(TOPIC, partition, null, new byte[] {1})).get();
    }
  }

  /// Where each partition ends for such readers.
  private static Map<Integer, Long> offsets(LoneKafka kafka, IsolationLevel level)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      latest.put(new TopicPartition(TOPIC, partition), OffsetSpec.latest());
    }
    Map<Integer, Long> ends = new HashMap<>();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      Map<TopicPartition, ListOffsetsResultInfo> all =
          admin.listOffsets(latest, new ListOffsetsOptions(level)).all().get();
      all.forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
    }
    return ends;
  }
}
