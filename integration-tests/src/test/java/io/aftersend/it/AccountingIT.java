package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.RunningUp.Up;
import io.aftersend.schemas.accounting.LaneAccounting;
import io.aftersend.schemas.accounting.Stage;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventKey;
import io.aftersend.schemas.topic.Topic;
import io.aftersend.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The accounting of lanes over the real way, spoken for by a test in the place of an edge.
@ExtendWith(RunningUp.class)
class AccountingIT {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final String JOURNAL = "0123456789abcdef";
  private static final int MESSAGES = 40;

  private final Topics topics = Topics.withPrefix("");
  private final Up up;

  AccountingIT(Up up) {
    this.up = up;
  }

  /// Lane 0 is whole hits over all partitions, lane 1 posts: repeats and a record that no one can
  /// use among them. Everything is sent twice.
  @Test
  void commandTellsWhatBecameOfEverySequence() {
    List<EmailEvent> records = new ArrayList<>();
    for (int i = 1; i <= MESSAGES; i++) {
      records.add(record(JOURNAL + "-0-" + i, "m" + i, 0, i));
      records.add(record("sent-" + i % 30, "m" + i % 30, 1, i));
    }
    EmailEvent unusable = record("odd", "m1", 1, MESSAGES + 1);
    unusable.setType("teleported");
    records.add(unusable);
    try (Producer<byte[], byte[]> kafka = producer()) {
      for (int time = 0; time < 2; time++) {
        records.forEach(record -> send(kafka, topics.emailEvents(), EventKey.of(record), record));
      }
      say(kafka, 0, MESSAGES, 1);
      say(kafka, 1, MESSAGES + 1 + 5, 1);
      awaitLanes("0,5");
      AftersendProcess unbalanced = accounting();
      assertThat(unbalanced.awaitEnd()).isEqualTo(1);
      assertThat(unbalanced.outputText()).contains("not balanced:");
      AftersendProcess asJson = accounting("--json");
      assertThat(asJson.awaitEnd()).isEqualTo(1);
      assertThat(lane(asJson.outputText(), 1).get("problems"))
          .singleElement()
          .asString()
          .contains("5 of 46 acknowledged sequences are neither");

      say(kafka, 1, MESSAGES + 1, 2);
      awaitLanes("0,0");
    }
    AftersendProcess balanced = accounting("--json");
    balanced.awaitEnd();
    assertLane(balanced.outputText(), 0, "[40, 40, 40, 0, {}, 40, 0, 40]");
    assertLane(balanced.outputText(), 1, "[41, 41, 30, 10, {\"unknown_type\":1}, 41, 0, 30]");
  }

  /// Stored sequences of all lanes are rows, whatever came in between.
  static void assertStoredAreRows(Client client) {
    Await.untilAsserted(
        DEADLINE,
        () ->
            assertThat(
                    client.query(
                        """
                        SELECT count() > 0, countIf(stored != stored_rows)
                        FROM aftersend.accounting_balance
                        LEFT JOIN aftersend.accounting_rows USING (journal, lane)
                        """))
                .containsExactly(List.of("1", "0")));
  }

  private AftersendProcess accounting(String... options) {
    List<String> arguments = new ArrayList<>(List.of("accounting", "--wait", "0s"));
    arguments.addAll(List.of(options));
    return AftersendProcess.start(up.directory(), up.settings(), arguments.toArray(String[]::new));
  }

  /// Waits until both lanes were read twice, have all their rows and miss so many.
  private void awaitLanes(String missing) {
    Await.untilAsserted(
        DEADLINE,
        () ->
            assertThat(
                    up.client()
                        .query(
                            """
                            SELECT arrayStringConcat(groupArray(toString(missing)), ',')
                            FROM
                            (
                                SELECT missing
                                FROM aftersend.accounting_balance
                                LEFT JOIN aftersend.accounting_rows USING (journal, lane)
                                WHERE journal = '%s' AND resent = if(lane = 0, %d, %d)
                                  AND stored = stored_rows
                                ORDER BY lane
                            )
                            """
                                .formatted(JOURNAL, MESSAGES, MESSAGES + 1)))
                .containsExactly(List.of(missing)));
  }

  private static void assertLane(String output, int number, String figures) {
    JsonNode lane = lane(output, number);
    List<JsonNode> actual = new ArrayList<>();
    for (String name :
        List.of(
            "highest",
            "acknowledged",
            "stored",
            "repeats",
            "dropped_by_processor",
            "resent",
            "missing",
            "stored_rows")) {
      actual.add(lane.get(name));
    }
    assertThat(actual).hasToString(figures);
    assertThat(lane.get("problems")).isEmpty();
    assertThat(lane.get("edge").asText()).isEqualTo("test-edge");
  }

  private static JsonNode lane(String output, int number) {
    for (JsonNode lane : Client.json(output).get("lanes")) {
      if (lane.get("journal").asText().equals(JOURNAL) && lane.get("lane").asInt() == number) {
        return lane;
      }
    }
    throw new AssertionError("no lane " + number + " in " + output);
  }

  private static EmailEvent record(String id, String message, int lane, long sequence) {
    return EmailEvent.newBuilder()
        .setEventId(id)
        .setTenant("accounted")
        .setType("sent")
        .setEventTime(Instant.now())
        .setIngestTime(Instant.now())
        .setSource("post")
        .setCampaign("accounting")
        .setMessage(message)
        .setJournal(JOURNAL)
        .setLane(lane)
        .setSequence(sequence)
        .build();
  }

  /// What an edge says of a lane of which Kafka has everything.
  private void say(Producer<byte[], byte[]> kafka, int lane, long highest, long version) {
    LaneAccounting word =
        LaneAccounting.newBuilder()
            .setStage(Stage.EDGE.wireName())
            .setEdge("test-edge")
            .setJournal(JOURNAL)
            .setLane(lane)
            .setTime(Instant.now())
            .setHighest(highest)
            .setAcknowledged(highest)
            .setWaiting(0L)
            .setDropped(Map.of())
            .setResent(0)
            .setVersion(version)
            .build();
    send(kafka, topics.accounting(), Stage.EDGE.topicKey(JOURNAL, lane), word);
  }

  private static <V> void send(
      Producer<byte[], byte[]> kafka, Topic<String, V> topic, String key, V value) {
    try {
      kafka.send(topic.encode(key, value, System.currentTimeMillis())).get();
    } catch (ExecutionException e) {
      throw new AssertionError("Kafka refused a record of " + topic.name(), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Producer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            up.process().ready().field("kafka"),
            ProducerConfig.LINGER_MS_CONFIG,
            0),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
