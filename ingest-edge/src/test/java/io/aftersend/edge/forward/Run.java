package io.aftersend.edge.forward;

import io.aftersend.edge.journal.TestJournal;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

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
}
