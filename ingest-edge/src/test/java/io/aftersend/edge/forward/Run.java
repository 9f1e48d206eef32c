package io.aftersend.edge.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.journal.TestJournal;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// One life of an edge's journal and forwarding, in steps on the test's own thread.
final class Run implements AutoCloseable {
  final TestJournal journal;
  final ForwardRounds rounds;
  final AtomicLong nowMs;
  private final Path directory;

  private Run(Path directory, TestJournal journal, FakeKafka kafka, AtomicLong nowMs) {
    this.directory = directory;
    this.journal = journal;
    this.nowMs = nowMs;
    this.rounds =
        new ForwardRounds(
            journal.journal,
            FakeKafka.TOPICS,
            kafka::client,
            new ForwarderConfig(false, Duration.ofSeconds(2)),
            new ForwardMetrics(new PrometheusRegistry()),
            () -> Instant.ofEpochMilli(nowMs.get()));
  }

  static Run start(
      Path directory, FakeKafka kafka, UnaryOperator<TestJournal.Opening> how, int lanes) {
    AtomicLong nowMs = new AtomicLong(1_800_000_000_000L);
    return new Run(
        directory,
        how.apply(TestJournal.in(directory).clock(() -> Instant.ofEpochMilli(nowMs.get())))
            .open(lanes, 0),
        kafka,
        nowMs);
  }

  void append(int lane, String prefix, int from, int to) {
    for (int i = from; i < to; i++) {
      TestJournal.appendKept(journal.journal.writer(lane), prefix + i, 100);
    }
  }

  /// Sends until there is nothing to send at present.
  void send() {
    while (rounds.send() == 0) {
      // Goes on.
    }
  }

  /// Leaves what `kill -9` would leave in another directory.
  void kill(Path to) {
    TestJournal.copy(directory, to);
    journal.close();
  }

  LaneAccount account(int index) {
    return rounds.accounts().get(index);
  }

  @Override
  public void close() {
    rounds.close();
    journal.close();
  }

  /// Texts of records: the prefix with each number.
  static List<String> numbered(String prefix, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> prefix + i).toList();
  }

  /// Small segments, and ids that differ from start to start.
  static UnaryOperator<TestJournal.Opening> ids(int seed) {
    return opening -> opening.ids(new Random(seed)).segmentBytes(64 * 1024);
  }

  /// Nothing is in none of the account's sums.
  void assertBalanced() {
    for (LaneAccount account : rounds.accounts()) {
      assertThat(account.missing()).as(account.text()).isZero();
      assertThat(account.waiting()).as(account.text()).isNotNegative();
    }
  }
}
