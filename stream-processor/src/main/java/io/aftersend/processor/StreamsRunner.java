package io.aftersend.processor;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running topology, and the only class that touches [KafkaStreams].
///
/// A thread that dies is replaced, since most errors pass; when threads die again and again, the
/// whole processor ends, loudly. Safe for any thread.
final class StreamsRunner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StreamsRunner.class);

  /// Deaths within [#FAILURE_WINDOW_MS] after which replacing threads makes no sense.
  private static final int MAX_FAILURES = 5;

  private static final long FAILURE_WINDOW_MS = Duration.ofMinutes(5).toMillis();

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

  private final KafkaStreams streams;
  private final CountDownLatch settled = new CountDownLatch(1);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final Deque<Long> failureTimesMs = new ArrayDeque<>();
  private final RunMarker marker;
  private final Clock clock;
  private final Runnable onFailure;

  private StreamsRunner(KafkaStreams streams, RunMarker marker, Clock clock, Runnable onFailure) {
    this.streams = streams;
    this.marker = marker;
    this.clock = clock;
    this.onFailure = onFailure;
  }

  /// Starts the topology.
  ///
  /// After a run that did not end cleanly, exactly-once processing cannot use the stores as they
  /// are. They are deleted at once then: Kafka Streams would find that out store by store, and dies
  /// on the way when a store has segments.
  ///
  /// @param settings of Kafka Streams
  /// @param onFailure called once when the topology has ended for good; see [#failure]
  static StreamsRunner start(
      Topology topology,
      Map<String, Object> settings,
      RunMarker marker,
      Clock clock,
      Runnable onFailure) {
    Properties properties = new Properties();
    properties.putAll(settings);
    KafkaStreams streams = new KafkaStreams(topology, properties);
    StreamsRunner runner = new StreamsRunner(streams, marker, clock, onFailure);
    if (marker.set()) {
      log.warn("The last run did not end cleanly: rebuilding the state from Kafka");
      streams.cleanUp();
    }
    runner.streams.setStateListener(runner::onState);
    runner.streams.setUncaughtExceptionHandler(runner::onThreadDeath);
    runner.streams.start();
    return runner;
  }

  /// Waits until the topology runs or has failed.
  void awaitRunning() throws InterruptedException {
    settled.await();
  }

  /// What ended the topology for good; null while it lives.
  @Nullable Throwable failure() {
    return failure.get();
  }

  /// The present metrics of Kafka Streams.
  Map<MetricName, ? extends Metric> metrics() {
    return streams.metrics();
  }

  /// What keeps events from being counted now; null while all is well.
  @Nullable String problem() {
    State state = streams.state();
    return state == State.RUNNING ? null : "Kafka Streams is " + state;
  }

  private void onState(State now, State before) {
    log.info("Kafka Streams: {} -> {}", before, now);
    if (now == State.RUNNING) {
      settled.countDown();
    } else if (now == State.ERROR || (now == State.NOT_RUNNING && !isClosed.get())) {
      fail(new IllegalStateException("Kafka Streams is " + now));
    }
  }

  private StreamThreadExceptionResponse onThreadDeath(Throwable cause) {
    log.error("A thread of the topology died", cause);
    if (isFailingAgainAndAgain(clock.millis()) || cause instanceof Error) {
      fail(cause);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private synchronized boolean isFailingAgainAndAgain(long nowMs) {
    failureTimesMs.addLast(nowMs);
    while (failureTimesMs.getFirst() < nowMs - FAILURE_WINDOW_MS) {
      failureTimesMs.removeFirst();
    }
    return failureTimesMs.size() >= MAX_FAILURES;
  }

  private void fail(Throwable cause) {
    if (failure.compareAndSet(null, cause)) {
      settled.countDown();
      onFailure.run();
    }
  }

  /// Stops the topology and leaves the group, so that the next start need not wait for a session to
  /// end. Further calls do nothing.
  @Override
  public void close() {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    long startNs = System.nanoTime();
    boolean isComplete =
        streams.close(
            CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE_TIMEOUT));
    if (isComplete && failure.get() == null) {
      marker.remove();
    }
    long tookMs = (System.nanoTime() - startNs) / 1_000_000;
    log.info(
        "Kafka Streams stopped in {} ms{}",
        tookMs,
        isComplete ? "" : "; some threads had not ended yet");
  }
}
