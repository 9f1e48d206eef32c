package io.aftersend.edge.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.journal.TestJournal;
import io.aftersend.schemas.accounting.LaneAccounting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way of lanes into Kafka, whatever Kafka does.
class ForwardRoundsTest {
  private static final int MANY = 1_400; // several times what is settled together

  @TempDir Path directory;
  private final FakeKafka kafka = new FakeKafka();

  private Run start() {
    return Run.start(directory, kafka, Run.ids(1), 1);
  }

  @Test
  void sendsEachLaneInItsOrder() {
    try (Run run = Run.start(directory, kafka, Run.ids(1), 2)) {
      run.append(0, "a", 0, MANY);
      run.append(1, "b", 0, MANY);
      run.send();
      kafka.acknowledgeAll();
      run.send();

      assertThat(kafka.events())
          .filteredOn(text -> text.startsWith("a"))
          .isEqualTo(Run.numbered("a", 0, MANY));
      assertThat(kafka.events())
          .filteredOn(text -> text.startsWith("b"))
          .isEqualTo(Run.numbered("b", 0, MANY));
      assertThat(run.rounds.isCaughtUp()).isTrue();
      assertThat(run.account(0).acknowledged()).isEqualTo(MANY);
      assertThat(run.account(0).lagBytes()).isZero();
      run.assertBalanced();
    }
  }

  @Test
  void keepsRecordsTimestampsAndKeys() {
    try (Run run = start()) {
      run.append(0, "a", 0, 1);
      run.send();
      ProducerRecord<byte[], byte[]> sent = kafka.pending.getFirst().record();
      assertThat(sent.timestamp()).isEqualTo(1_800_000_000_000L);
      assertThat(new String(sent.key(), StandardCharsets.UTF_8)).isEqualTo("k-a0");
    }
  }

  @Test
  void setsARecordAsideThatKafkaWillNeverTake() {
    kafka.isTooLarge = record -> FakeKafka.text(record).equals("a1");
    try (Run run = start()) {
      run.append(0, "a", 0, 4);
      run.send();
      kafka.fail(1, new RecordTooLargeException("the broker's limit is smaller still"));
      run.send();
      kafka.acknowledgeAll();
      run.send();

      assertThat(kafka.events()).containsExactly("a0", "a3");
      var serde = FakeKafka.TOPICS.deadLetters().valueSerde().deserializer();
      assertThat(kafka.landedIn(FakeKafka.TOPICS.deadLetters().name()))
          .extracting(
              record ->
                  StandardCharsets.UTF_8
                      .decode(serde.deserialize(record.topic(), record.value()).getKey())
                      .toString())
          .containsExactly("k-a1", "k-a2");
      assertThat(run.account(0).dropped().byReason()).isEqualTo(Map.of("refused_by_kafka", 2L));
      assertThat(run.account(0).acknowledged()).isEqualTo(2);
      assertThat(kafka.clients).hasValue(1);
      run.assertBalanced();
    }
  }

  @Test
  void keepsADeadLetterUntilKafkaIsThere() {
    try (Run run = start()) {
      run.append(0, "a", 0, 2);
      run.send();
      kafka.fail(0, new RecordTooLargeException("too large"));
      kafka.acknowledgeAll();
      kafka.isAway = true;
      run.send();
      run.send();
      assertThat(run.account(0).waiting()).isEqualTo(2);

      kafka.isAway = false;
      run.nowMs.addAndGet(10_000);
      run.send();
      kafka.acknowledgeAll();
      run.send();

      assertThat(kafka.landedIn(FakeKafka.TOPICS.deadLetters().name())).hasSize(1);
      assertThat(run.account(0).waiting()).isZero();
      assertThat(kafka.clients).hasValue(1);
    }
  }

  @Test
  void goesOnWhenTheDeadLettersTakeNothingEither() {
    try (Run run = start()) {
      run.append(0, "a", 0, 2);
      run.send();
      kafka.fail(0, new RecordTooLargeException("too large"));
      run.send();
      kafka.fail(1, new TopicAuthorizationException("dead-letters"));
      kafka.acknowledgeAll();
      run.send();

      assertThat(run.account(0).dropped().byReason()).isEqualTo(Map.of("refused_by_kafka", 1L));
      assertThat(run.rounds.isCaughtUp()).isTrue();
      assertThat(kafka.clients).hasValue(1);
    }
  }

  @Test
  void sendsEverythingUnsettledAgainThroughANewClient() {
    try (Run run = start()) {
      run.append(0, "a", 0, MANY);
      run.send();
      for (int i = 0; i < 700; i++) {
        kafka.acknowledge(0);
      }
      kafka.land(100);
      kafka.fail(3, new KafkaException("out of order"));
      run.send();
      run.send();
      assertThat(kafka.clients).hasValue(2);
      assertThat(FakeKafka.text(kafka.pending.getFirst().record())).isEqualTo("a512");
      kafka.acknowledgeAll();
      run.send();

      assertThat(kafka.events().stream().distinct()).isEqualTo(Run.numbered("a", 0, MANY));
      assertThat(run.account(0).acknowledged()).isEqualTo(MANY);
      assertThat(run.account(0).resent()).isEqualTo(MANY - 512);
      run.assertBalanced();
    }
  }

  @Test
  void believesNoClientThatIsGone() {
    try (Run run = start()) {
      run.append(0, "a", 0, 10);
      run.send();
      List<FakeKafka.Pending> old = List.copyOf(kafka.pending);
      kafka.fail(0, new KafkaException("broken"));
      run.send();
      run.send();
      old.forEach(each -> each.callback().onCompletion(null, null));
      old.forEach(each -> each.callback().onCompletion(null, new KafkaException("late")));
      run.send();
      run.send();

      assertThat(run.account(0).waiting()).isEqualTo(10);
      assertThat(kafka.clients).hasValue(2);
    }
  }

  @Test
  void triesAgainWhenTheClientThrows() {
    kafka.isThrowing = true;
    try (Run run = start()) {
      run.append(0, "a", 0, 10);
      assertThat(run.rounds.send()).isPositive();
      assertThat(run.rounds.send()).isPositive();
      run.assertBalanced();
      kafka.isThrowing = false;
      run.send();
      kafka.acknowledgeAll();
      run.send();

      assertThat(kafka.events()).isEqualTo(Run.numbered("a", 0, 10));
      assertThat(run.account(0).resent()).isZero();
    }
  }

  @Test
  void asksAnAbsentKafkaOnceInARoundHoweverManyLanesWait() {
    kafka.isAway = true;
    try (Run run = Run.start(directory, kafka, Run.ids(1), 8)) {
      for (int lane = 0; lane < 8; lane++) {
        run.append(lane, "lane" + lane + "-", 0, 3);
      }
      run.rounds.send();
      assertThat(kafka.sends).hasValue(1);
      run.rounds.save();
      run.nowMs.addAndGet(3_000);
      run.rounds.publish(false);
      assertThat(kafka.sends).hasValue(2);
      run.rounds.publish(false);
      assertThat(kafka.sends).hasValue(2);

      kafka.isAway = false;
      run.send();
      kafka.acknowledgeAll();
      run.send();
      assertThat(kafka.events()).hasSize(24);
      assertThat(kafka.clients).hasValue(1);
    }
  }

  @Test
  void holdsBoundedMemoryWhileKafkaIsSilent() {
    UnaryOperator<TestJournal.Opening> large = opening -> opening.segmentBytes(4 * 1024 * 1024);
    try (Run run = Run.start(directory, kafka, large, 1)) {
      for (int i = 0; i < 60; i++) {
        TestJournal.appendKept(run.journal.journal.writer(0), "a" + i, 1024 * 1024);
      }
      run.send();
      assertThat(kafka.pending.size()).isBetween(31, 34);
      kafka.acknowledgeAll();
      run.send();
      kafka.acknowledgeAll();
      run.send();
      assertThat(kafka.events()).isEqualTo(Run.numbered("a", 0, 60));
    }
  }

  @Test
  void tellsAccountsInTheTopic() {
    try (Run run = start()) {
      run.append(0, "a", 0, 10);
      run.send();
      kafka.acknowledgeAll();
      run.append(0, "a", 10, 11);
      run.send();
      run.rounds.publish(true);
      kafka.acknowledgeAll();

      LaneAccounting account = kafka.accounts().values().iterator().next();
      assertThat(account.getStage()).isEqualTo("edge");
      assertThat(account.getEdge()).isEqualTo(run.journal.journal.edgeId());
      assertThat(account.getHighest()).isEqualTo(11);
      assertThat(account.getAcknowledged()).isEqualTo(10);
      assertThat(account.getWaiting()).isEqualTo(1);
    }
  }
}
