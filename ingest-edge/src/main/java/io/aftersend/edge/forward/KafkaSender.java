package io.aftersend.edge.forward;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The forwarder's Kafka client: made when it is needed, thrown away when it is broken. Confined to
/// the forwarding thread; Kafka's own thread only reports outcomes.
final class KafkaSender implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KafkaSender.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
  private static final long MIN_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int MAX_DOUBLINGS = 5;

  private final Supplier<Producer<byte[], byte[]>> producers;
  private final ForwardMetrics metrics;
  private final Thread thread = Thread.currentThread();

  private @Nullable Producer<byte[], byte[]> producer;
  private boolean isStalled;

  /// Clients thrown away since the last acknowledgement.
  private volatile int brokenInRow;

  /// Of the present client; what earlier ones report is void, since all that they had is sent
  /// again.
  private volatile int generation;

  /// Set by whatever makes the client useless.
  private volatile boolean isBroken;

  private volatile boolean isClosing;
  private volatile boolean isFailing;

  /// Made on the forwarding thread.
  KafkaSender(Supplier<Producer<byte[], byte[]>> producers, ForwardMetrics metrics) {
    this.producers = producers;
    this.metrics = metrics;
  }

  /// Hands Kafka's client a record. May wait for as long as the client waits for brokers and room.
  ///
  /// @param outcome told once if the record was taken and the client lives that long
  /// @return false when the client does not take it now
  boolean send(ProducerRecord<byte[], byte[]> record, Delivery.Outcome outcome) {
    if (isBroken) {
      return false;
    }
    try {
      Producer<byte[], byte[]> present = producer == null ? producers.get() : producer;
      producer = present;
      Delivery delivery = new Delivery(this, generation, outcome);
      var _ = present.send(record, delivery);
      boolean isTaken = delivery.leaveSend();
      isStalled |= !isTaken;
      return isTaken;
    } catch (RuntimeException e) {
      broken(e);
      return false;
    }
  }

  /// Whether the client has refused a record since the last call of [#tryAgain()]: others have to
  /// wait as well.
  boolean isStalled() {
    return isStalled || isBroken;
  }

  void tryAgain() {
    isStalled = false;
  }

  /// Whether the client must be thrown away, and all that is unsettled be sent again.
  boolean isBroken() {
    return isBroken;
  }

  /// The client is of no use any more. For any thread.
  void broken(Exception error) {
    failing(error);
    isBroken = true;
  }

  /// Throws the client away; the next record makes another.
  @SuppressWarnings("NonAtomicVolatileUpdate") // Only the forwarding thread writes.
  void renew() {
    closeProducer();
    generation = generation + 1;
    brokenInRow = brokenInRow + 1;
    isBroken = false;
  }

  /// How long to leave Kafka alone before the next client is made.
  long pauseNs() {
    return MIN_PAUSE_NS << Math.clamp(brokenInRow - 1L, 0, MAX_DOUBLINGS);
  }

  /// Whether a client is the present one. For any thread.
  boolean isOf(int ofGeneration) {
    return generation == ofGeneration;
  }

  /// Whether records that fail, fail since their client is being closed. For any thread.
  boolean isClosing() {
    return isClosing;
  }

  boolean isOnItsThread() {
    return Thread.currentThread().equals(thread);
  }

  /// Kafka did not take a record this time. For any thread.
  void failing(Exception error) {
    metrics.publishFailed(error);
    if (!isFailing) {
      isFailing = true;
      log.warn("Kafka does not take events, they wait in the journal: {}", error.toString());
    }
  }

  /// Kafka has a record. For any thread.
  void succeeded(long tookNs) {
    metrics.acknowledged(tookNs);
    if (isFailing) {
      isFailing = false;
      brokenInRow = 0;
      log.info("Kafka takes events again");
    }
  }

  private void closeProducer() {
    Producer<byte[], byte[]> present = producer;
    producer = null;
    if (present != null) {
      isClosing = true;
      try {
        present.close(CLOSE_TIMEOUT);
      } catch (RuntimeException e) {
        log.warn("Kafka's client did not close: {}", e.toString());
      }
      isClosing = false;
    }
  }

  /// Gives what is under way a short time to arrive.
  @Override
  public void close() {
    isBroken = true;
    closeProducer();
  }
}
