package io.aftersend.edge.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.RunningEdge;
import io.aftersend.edge.journal.TestJournal;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The forwarding thread's life.
@Timeout(180)
class ForwarderTest {
  @TempDir Path directory;
  private final FakeKafka kafka = new FakeKafka();

  private Forwarder forwarder(TestJournal journal, boolean isPaused) {
    return forwarder(journal, isPaused, kafka::client);
  }

  private static Forwarder forwarder(
      TestJournal journal, boolean isPaused, Supplier<Producer<byte[], byte[]>> producers) {
    Forwarder forwarder =
        new Forwarder(
            journal.journal,
            FakeKafka.TOPICS,
            producers,
            new ForwarderConfig(isPaused, Duration.ofMillis(10)),
            new PrometheusRegistry(),
            InstantSource.system());
    forwarder.start();
    return forwarder;
  }

  private static void append(TestJournal journal, int count) {
    for (int i = 0; i < count; i++) {
      TestJournal.appendKept(journal.journal.writer(0), "a" + i, 50);
    }
  }

  @Test
  void flushesEverything() throws InterruptedException {
    kafka.isAcknowledging = true;
    try (TestJournal journal = TestJournal.in(directory).open(1, 0);
        Forwarder forwarder = forwarder(journal, false)) {
      for (int i = 1; i <= 20; i++) {
        append(journal, 30);
        assertThat(forwarder.flush(Duration.ofMinutes(1))).isZero();
        assertThat(kafka.events()).hasSize(30 * i);
      }
    }
  }

  @Test
  void endsInTimeThoughKafkaIsSilentAndTheNextStartSendsTheRest() throws InterruptedException {
    Random ids = new Random(4);
    try (TestJournal journal = TestJournal.in(directory).ids(ids).open(1, 0);
        Forwarder forwarder = forwarder(journal, false)) {
      append(journal, 30);
      RunningEdge.await(() -> forwarder.waiting() == 30);
      assertThat(forwarder.flush(Duration.ofMillis(500))).isEqualTo(30);
      assertThat(forwarder.problem()).isNull();
    }
    kafka.isAcknowledging = true;
    try (TestJournal journal = TestJournal.in(directory).ids(ids).open(1, 0);
        Forwarder forwarder = forwarder(journal, false)) {
      assertThat(forwarder.flush(Duration.ofMinutes(1))).isZero();
      assertThat(kafka.events()).hasSize(30).startsWith("a0").endsWith("a29");
    }
  }

  @Test
  void sendsNothingWhileItIsPaused() throws InterruptedException {
    kafka.isAcknowledging = true;
    try (TestJournal journal = TestJournal.in(directory).open(1, 0);
        Forwarder forwarder = forwarder(journal, true)) {
      append(journal, 30);
      RunningEdge.await(() -> forwarder.waiting() == 30);
      assertThat(forwarder.flush(Duration.ofMinutes(1))).isEqualTo(30);
    }
    assertThat(kafka.sends).hasValue(0);
  }

  @Test
  void showsThatItsThreadHasEnded() throws InterruptedException {
    Supplier<Producer<byte[], byte[]>> deadly =
        () -> {
          throw new NoClassDefFoundError("a broken installation");
        };
    try (TestJournal journal = TestJournal.in(directory).open(1, 0);
        Forwarder forwarder = forwarder(journal, false, deadly)) {
      assertThat(forwarder.problem()).isNull();
      append(journal, 1);
      RunningEdge.await(() -> forwarder.problem() != null);
      RunningEdge.await(() -> String.valueOf(forwarder.problem()).contains("broken installation"));
    }
  }
}
