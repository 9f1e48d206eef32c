package io.aftersend.edge.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.journal.Losses;
import io.aftersend.edge.journal.TestJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way of lanes into Kafka across kills and other boots of the machine.
class ForwardRestartTest {
  private static final int MANY = 1_400; // several times what is settled together

  @TempDir Path directory;
  @TempDir Path killed;
  private final FakeKafka kafka = new FakeKafka();

  private Run start() {
    return Run.start(directory, kafka, Run.ids(1), 1);
  }

  private Run startAgain() {
    return Run.start(killed, kafka, Run.ids(2), 1);
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
    run.assertBalanced();
    run.kill(killed);
    kafka.landed.clear();
    kafka.pending.clear();

    try (Run next = startAgain()) {
      next.send();
      assertThat(FakeKafka.text(kafka.pending.getFirst().record())).isEqualTo("a512");
      kafka.acknowledgeAll();
      next.send();
      assertThat(kafka.events()).isEqualTo(Run.numbered("a", 512, MANY));
      assertThat(next.account(0).acknowledged()).isZero();
      assertThat(next.account(1).acknowledged()).isEqualTo(MANY);
      next.assertBalanced();
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
        opening -> Run.ids(2).apply(opening).boot("another boot");
    Run half = Run.start(killed, kafka, otherBoot, 1);
    half.send();
    for (int i = 0; i < 600; i++) {
      kafka.acknowledge(0);
    }
    half.send();
    half.rounds.save();
    half.assertBalanced();
    half.kill(third);
    kafka.landed.clear();
    kafka.pending.clear();

    UnaryOperator<TestJournal.Opening> again =
        opening -> Run.ids(3).apply(opening).boot("another boot");
    try (Run last = Run.start(third, kafka, again, 1)) {
      last.send();
      kafka.acknowledgeAll();
      last.send();
      assertThat(kafka.events()).isEqualTo(Run.numbered("a", 0, MANY));
      LaneAccount account = last.account(1);
      assertThat(account.highest()).isEqualTo(MANY);
      assertThat(account.acknowledged()).isEqualTo(MANY);
      assertThat(account.resent()).isGreaterThanOrEqualTo(MANY);
      assertThat(account.dropped()).isEqualTo(Losses.NONE);
      last.assertBalanced();
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
      assertThat(kafka.events().stream().distinct()).isEqualTo(Run.numbered("a", 0, 200));
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
    Run run = Run.start(directory, kafka, Run.ids(1), 2);
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
          .containsAll(Run.numbered("b", 0, 10))
          .containsAll(Run.numbered("c", 0, 10));
      assertThat(next.rounds.problem()).contains("lane 0");
      assertThat(next.rounds.isCaughtUp()).isTrue();
    }
  }
}
