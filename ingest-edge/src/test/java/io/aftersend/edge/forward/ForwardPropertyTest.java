package io.aftersend.edge.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.journal.AppendOutcome;
import io.aftersend.edge.journal.LaneWriter;
import io.aftersend.edge.journal.Losses;
import io.aftersend.edge.journal.TestJournal;
import io.aftersend.schemas.accounting.LaneAccounting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Random histories of hits, losses, acknowledgements, failures, kills and boots against a model
/// that only knows what was kept.
class ForwardPropertyTest {
  private static final Logger log = LoggerFactory.getLogger(ForwardPropertyTest.class);
  private static final int HISTORIES = 30;
  private static final int STEPS = 60;
  private static final int LANES = 2;

  @TempDir Path directory;

  @Test
  void deliversWhatWasKeptInItsOrderAndBalancesTheAccounts() {
    long seed = System.nanoTime();
    log.info("Seed {}", seed);
    for (int i = 0; i < HISTORIES; i++) {
      String name = "seed " + seed + ", history " + i;
      try {
        new History(new Random(seed + i), directory.resolve("history" + i)).run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(name, e);
      }
    }
  }

  /// One edge's lives.
  private static final class History {
    private final Random random;
    private final Path directory;
    private final FakeKafka kafka = new FakeKafka();

    /// What each lane of each journal has kept.
    private final Map<String, List<String>> kept = new LinkedHashMap<>();

    private int life;
    private int boot;
    private Run run;

    History(Random random, Path directory) {
      this.random = random;
      this.directory = directory;
      this.run = start();
    }

    private Run start() {
      boot += random.nextInt(4) == 0 ? 1 : 0;
      return Run.start(
          directory.resolve("life" + life),
          kafka,
          opening ->
              opening.ids(random).boot("boot" + boot).segmentBytes(4096).budgetBytes(14 * 4096),
          LANES);
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        step();
        check();
      }
      kafka.isAway = false;
      int rounds = 0;
      do {
        run.send();
        kafka.acknowledgeAll();
        run.rounds.save();
        rounds++;
      } while (rounds < 100 && !(run.rounds.isCaughtUp() && kafka.pending.isEmpty()));
      run.rounds.publish(true);
      kafka.acknowledgeAll();
      checkEnd();
      run.close();
    }

    private void step() {
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> append();
        case 3, 4, 5 -> run.rounds.send();
        case 6, 7 -> acknowledgeSome();
        case 8 -> run.rounds.save();
        case 9 -> fail();
        case 10 -> kafka.isAway = !kafka.isAway;
        default -> restart();
      }
    }

    private void append() {
      int lane = random.nextInt(LANES);
      LaneWriter writer = run.journal.journal.writer(lane);
      int count = random.nextInt(30);
      if (random.nextInt(3) > 0) {
        // Time for the allocator; else records are lost since it is behind.
        int[] lengths = new int[count];
        Arrays.fill(lengths, 500);
        writer.reserve(lengths, Duration.ofSeconds(1));
      }
      for (int i = count; i > 0; i--) {
        String text = run.journal.journal.id() + '-' + lane + '-' + writer.nextSequence();
        if (TestJournal.append(writer, text, random.nextInt(600)) == AppendOutcome.KEPT) {
          kept.computeIfAbsent(run.journal.journal.id() + '|' + lane, key -> new ArrayList<>())
              .add(text);
        }
      }
    }

    private void acknowledgeSome() {
      for (int i = random.nextInt(60); i > 0 && !kafka.pending.isEmpty(); i--) {
        boolean isNext = random.nextInt(4) > 0;
        kafka.acknowledge(isNext ? 0 : random.nextInt(kafka.pending.size()));
      }
    }

    private void fail() {
      if (!kafka.pending.isEmpty()) {
        kafka.land(random.nextInt(kafka.pending.size()));
        kafka.failFrom(random.nextInt(kafka.pending.size()), new KafkaException("failed"));
      }
    }

    private void restart() {
      life++;
      Path next = directory.resolve("life" + life);
      if (random.nextBoolean()) {
        run.kill(next);
        if (!kafka.pending.isEmpty()) {
          kafka.land(random.nextInt(kafka.pending.size()));
        }
        kafka.pending.clear();
      } else {
        run.close();
        TestJournal.copy(directory.resolve("life" + (life - 1)), next);
      }
      run = start();
    }

    private void check() {
      for (LaneAccount account : run.rounds.accounts()) {
        assertThat(account.missing()).as(account.text()).isZero();
        assertThat(account.waiting()).as(account.text()).isNotNegative();
        assertThat(account.dropped().of(Losses.DAMAGED)).as(account.text()).isZero();
      }
    }

    private void checkEnd() {
      check();
      List<String> firsts = kafka.events().stream().distinct().toList();
      Map<String, LaneAccounting> accounts = kafka.accounts();
      kept.forEach(
          (lane, texts) -> {
            String prefix = lane.replace('|', '-') + '-';
            assertThat(firsts).filteredOn(text -> text.startsWith(prefix)).isEqualTo(texts);
            LaneAccounting account = accounts.get("edge|" + lane);
            assertThat(account).as(lane).isNotNull();
            assertThat(account.getAcknowledged()).as(lane).isEqualTo(texts.size());
            assertThat(account.getWaiting()).as(lane).isZero();
          });
    }
  }
}
