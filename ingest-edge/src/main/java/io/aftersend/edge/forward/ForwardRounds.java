package io.aftersend.edge.forward;

import io.aftersend.edge.journal.Journal;
import io.aftersend.schemas.topic.Topics;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the forwarding thread does again and again: lets every lane send something, keeps what was
/// reached, tells the accounts. Confined to that thread.
final class ForwardRounds implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ForwardRounds.class);
  private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Journal journal;
  private final DeadLetterBox dead;
  private final KafkaSender sender;
  private final AccountPublisher publisher;

  /// The journal of this start, which never finishes, and those of earlier ones.
  private final List<JournalForwarder> journals = new ArrayList<>();

  /// Bytes of journals that are finished.
  private long pastDamagedBytes;

  private int turn;
  private boolean isCaughtUp;
  private boolean hasSentAgain;
  private boolean isClosed;

  ForwardRounds(
      Journal journal,
      Topics topics,
      Supplier<Producer<byte[], byte[]>> producers,
      ForwarderConfig config,
      ForwardMetrics metrics,
      InstantSource clock) {
    this.journal = journal;
    this.dead = new DeadLetterBox(topics.deadLetters(), clock);
    this.sender = new KafkaSender(producers, metrics);
    this.publisher =
        new AccountPublisher(
            topics.accounting(), journal.edgeId(), config.accountingInterval(), clock);
    ForwardParts parts = new ForwardParts(topics.emailEvents().name(), dead, new UnderWay(), clock);
    journal.journals().forEach(each -> journals.add(new JournalForwarder(each, parts)));
  }

  /// One round of sending.
  ///
  /// @return how long to rest before the next; 0 when there is more to do
  long send() {
    sender.tryAgain();
    boolean hasMore = false;
    turn = (turn + 1) & Integer.MAX_VALUE;
    for (int i = 0; i < journals.size(); i++) {
      JournalForwarder each = journals.get((int) (((long) turn + i) % journals.size()));
      hasMore |= each.advance(sender, turn);
    }
    dead.send(sender);
    if (sender.isBroken()) {
      beginAgain();
      return sender.pauseNs();
    }
    isCaughtUp = !hasMore && journals.stream().allMatch(JournalForwarder::isIdle);
    return hasMore ? 0 : IDLE_NS;
  }

  private void beginAgain() {
    isCaughtUp = false;
    sender.renew();
    dead.clear();
    publisher.beginAgain();
    journals.forEach(JournalForwarder::restart);
  }

  /// Whether the last round found everything settled and nothing more.
  boolean isCaughtUp() {
    return isCaughtUp;
  }

  /// Keeps what has been reached.
  void save() {
    journals.forEach(JournalForwarder::save);
    if (!hasSentAgain && journals.stream().skip(1).allMatch(JournalForwarder::hasFinished)) {
      journal.hasSentAgain();
      hasSentAgain = true;
    }
  }

  List<LaneAccount> accounts() {
    return journals.stream().flatMap(each -> each.accounts().stream()).toList();
  }

  long damagedBytes() {
    return pastDamagedBytes + journals.stream().mapToLong(JournalForwarder::damagedBytes).sum();
  }

  /// What keeps events from being sent, Kafka apart, in one line; null when nothing does.
  @Nullable String problem() {
    String problems =
        journals.stream()
            .map(JournalForwarder::problem)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("; "));
    return problems.isEmpty() ? null : problems;
  }

  /// Tells the accounts where it is time, and lets go of earlier journals whose last account is
  /// told.
  ///
  /// @param isLast tells them in any case
  void publish(boolean isLast) {
    boolean hasFinished = journals.stream().anyMatch(JournalForwarder::hasFinished);
    if (!isLast && !publisher.isDue(hasFinished)) {
      return;
    }
    sender.tryAgain();
    publisher.publish(accounts(), sender);
    if (hasFinished && publisher.hasToldAll()) {
      for (JournalForwarder each : List.copyOf(journals)) {
        if (each.hasFinished()) {
          journals.remove(each);
          finish(each);
        }
      }
    }
  }

  private void finish(JournalForwarder finished) {
    pastDamagedBytes += finished.damagedBytes();
    publisher.forget(finished.accounts());
    try {
      finished.finish();
    } catch (IOException e) {
      log.error("Cannot end the reading of a journal: {}", e.toString());
    }
  }

  /// Gives what is under way a short time to arrive, and keeps what has been reached then. Further
  /// calls do nothing.
  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    sender.close();
    save();
    journals.forEach(JournalForwarder::close);
  }
}
