package io.aftersend.query.live;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of the topic, read once for all readers of the live feed, by one thread, and only while
/// there are any. Safe for any thread.
final class Tail implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Tail.class);

  private static final Duration WAIT = Duration.ofMillis(500);
  private static final long START_TIMEOUT_MS = 8_000;
  private static final long RESTART_PAUSE_MS = 1_000;

  /// Longer than a reading takes, shorter than anybody waits for a stop.
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

  private final TopicReaders readers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Followers followers = new Followers();
  private final Thread thread;
  private @Nullable Positions positions;
  private boolean isClosed;

  private Tail(TopicReaders readers) {
    this.readers = readers;
    thread = Thread.ofPlatform().name("live-tail").daemon().unstarted(this::run);
  }

  static Tail start(TopicReaders readers) {
    Tail tail = new Tail(readers);
    tail.thread.start();
    return tail;
  }

  /// From now on the reader is offered every event of its tenant that lies at the returned
  /// positions or behind, in order, until [#leave].
  ///
  /// @return null where Kafka cannot be reached
  @Nullable Positions join(LiveReader reader) throws InterruptedException {
    lock.lock();
    try {
      followers.add(reader);
      changed.signalAll();
      long leftNs = TimeUnit.MILLISECONDS.toNanos(START_TIMEOUT_MS);
      while (positions == null && leftNs > 0 && !isClosed) {
        leftNs = changed.awaitNanos(leftNs);
      }
      if (positions == null) {
        followers.remove(reader);
      }
      return positions;
    } finally {
      lock.unlock();
    }
  }

  /// Offers nothing more to the reader.
  void leave(LiveReader reader) {
    lock.lock();
    try {
      followers.remove(reader);
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (awaitReaders()) {
        try (TopicReader reader = readers.openUnbounded()) {
          follow(reader);
        } catch (InterruptException e) {
          log.debug("Interrupted to stop while Kafka did not answer");
        } catch (KafkaException e) {
          log.warn("The live feed cannot read from Kafka: {}", e.toString());
          cutAll();
          Thread.sleep(RESTART_PAUSE_MS);
        }
      }
    } catch (InterruptedException e) {
      log.debug("Interrupted to stop");
    } finally {
      cutAll();
    }
  }

  private boolean awaitReaders() throws InterruptedException {
    lock.lock();
    try {
      while (followers.isEmpty() && !isClosed) {
        changed.await();
      }
      return !isClosed;
    } finally {
      lock.unlock();
    }
  }

  private void follow(TopicReader reader) {
    reader.seek(reader.end());
    boolean isWanted = offer(List.of(), reader.positions());
    while (isWanted) {
      isWanted = offer(reader.read(WAIT), reader.positions());
    }
  }

  /// Whether anybody is still there.
  private boolean offer(List<LiveEvent> events, Positions now) {
    lock.lock();
    try {
      events.forEach(followers::offer);
      followers.forEach(LiveReader::endIfStuck);
      boolean isWanted = !followers.isEmpty() && !isClosed;
      positions = isWanted ? now : null;
      changed.signalAll();
      return isWanted;
    } finally {
      lock.unlock();
    }
  }

  private void cutAll() {
    lock.lock();
    try {
      // Those that still wait for the first positions go on waiting.
      if (positions != null) {
        positions = null;
        followers.forEach(LiveReader::cutAsUnavailable);
        followers.clear();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Ends the feed within some seconds; its readers are told.
  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      // An interrupted consumer cannot be closed well, so only one that hangs is interrupted.
      if (!thread.join(STOP_TIMEOUT)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
