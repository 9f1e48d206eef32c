package io.aftersend.edge.publish;

import io.aftersend.edge.append.EventAppender;
import io.aftersend.edge.metrics.EdgeMetrics;
import io.aftersend.edge.metrics.EdgeMetrics.LossReason;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventKey;
import io.aftersend.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An appender whose events wait in a bounded queue in memory for one thread that publishes them.
/// Events of hits wait for Kafka until the edge stops; posted ones only while their sender waits.
public final class KafkaAppender implements EventAppender, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KafkaAppender.class);
  private static final long RETRY_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final Duration PRODUCER_CLOSE_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Topic<String, EmailEvent> topic;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final int capacity;
  private final long stallNs;
  private final EdgeMetrics metrics;
  private final LongSupplier nanoClock;

  private final Queue<Batch> queue = new ConcurrentLinkedQueue<>();

  /// Events in the queue.
  private final AtomicInteger queued = new AtomicInteger();

  /// Events in the queue or on their way.
  private final AtomicInteger unsettled = new AtomicInteger();

  /// When an event was last acknowledged, or began to wait while no other did.
  private final AtomicLong movedNs = new AtomicLong();

  private final Thread publisher = new Thread(this::publish, "edge-publisher");
  private final Object allSettled = new Object();

  /// Only touched by the publishing thread.
  private @Nullable Producer<byte[], byte[]> producer;

  private volatile boolean isFailing;
  private volatile boolean isIdle;
  private volatile boolean isClosed;

  /// @param capacity most events in the queue
  /// @param stallTimeout posts are refused at once when events wait and Kafka has acknowledged none
  ///   for this long
  /// @param nanoClock as [System#nanoTime()]
  public KafkaAppender(
      Topic<String, EmailEvent> topic,
      Supplier<Producer<byte[], byte[]>> producers,
      int capacity,
      Duration stallTimeout,
      EdgeMetrics metrics,
      LongSupplier nanoClock) {
    this.topic = topic;
    this.producers = producers;
    this.capacity = capacity;
    this.stallNs = stallTimeout.toNanos();
    this.metrics = metrics;
    this.nanoClock = nanoClock;
    metrics.gauge("queue_depth", "Events that wait to be sent to Kafka.", queued::get);
    metrics.gauge("unacknowledged", "Events that Kafka has not acknowledged yet.", unsettled::get);
  }

  /// Begins to publish.
  public void start() {
    publisher.start();
  }

  @Override
  public boolean append(EmailEvent event) {
    return offer(new Batch(List.of(event), null));
  }

  @Override
  public boolean append(List<EmailEvent> events, Receipt receipt) {
    return !isStalled() && offer(new Batch(List.copyOf(events), receipt));
  }

  private boolean offer(Batch batch) {
    int count = batch.size();
    if (isClosed) {
      return false;
    }
    if (queued.addAndGet(count) > capacity) {
      queued.addAndGet(-count);
      return false;
    }
    expect(count);
    queue.add(batch);
    if (isClosed) {
      // Closed since the look above: the closing thread may have emptied the queue before.
      loseQueued();
    } else if (isIdle) {
      LockSupport.unpark(publisher);
    }
    return true;
  }

  /// The time is set before the first event counts: else other threads would see an event that
  /// waits since the last acknowledgement, however long ago that was.
  private void expect(int count) {
    int present;
    do {
      present = unsettled.get();
      if (present == 0) {
        movedNs.set(nanoClock.getAsLong());
      }
    } while (!unsettled.compareAndSet(present, present + count));
  }

  /// Whether events wait and Kafka takes none.
  boolean isStalled() {
    return unsettled.get() > 0 && nanoClock.getAsLong() - movedNs.get() > stallNs;
  }

  /// The events that Kafka has not acknowledged yet.
  public int unacknowledged() {
    return unsettled.get();
  }

  /// Waits until Kafka has acknowledged everything, at most for `timeout`.
  ///
  /// @return how many events are left
  public int flush(Duration timeout) throws InterruptedException {
    long endNs = System.nanoTime() + timeout.toNanos();
    synchronized (allSettled) {
      long leftNs = timeout.toNanos();
      while (unsettled.get() > 0 && leftNs > 0) {
        TimeUnit.NANOSECONDS.timedWait(allSettled, leftNs);
        leftNs = endNs - System.nanoTime();
      }
    }
    return unsettled.get();
  }

  /// Stops to publish. Events that are left are lost, and counted so. Further calls do nothing.
  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(publisher);
    try {
      boolean hasStarted = publisher.getState() != Thread.State.NEW;
      if (hasStarted && !publisher.join(CLOSE_TIMEOUT)) {
        log.error("The publishing thread did not end within {}", CLOSE_TIMEOUT);
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    loseQueued();
  }

  private void publish() {
    try {
      while (!isClosed) {
        Batch batch = next();
        if (batch != null) {
          publish(batch);
        }
      }
    } finally {
      closeProducer();
      loseQueued();
    }
  }

  private @Nullable Batch next() {
    Batch batch = queue.poll();
    if (batch != null) {
      return batch;
    }
    isIdle = true;
    if (queue.isEmpty() && !isClosed) {
      LockSupport.parkNanos(this, LOOK_INTERVAL_NS);
    }
    isIdle = false;
    return queue.poll();
  }

  private void publish(Batch batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (!batch.isWanted()) {
        metrics.withdrawn(batch.size() - i);
        drop(batch, batch.size() - i);
        return;
      }
      publish(batch, batch.event(i));
    }
  }

  private void publish(Batch batch, EmailEvent event) {
    ProducerRecord<byte[], byte[]> record;
    try {
      record = topic.encode(EventKey.of(event), event, event.getIngestTime().toEpochMilli());
    } catch (SerializationException e) {
      log.error("An event cannot be encoded", e);
      queued.decrementAndGet();
      fail(batch, LossReason.NOT_ENCODED);
      return;
    }
    boolean isSent = false;
    while (!isSent && !isClosed && batch.isWanted()) {
      isSent = send(record, batch);
      if (!isSent) {
        LockSupport.parkNanos(this, RETRY_PAUSE_NS);
      }
    }
    queued.decrementAndGet();
    if (!isSent) {
      if (!isClosed) {
        metrics.withdrawn(1);
      }
      fail(batch, LossReason.SHUTDOWN);
    }
  }

  /// @return false when the record is not on its way and should be tried again
  private boolean send(ProducerRecord<byte[], byte[]> record, Batch batch) {
    try {
      Producer<byte[], byte[]> present = producer;
      if (present == null) {
        present = producers.get();
        producer = present;
      }
      Delivery delivery = new Delivery(batch);
      var _ = present.send(record, delivery);
      return delivery.leaveSend();
    } catch (KafkaException | IllegalStateException e) {
      reportFailure(e);
      closeProducer();
      return false;
    }
  }

  private void closeProducer() {
    Producer<byte[], byte[]> present = producer;
    producer = null;
    if (present != null) {
      present.close(PRODUCER_CLOSE_TIMEOUT);
    }
  }

  private void reportFailure(Exception error) {
    metrics.publishFailed(error);
    if (!isFailing) {
      isFailing = true;
      log.warn("Kafka does not take events, they wait in memory: {}", error.toString());
    }
  }

  private void acknowledge(Batch batch, long sentNs) {
    long nowNs = nanoClock.getAsLong();
    movedNs.set(nowNs);
    metrics.acknowledged(nowNs - sentNs);
    if (isFailing) {
      isFailing = false;
      log.info("Kafka takes events again");
    }
    batch.acknowledged();
    settled(1);
  }

  private void fail(Batch batch, LossReason reason) {
    if (!batch.hasReceipt()) {
      metrics.lost(reason);
    }
    batch.failed();
    settled(1);
  }

  /// Gives up events of the queue that nobody waits for.
  private void drop(Batch batch, int count) {
    queued.addAndGet(-count);
    batch.failed();
    settled(count);
  }

  private void loseQueued() {
    for (Batch batch = queue.poll(); batch != null; batch = queue.poll()) {
      for (int i = 0; i < batch.size() && !batch.hasReceipt(); i++) {
        metrics.lost(LossReason.SHUTDOWN);
      }
      drop(batch, batch.size());
    }
  }

  private void settled(int count) {
    if (unsettled.addAndGet(-count) == 0) {
      synchronized (allSettled) {
        allSettled.notifyAll();
      }
    }
  }

  /// The way of one event to Kafka.
  private final class Delivery implements Callback {
    private final Batch batch;
    private final long sentNs = nanoClock.getAsLong();
    private boolean isInSend = true;
    private boolean isRefusedInSend;

    Delivery(Batch batch) {
      this.batch = batch;
    }

    /// Called by the publishing thread, like a refusal within `send`.
    ///
    /// @return whether the event is on its way or done with
    boolean leaveSend() {
      isInSend = false;
      return !isRefusedInSend;
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception error) {
      if (error == null) {
        acknowledge(batch, sentNs);
        return;
      }
      if (error instanceof RetriableException
          && Thread.currentThread().equals(publisher)
          && isInSend) {
        reportFailure(error);
        isRefusedInSend = true;
        return;
      }
      metrics.publishFailed(error);
      if (!isClosed && !isFailing) {
        isFailing = true;
        log.error("Kafka refused an event for good: {}", error.toString());
      }
      fail(batch, isClosed ? LossReason.SHUTDOWN : LossReason.REFUSED_BY_KAFKA);
    }
  }
}
