package io.aftersend.processor.sink;

import io.aftersend.processor.sink.RowInserter.UnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads rows from Kafka, inserts them, and commits their offsets then. What was inserted but not
/// committed is read and inserted again, as the same rows. For one thread.
final class SinkLoop {
  private static final Logger log = LoggerFactory.getLogger(SinkLoop.class);

  private static final Duration IDLE_POLL = Duration.ofMillis(500);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Consumer<byte[], byte[]> consumer;
  private final SinkBatch batch;
  private final BatchWriter writer;
  private final SinkPart.Batching batching;
  private final SinkMetrics metrics;
  private final Clock clock;
  private final AtomicReference<@Nullable String> problem;
  private final AtomicBoolean isStopping;

  /// When the last batch was begun to be written, epoch milliseconds. Rows that come later than the
  /// linger after it need not wait for company.
  private long lastWriteMs;

  /// Grows whenever partitions go away: rows read before are no longer ours to commit.
  private long assignment;

  SinkLoop(
      Consumer<byte[], byte[]> consumer,
      SinkBatch batch,
      BatchWriter writer,
      SinkPart.Batching batching,
      SinkMetrics metrics,
      Clock clock,
      AtomicReference<@Nullable String> problem,
      AtomicBoolean isStopping) {
    this.consumer = consumer;
    this.batch = batch;
    this.writer = writer;
    this.batching = batching;
    this.metrics = metrics;
    this.clock = clock;
    this.problem = problem;
    this.isStopping = isStopping;
  }

  /// Joins the group.
  void subscribe(List<String> topics) {
    consumer.subscribe(topics, new ForgetOnRebalance());
  }

  /// Runs until a stop is asked for. What waits then is left to the next start.
  void run() throws InterruptedException {
    while (!isStopping.get()) {
      step();
    }
  }

  /// Polls once, and writes the batch when it is due.
  void step() throws InterruptedException {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(untilDue())) {
      batch.add(record);
    }
    if (!batch.hasRead() && !consumer.assignment().isEmpty()) {
      problem.set(null);
    }
    reportLag();
    boolean isDue = batch.size() >= batching.rows() || untilDue().isZero();
    if (batch.hasRead() && isDue) {
      writeAndCommit();
    }
  }

  private Duration untilDue() {
    if (!batch.hasRead()) {
      return IDLE_POLL;
    }
    long lingerMs = batching.linger().toMillis();
    long sinceMs = clock.millis() - lastWriteMs;
    return Duration.ofMillis(Math.clamp(lingerMs - sinceMs, 0, lingerMs));
  }

  private void writeAndCommit() throws InterruptedException {
    lastWriteMs = clock.millis();
    long assignmentAtStart = assignment;
    Duration pause = FIRST_PAUSE;
    while (!isStopping.get()) {
      try {
        writer.write(batch);
        problem.set(null);
        commit();
        return;
      } catch (UnavailableException e) {
        if (problem.getAndSet(e.getMessage()) == null) {
          log.warn("{}; trying again until it works", e.getMessage());
        }
        waitInGroup(pause);
        if (assignment != assignmentAtStart) {
          return;
        }
        pause = longer(pause);
      }
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  /// Waits without reading on. Polling keeps the membership of the group.
  private void waitInGroup(Duration pause) {
    consumer.pause(consumer.assignment());
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(pause)) {
      // Only partitions assigned during this very poll are not paused.
      batch.add(record);
    }
    consumer.resume(consumer.assignment());
  }

  private void commit() {
    metrics.onBatchStored(batching.part(), clock.millis() - batch.oldestTimestampMs());
    batch.clear();
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      offsets.put(partition, new OffsetAndMetadata(consumer.position(partition)));
    }
    try {
      consumer.commitSync(offsets);
    } catch (CommitFailedException
        | RebalanceInProgressException
        | RetriableCommitFailedException e) {
      log.info("Offsets not committed; their rows will be written again: {}", e.getMessage());
    }
  }

  private void reportLag() {
    Map<String, Long> lags = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      long lag = consumer.currentLag(partition).orElse(0);
      lags.merge(partition.topic(), lag, Long::sum);
    }
    lags.forEach(metrics::onLag);
  }

  /// Forgets what waits when partitions go: whoever has them next reads from the last commit.
  private final class ForgetOnRebalance implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      batch.clear();
      assignment++;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      log.info("Reading {}", partitions);
    }
  }
}
