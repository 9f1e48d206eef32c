package io.aftersend.edge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.RunningEdge;
import io.aftersend.edge.append.EventAppender.Receipt;
import io.aftersend.edge.metrics.EdgeMetrics;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.topic.Topics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaAppenderTest {
  private static final int CAPACITY = 10;

  private final FlakyProducer kafka = new FlakyProducer();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final AtomicLong nowNs = new AtomicLong();
  private final AtomicInteger failuresToMake = new AtomicInteger();

  /// What "another thread" does just when the clock is read the next time.
  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

  private final KafkaAppender appender =
      new KafkaAppender(
          Topics.withPrefix("").emailEvents(),
          () -> {
            if (failuresToMake.getAndDecrement() > 0) {
              throw new KafkaException("no resolvable address");
            }
            return kafka;
          },
          CAPACITY,
          Duration.ofSeconds(10),
          new EdgeMetrics(registry),
          this::readClock);

  @AfterEach
  void stop() {
    appender.close();
  }

  private long readClock() {
    meanwhile.getAndSet(() -> {}).run();
    return nowNs.get();
  }

  private static EmailEvent event(String id) {
    EmailEvent event = new EmailEvent();
    event.setEventId(id);
    event.setTenant("acme");
    event.setType("sent");
    event.setSource("post");
    event.setEventTime(Instant.EPOCH);
    event.setIngestTime(Instant.EPOCH);
    event.setLabels(List.of());
    return event;
  }

  private double lost(String reason) {
    return registry.scrape().stream()
        .filter(m -> m.getMetadata().getName().equals("aftersend_edge_events_lost"))
        .flatMap(m -> ((CounterSnapshot) m).getDataPoints().stream())
        .filter(point -> reason.equals(point.getLabels().get("reason")))
        .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
        .sum();
  }

  private void awaitSent(int count) throws InterruptedException {
    RunningEdge.await(() -> kafka.history().size() == count);
  }

  /// A producer that at first has no metadata, and says so as the real one does.
  private static final class FlakyProducer extends MockProducer<byte[], byte[]> {
    final AtomicInteger timeoutsToMake = new AtomicInteger();

    FlakyProducer() {
      super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> record, Callback callback) {
      if (timeoutsToMake.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        TimeoutException noMetadata = new TimeoutException("no metadata");
        callback.onCompletion(null, noMetadata);
        return CompletableFuture.failedFuture(noMetadata);
      }
      return super.send(record, callback);
    }
  }

  private static final class FakeReceipt implements Receipt {
    volatile @Nullable Boolean result;
    volatile boolean isAwaited = true;

    @Override
    public void settle(boolean isDurable) {
      if (result == null) {
        result = isDurable;
      }
    }

    @Override
    public boolean isAwaited() {
      return isAwaited;
    }
  }

  @Test
  void settlesABatchWhenItsLastEventIsAcknowledged() throws Exception {
    appender.start();
    FakeReceipt receipt = new FakeReceipt();
    assertThat(appender.append(List.of(event("1"), event("2")), receipt)).isTrue();
    awaitSent(2);
    kafka.completeNext();
    assertThat(receipt.result).isNull();
    kafka.completeNext();
    assertThat(receipt.result).isTrue();
    assertThat(appender.flush(Duration.ofSeconds(10))).isZero();
  }

  @Test
  void failsABatchOfWhichOneEventIsRefused() throws Exception {
    appender.start();
    FakeReceipt receipt = new FakeReceipt();
    appender.append(List.of(event("1"), event("2")), receipt);
    awaitSent(2);
    kafka.errorNext(new RecordTooLargeException("too large"));
    kafka.completeNext();
    assertThat(receipt.result).isFalse();
    assertThat(lost("refused_by_kafka")).isZero();
  }

  @Test
  void countsAHitThatKafkaRefuses() throws Exception {
    appender.start();
    appender.append(event("1"));
    awaitSent(1);
    kafka.errorNext(new RecordTooLargeException("too large"));
    assertThat(lost("refused_by_kafka")).isEqualTo(1);
    assertThat(appender.unacknowledged()).isZero();
  }

  @Test
  void takesNoMoreThanItsCapacityAndBatchesWholeOrNotAtAll() {
    for (int i = 0; i < 8; i++) {
      assertThat(appender.append(event("" + i))).isTrue();
    }
    List<EmailEvent> three = List.of(event("a"), event("b"), event("c"));
    assertThat(appender.append(three, new FakeReceipt())).isFalse();
    assertThat(appender.unacknowledged()).isEqualTo(8);
    assertThat(appender.append(three.subList(0, 2), new FakeReceipt())).isTrue();
    assertThat(appender.append(event("x"))).isFalse();
  }

  @Test
  void sendsAgainWhatKafkaCouldNotTakeYet() throws Exception {
    kafka.timeoutsToMake.set(2);
    appender.start();
    appender.append(event("1"));
    awaitSent(1);
    assertThat(kafka.timeoutsToMake).hasValue(0);
    kafka.completeNext();
    assertThat(appender.flush(Duration.ofSeconds(10))).isZero();
    assertThat(lost("refused_by_kafka")).isZero();
  }

  @Test
  void makesItsProducerWhenKafkaCanBeFoundAtLast() throws Exception {
    failuresToMake.set(3);
    appender.start();
    appender.append(event("1"));
    awaitSent(1);
    kafka.completeNext();
    assertThat(appender.flush(Duration.ofSeconds(10))).isZero();
    assertThat(lost("shutdown")).isZero();
  }

  @Test
  void refusesPostsButTakesHitsWhileKafkaIsSilent() throws Exception {
    appender.start();
    appender.append(event("1"));
    awaitSent(1);
    nowNs.addAndGet(Duration.ofSeconds(10).toNanos());
    assertThat(appender.isStalled()).isFalse();
    nowNs.addAndGet(1);
    assertThat(appender.isStalled()).isTrue();
    assertThat(appender.append(List.of(event("2")), new FakeReceipt())).isFalse();
    assertThat(appender.append(event("3"))).isTrue();
    kafka.completeNext();
    assertThat(appender.append(List.of(event("4")), new FakeReceipt())).isTrue();
  }

  @Test
  void dropsPostedEventsThatNobodyWaitsFor() throws Exception {
    FakeReceipt receipt = new FakeReceipt();
    appender.append(List.of(event("1"), event("2")), receipt);
    appender.append(event("3"));
    receipt.isAwaited = false;
    appender.start();
    awaitSent(1);
    kafka.completeNext();
    assertThat(appender.flush(Duration.ofSeconds(10))).isZero();
    assertThat(kafka.history()).hasSize(1);
  }

  @Test
  void countsWhatIsLeftAtItsEnd() throws Exception {
    FakeReceipt receipt = new FakeReceipt();
    appender.append(event("1"));
    appender.append(List.of(event("2")), receipt);
    assertThat(appender.flush(Duration.ofMillis(10))).isEqualTo(2);
    appender.close();
    appender.close();
    assertThat(receipt.result).isFalse();
    assertThat(lost("shutdown")).isEqualTo(1);
    assertThat(appender.unacknowledged()).isZero();
    assertThat(appender.append(event("3"))).isFalse();
  }

  @Test
  void givesUpAndCountsAHitThatIsTakenWhileItCloses() {
    meanwhile.set(appender::close);
    assertThat(appender.append(event("1"))).isTrue();
    assertThat(appender.unacknowledged()).isZero();
    assertThat(lost("shutdown")).isEqualTo(1);
  }

  @Test
  void tellsTheSenderOfABatchThatIsTakenWhileItCloses() {
    FakeReceipt receipt = new FakeReceipt();
    meanwhile.set(appender::close);
    appender.append(List.of(event("1")), receipt);
    assertThat(receipt.result).isFalse();
    assertThat(appender.unacknowledged()).isZero();
  }

  @Test
  void isNotStalledByTheFirstEventAfterALongSilence() {
    nowNs.set(Duration.ofHours(1).toNanos());
    AtomicBoolean wasStalled = new AtomicBoolean();
    meanwhile.set(() -> wasStalled.set(appender.isStalled()));
    assertThat(appender.append(event("1"))).isTrue();
    assertThat(wasStalled).isFalse();
    assertThat(appender.isStalled()).isFalse();
  }

  @Test
  void acceptsItsOwnSettings() {
    try (var producer = KafkaProducers.idempotent("127.0.0.1:1").get()) {
      producer.close(Duration.ZERO);
    }
  }
}
