package io.aftersend.edge.forward;

import io.aftersend.edge.journal.Journal;
import io.aftersend.runtime.lifecycle.Threads;
import io.aftersend.schemas.topic.Topics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that carries the journal's events to Kafka, each lane in its order, and keeps account
/// of them. Kafka may come and go: what it has not acknowledged stays in the journal.
public final class Forwarder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Forwarder.class);
  private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long SAVE_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long DEFECT_PAUSE_NS = TimeUnit.SECONDS.toNanos(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(8);

  private final Journal journal;
  private final Topics topics;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final ForwarderConfig config;
  private final ForwardMetrics metrics;
  private final InstantSource clock;
  private final Thread thread = new Thread(this::run, "edge-forward");

  private volatile List<LaneAccount> accounts = List.of();
  private volatile long damagedBytes;
  private volatile @Nullable String problem;

  /// The number of the last call of [#flush], and of the last one that has what it waits for.
  private volatile int askedFlush;

  private volatile int doneFlush;
  private volatile boolean isClosed;

  /// @param journal its readers are this forwarder's from now on
  public Forwarder(
      Journal journal,
      Topics topics,
      Supplier<Producer<byte[], byte[]>> producers,
      ForwarderConfig config,
      PrometheusRegistry registry,
      InstantSource clock) {
    this.journal = journal;
    this.topics = topics;
    this.producers = producers;
    this.config = config;
    this.metrics = new ForwardMetrics(registry);
    this.clock = clock;
    metrics.show(this::accounts);
  }

  /// Begins to forward.
  public void start() {
    thread.start();
  }

  /// What has become of each lane's events, as of a moment ago. The lanes of earlier journals are
  /// in it from when they were looked through until they are read to their end.
  public List<LaneAccount> accounts() {
    return accounts;
  }

  /// Bytes of earlier journals that are missing or no valid records.
  public long damagedBytes() {
    return damagedBytes;
  }

  /// Events that Kafka has not acknowledged.
  public long waiting() {
    return accounts.stream().mapToLong(LaneAccount::waiting).sum();
  }

  /// What keeps events from being sent, in one line; null while nothing does. That Kafka is away is
  /// no problem.
  public @Nullable String problem() {
    boolean isDead = !thread.isAlive() && thread.getState() != Thread.State.NEW && !isClosed;
    return isDead ? "the forwarding thread has ended: " + problem : problem;
  }

  /// Waits until Kafka has everything, at most for `timeout`. Only after all writers have ended,
  /// for one thread.
  ///
  /// @return how many events are left; the next start sends them
  public long flush(Duration timeout) throws InterruptedException {
    long endNs = System.nanoTime() + timeout.toNanos();
    int asked = askedFlush + 1;
    askedFlush = asked;
    while (doneFlush != asked
        && !config.isPaused()
        && thread.isAlive()
        && System.nanoTime() - endNs < 0) {
      TimeUnit.NANOSECONDS.sleep(LOOK_INTERVAL_NS);
    }
    return waiting();
  }

  private void run() {
    try {
      run(new ForwardRounds(journal, topics, producers, config, metrics, clock));
    } catch (RuntimeException | Error e) {
      problem = e.toString();
      log.error("The forwarder ended by a defect: events stay in the journal", e);
    }
  }

  private void run(ForwardRounds rounds) {
    try (rounds) {
      save(rounds);
      long savedNs = System.nanoTime();
      while (!isClosed) {
        long restNs = round(rounds);
        if (System.nanoTime() - savedNs > SAVE_INTERVAL_NS) {
          savedNs = System.nanoTime();
          save(rounds);
        }
        if (restNs > 0) {
          LockSupport.parkNanos(this, restNs);
        }
      }
      save(rounds);
      if (!config.isPaused()) {
        rounds.publish(true);
      }
    }
    // What arrived while the client was closed is in it.
    show(rounds);
  }

  /// @return how long to rest
  private long round(ForwardRounds rounds) {
    if (config.isPaused()) {
      return SAVE_INTERVAL_NS;
    }
    int asked = askedFlush;
    try {
      long restNs = rounds.send();
      if (rounds.isCaughtUp() && doneFlush != asked) {
        // Only now, since whoever waits for it looks at the accounts next.
        show(rounds);
        doneFlush = asked;
      }
      return restNs;
    } catch (RuntimeException e) {
      return rest(e);
    }
  }

  private void save(ForwardRounds rounds) {
    try {
      rounds.save();
      show(rounds);
      if (!config.isPaused()) {
        rounds.publish(false);
      }
      problem = rounds.problem();
    } catch (RuntimeException e) {
      LockSupport.parkNanos(this, rest(e));
    }
  }

  private void show(ForwardRounds rounds) {
    accounts = rounds.accounts();
    damagedBytes = rounds.damagedBytes();
  }

  private long rest(RuntimeException defect) {
    problem = "the forwarder has a defect: " + defect;
    log.error("The forwarder has a defect and tries again", defect);
    return DEFECT_PAUSE_NS;
  }

  /// Ends the forwarding; what is left waits in the journal. Further calls do nothing.
  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(thread);
    Threads.join(thread, CLOSE_TIMEOUT);
  }
}
