package io.aftersend.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.embedded.EmbeddedStartException;
import io.aftersend.runtime.lifecycle.StartupException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
  private static final String HOST = "127.0.0.1";
  private static final String TOPIC = "letters";

  @TempDir Path directory;

  @Test
  void keepsCommittedTransactionsAcrossARestartOnAnotherPort() throws Exception {
    String first;
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, HOST, 0)) {
      first = kafka.bootstrap();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", first))) {
        admin
            .createTopics(List.of(new NewTopic(TOPIC, Optional.of(3), Optional.empty())))
            .all()
            .get(60, TimeUnit.SECONDS);
      }
      try (KafkaProducer<String, String> producer = producer(first)) {
        producer.initTransactions();
        producer.beginTransaction();
        send(producer, "k", "aborted");
        producer.abortTransaction();
        producer.beginTransaction();
        send(producer, "k", "a");
        send(producer, "other", "b");
        producer.commitTransaction();
      }
      assertThat(read(first, "before")).containsExactlyInAnyOrder("a", "b");
      assertThatThrownBy(() -> EmbeddedKafka.start(directory, HOST, 0))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("already runs");
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, HOST, 0)) {
      assertThat(kafka.bootstrap()).isNotEqualTo(first);
      assertThat(read(kafka.bootstrap(), "after")).containsExactlyInAnyOrder("a", "b");
      assertThat(kafka.failure()).isEmpty();
    }
    assertThat(directory.resolve("log/.kafka_cleanshutdown")).exists();
  }

  @Test
  void tellsThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedKafka.start(directory, HOST, taken.getLocalPort()))
          .isInstanceOf(EmbeddedStartException.class)
          .hasMessageContaining("Kafka cannot listen on " + HOST + ":" + taken.getLocalPort());
    }
  }

  private static void send(KafkaProducer<String, String> producer, String key, String value)
      throws Exception {
    producer.send(new ProducerRecord<>(TOPIC, key, value)).get(60, TimeUnit.SECONDS);
  }

  private static KafkaProducer<String, String> producer(String bootstrap) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", bootstrap, "transactional.id", "test"),
        new StringSerializer(),
        new StringSerializer());
  }

  private static List<String> read(String bootstrap, String group) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "group.id",
            group,
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "earliest");
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      long deadlineNs = System.nanoTime() + Duration.ofMinutes(1).toNanos();
      while (values.size() < 2 && System.nanoTime() - deadlineNs < 0) {
        for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(200))) {
          values.add(each.value());
        }
      }
    }
    return values;
  }
}
