package io.aftersend.edge.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.journal.Losses;
import io.aftersend.edge.journal.TestJournal;
import io.aftersend.schemas.accounting.LaneAccounting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
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
  @TempDir Path killed;
  private final FakeKafka kafka = new FakeKafka();

  private static List<String> numbered(String prefix, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> prefix + i).toList();
  }

  private static UnaryOperator<TestJournal.Opening> ids(int seed) {
    return opening -> opening.ids(new Random(seed)).segmentBytes(64 * 1024);
  }

  private Run start() {
    return Run.start(directory, kafka, ids(1), 1);
  }

  private Run startAgain() {
    return Run.start(killed, kafka, ids(2), 1);
  }

  private static void assertBalanced(Run run) {
    for (LaneAccount account : run.rounds.accounts()) {
      assertThat(account.missing()).as(account.text()).isZero();
      assertThat(account.waiting()).as(account.text()).isNotNegative();
    }
  }

  @Test
  void sendsEachLaneInItsOrder() {
    try (Run run = Run.start(directory, kafka, ids(1), 2)) {
      run.append(0, "a", 0, MANY);
      run.append(1, "b", 0, MANY);
      run.send();
      kafka.acknowledgeAll();
      run.send();

      assertThat(kafka.events())
          .filteredOn(text -> text.startsWith("a"))
          .isEqualTo(numbered("a", 0, MANY));
      assertThat(kafka.events())
          .filteredOn(text -> text.startsWith("b"))
          .isEqualTo(numbered("b", 0, MANY));
      assertThat(run.rounds.isCaughtUp()).isTrue();
      assertThat(run.account(0).acknowledged()).isEqualTo(MANY);
      assertThat(run.account(0).lagBytes()).isZero();
      assertBalanced(run);
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
  void neverKeepsAPlaceBehindARecordThatIsNotAcknowledged() {
    Run run = start();
    run.append(0, "a", 0, MANY);
    run.send();
    while (kafka.pending.size() > 601) {
      kafka.acknowledge(kafka.pending.size() - 1);
    }
    for (int i = 0; i < 600; i++) {
      kafka.acknowledge(0);
    }
    assertThat(FakeKafka.text(kafka.pending.getFirst().record())).isEqualTo("a600");
    run.send();
    run.rounds.save();
    assertThat(run.account(0).waiting()).isBetween(1L, MANY - 512L);
    assertBalanced(run);
    run.kill(killed);
    kafka.landed.clear();
    kafka.pending.clear();

    try (Run next = startAgain()) {
      next.send();
      assertThat(FakeKafka.text(kafka.pending.getFirst().record())).isEqualTo("a512");
      kafka.acknowledgeAll();
      next.send();
      assertThat(kafka.events()).isEqualTo(numbered("a", 512, MANY));
      assertThat(next.account(0).acknowledged()).isZero();
      assertThat(next.account(1).acknowledged()).isEqualTo(MANY);
      assertBalanced(next);
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
      assertBalanced(run);
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

      assertThat(kafka.events().stream().distinct()).isEqualTo(numbered("a", 0, MANY));
      assertThat(run.account(0).acknowledged()).isEqualTo(MANY);
      assertThat(run.account(0).resent()).isEqualTo(MANY - 512);
      assertBalanced(run);
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
      assertBalanced(run);
      kafka.isThrowing = false;
      run.send();
      kafka.acknowledgeAll();
      run.send();

      assertThat(kafka.events()).isEqualTo(numbered("a", 0, 10));
      assertThat(run.account(0).resent()).isZero();
    }
  }

  @Test
  void asksAnAbsentKafkaOnceInARoundHoweverManyLanesWait() {
    kafka.isAway = true;
    try (Run run = Run.start(directory, kafka, ids(1), 8)) {
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
      assertThat(kafka.events()).isEqualTo(numbered("a", 0, 60));
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

  @Test
  void tellsAnAccountAgainThatTheLastClientTookWithIt() {
    Run run = start();
    run.append(0, "a", 0, 10);
    run.kill(killed);
    try (Run next = startAgain()) {
      next.send();
      kafka.acknowledgeAll();
      next.send();
      next.rounds.save();
      next.rounds.publish(true);
      assertThat(next.rounds.accounts()).hasSize(1);
      next.append(0, "b", 0, 1);
      next.send();
      kafka.fail(1, new KafkaException("broken"));
      next.send();
      next.nowMs.addAndGet(100_000);
      next.rounds.publish(false);
      kafka.acknowledgeAll();

      assertThat(kafka.accounts().values())
          .anyMatch(account -> account.getAcknowledged() == 10 && account.getWaiting() == 0);
    }
  }

  @Test
  void sendsWhatIsKeptAgainAfterAnotherBootAndAddsItToNoSum(@TempDir Path third) {
    Run run = start();
    run.append(0, "a", 0, MANY);
    run.send();
    kafka.acknowledgeAll();
    run.send();
    run.rounds.save();
    run.kill(killed);
    kafka.landed.clear();

    UnaryOperator<TestJournal.Opening> otherBoot =
        opening -> ids(2).apply(opening).boot("another boot");
    Run half = Run.start(killed, kafka, otherBoot, 1);
    half.send();
    for (int i = 0; i < 600; i++) {
      kafka.acknowledge(0);
    }
    half.send();
    half.rounds.save();
    assertBalanced(half);
    half.kill(third);
    kafka.landed.clear();
    kafka.pending.clear();

    UnaryOperator<TestJournal.Opening> again =
        opening -> ids(3).apply(opening).boot("another boot");
    try (Run last = Run.start(third, kafka, again, 1)) {
      last.send();
      kafka.acknowledgeAll();
      last.send();
      assertThat(kafka.events()).isEqualTo(numbered("a", 0, MANY));
      LaneAccount account = last.account(1);
      assertThat(account.highest()).isEqualTo(MANY);
      assertThat(account.acknowledged()).isEqualTo(MANY);
      assertThat(account.resent()).isGreaterThanOrEqualTo(MANY);
      assertThat(account.dropped()).isEqualTo(Losses.NONE);
      assertBalanced(last);
    }
  }

  @Test
  void missesNothingOfWhatTheBudgetGaveUp() throws InterruptedException {
    UnaryOperator<TestJournal.Opening> tight =
        opening -> opening.segmentBytes(4096).budgetBytes(5 * 4096);
    Run run = Run.start(directory, kafka, tight, 1);
    for (int i = 0; i < 200; i++) {
      run.append(0, "a", i, i + 1);
      run.send();
      kafka.acknowledgeAll();
      run.send();
      if (i % 20 == 0) {
        run.rounds.save();
      }
    }
    run.kill(killed);
    try (Run next = startAgain()) {
      next.send();
      kafka.acknowledgeAll();
      next.send();
      assertThat(kafka.events().stream().distinct()).isEqualTo(numbered("a", 0, 200));
      assertThat(next.account(1).acknowledged()).isEqualTo(200);
      assertThat(next.account(1).dropped()).isEqualTo(Losses.NONE);
    }
  }

  @Test
  void letsGoOfAnEarlierJournalOnceItsLastAccountIsTold() {
    Run run = start();
    run.append(0, "a", 0, 10);
    run.kill(killed);
    try (Run next = startAgain()) {
      next.send();
      kafka.acknowledgeAll();
      next.send();
      next.rounds.save();
      kafka.isAway = true;
      next.rounds.publish(false);
      assertThat(next.rounds.accounts()).hasSize(2);
      kafka.isAway = false;
      next.nowMs.addAndGet(100_000);
      next.rounds.publish(false);
      kafka.acknowledgeAll();

      assertThat(next.rounds.accounts()).hasSize(1);
      assertThat(kafka.accounts().values())
          .anyMatch(account -> account.getAcknowledged() == 10 && account.getWaiting() == 0);
    }
  }

  @Test
  void goesOnWithTheOthersWhenOneLaneCannotBeRead() throws IOException {
    Run run = Run.start(directory, kafka, ids(1), 2);
    run.append(0, "a", 0, 10);
    run.append(1, "b", 0, 10);
    run.kill(killed);
    Path broken = TestJournal.segments(killed).getFirst();
    Files.delete(broken);
    Files.createDirectory(broken);
    try (Run next = startAgain()) {
      next.append(0, "c", 0, 10);
      next.send();
      kafka.acknowledgeAll();
      next.send();
      next.rounds.save();

      assertThat(kafka.events())
          .containsAll(numbered("b", 0, 10))
          .containsAll(numbered("c", 0, 10));
      assertThat(next.rounds.problem()).contains("lane 0");
      assertThat(next.rounds.isCaughtUp()).isTrue();
    }
  }
}
