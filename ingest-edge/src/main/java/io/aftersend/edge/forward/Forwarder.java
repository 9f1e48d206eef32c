package io.aftersend.edge.forward;

import io.aftersend.edge.journal.Journal;
import io.aftersend.edge.journal.LaneReader;
import io.aftersend.edge.journal.LaneState;
import io.aftersend.edge.journal.OpenJournal;
import io.aftersend.schemas.topic.Topics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that carries the journal's events to Kafka, each lane in its order, and keeps account
/// of them. Kafka may come and go: what it has not acknowledged stays in the journal.
public final class Forwarder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Forwarder.class);
  private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long RETRY_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long NOTE_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(8);

  private final Journal journal;
  private final Topics topics;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final ForwarderConfig config;
  private final ForwardMetrics metrics;
  private final InstantSource clock;
  private final Thread thread = new Thread(this::run, "edge-forward");

  /// Only touched by the forwarding thread.
  private final List<JournalForwarder> journals = new ArrayList<>();

  private volatile List<LaneAccount> accounts = List.of();
  private volatile long damagedBytes;
  private volatile boolean isCaughtUp;
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
  /// in it until they are read to their end.
  public List<LaneAccount> accounts() {
    return accounts;
  }

  /// Bytes of earlier journals that were no valid records.
  public long damagedBytes() {
    return damagedBytes;
  }

  /// Events that Kafka has not acknowledged.
  public long waiting() {
    return accounts.stream().mapToLong(LaneAccount::waiting).sum();
  }

  /// Waits until Kafka has everything, at most for `timeout`. Only after all writers have ended.
  ///
  /// @return how many events are left; the next start sends them
  public long flush(Duration timeout) throws InterruptedException {
    long endNs = System.nanoTime() + timeout.toNanos();
    isCaughtUp = false;
    while (!isCaughtUp && !config.isPaused() && thread.isAlive() && System.nanoTime() - endNs < 0) {
      TimeUnit.NANOSECONDS.sleep(IDLE_NS);
    }
    return waiting();
  }

  private void run() {
    try (KafkaSender sender =
        new KafkaSender(
            topics.emailEvents().name(), topics.deadLetters(), producers, metrics, clock)) {
      AccountPublisher publisher =
          new AccountPublisher(
              topics.accounting(), journal.edgeId(), config.accountingInterval(), clock);
      open();
      long notedNs = System.nanoTime();
      while (!isClosed) {
        boolean hasMoved = !config.isPaused() && forward(sender);
        if (System.nanoTime() - notedNs > NOTE_INTERVAL_NS) {
          notedNs = System.nanoTime();
          note();
          publishAccounts(publisher, sender, false);
        }
        if (!hasMoved) {
          LockSupport.parkNanos(this, IDLE_NS);
        }
      }
      note();
      publishAccounts(publisher, sender, true);
    } catch (IOException | RuntimeException e) {
      log.error("The forwarder ended by a defect: events stay in the journal", e);
    } finally {
      journals.forEach(JournalForwarder::close);
    }
  }

  private void open() throws IOException {
    for (OpenJournal opened : journal.journals()) {
      List<LaneForwarder> lanes = new ArrayList<>();
      for (LaneReader reader : opened.lanes()) {
        lanes.add(new LaneForwarder(reader, clock));
      }
      journals.add(new JournalForwarder(opened, lanes));
    }
    damagedBytes =
        journals.stream()
            .flatMap(each -> each.lanes().stream())
            .mapToLong(LaneForwarder::damagedBytes)
            .sum();
    note();
  }

  private boolean forward(KafkaSender sender) throws IOException {
    boolean hasMoved = false;
    boolean isAllIdle = true;
    for (JournalForwarder each : journals) {
      for (LaneForwarder lane : each.lanes()) {
        hasMoved |= lane.advance(sender);
        isAllIdle &= lane.isIdle();
      }
    }
    sender.sendDeadLetters();
    if (sender.isBroken()) {
      sender.renew();
      for (JournalForwarder each : journals) {
        for (LaneForwarder lane : each.lanes()) {
          lane.restart();
        }
      }
      LockSupport.parkNanos(this, RETRY_PAUSE_NS);
    }
    if (isAllIdle && !hasMoved) {
      // Only now, since whoever waits for it looks at the accounts next.
      if (!isCaughtUp) {
        noteAccounts();
      }
      isCaughtUp = true;
    }
    return hasMoved;
  }

  /// Keeps what has been reached, and lets go of journals that are read to their end.
  private void note() throws IOException {
    for (JournalForwarder each : List.copyOf(journals)) {
      each.save();
    }
    noteAccounts();
  }

  private void noteAccounts() {
    accounts =
        journals.stream()
            .flatMap(each -> each.lanes().stream())
            .map(LaneForwarder::account)
            .toList();
  }

  private void publishAccounts(AccountPublisher publisher, KafkaSender sender, boolean isLast)
      throws IOException {
    if (config.isPaused()) {
      return;
    }
    boolean hasFinished = journals.stream().anyMatch(JournalForwarder::hasFinished);
    if (!publisher.isDue() && !isLast && !hasFinished) {
      return;
    }
    publisher.publish(accounts, sender);
    for (JournalForwarder each : List.copyOf(journals)) {
      if (each.hasFinished()) {
        journals.remove(each);
        each.finish();
        if (journals.size() == 1) {
          journal.hasSentAgain();
        }
      }
    }
  }

  /// Ends the forwarding; what is left waits in the journal. Further calls do nothing.
  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(thread);
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      if (!thread.join(CLOSE_TIMEOUT)) {
        log.error("The forwarding thread did not end within {}", CLOSE_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The lanes of one journal.
  private record JournalForwarder(OpenJournal journal, List<LaneForwarder> lanes) {
    boolean hasFinished() {
      return lanes.stream().allMatch(LaneForwarder::hasFinished);
    }

    void save() {
      for (LaneForwarder lane : lanes) {
        LaneState state = lane.state();
        try {
          if (state != null) {
            journal.save(lane.reader().lane(), state);
          }
        } catch (IOException e) {
          // The last checkpoint stands: what is between is sent twice, and counted once.
          log.error("Cannot write the checkpoint of journal {}: {}", journal.id(), e.toString());
        }
      }
    }

    void finish() throws IOException {
      journal.finish();
    }

    void close() {
      try {
        journal.close();
      } catch (IOException e) {
        log.error("Cannot close the checkpoint of journal {}: {}", journal.id(), e.toString());
      }
    }
  }
}
