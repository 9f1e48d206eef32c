package io.aftersend.processor.rejudge;

import io.aftersend.processor.count.Recounted;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.event.MessageRejudgement;
import io.aftersend.schemas.topic.AvroSerde;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongConsumer;

/// Passes over all events until none comes out otherwise than it is stored: each pass sends what
/// does to the processor and waits until the tables show what came of it. For one thread.
final class Swapping {
  private static final int MAX_PASSES = 5;

  /// After so many messages the first pass looks whether any processor takes them.
  private static final int PROBED = 100;

  private static final Duration LONGEST_READ = Duration.ofMinutes(1);
  private static final Duration LONGEST_STORE = Duration.ofSeconds(20);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final AvroSerde<MessageRejudgement> SERDE = AvroSerde.of(MessageRejudgement.class);

  private final Rejudge rejudge;
  private final EventLog log;
  private final RejudgementTopic topic;
  private final Selection selection;
  private final LongConsumer progress;
  private boolean isTaken;
  private long sent;

  Swapping(
      Rejudge rejudge,
      EventLog log,
      RejudgementTopic topic,
      Selection selection,
      LongConsumer progress) {
    this.rejudge = rejudge;
    this.log = log;
    this.topic = topic;
    this.selection = selection;
    this.progress = progress;
  }

  Swap run() throws InterruptedException {
    long remaining = 0;
    for (int pass = 1; pass <= MAX_PASSES; pass++) {
      Pass round = new Pass();
      rejudge.forEach(selection, round);
      if (round.differing == 0) {
        return new Swap(sent, pass, 0);
      }
      round.settle();
      remaining = round.differing;
    }
    return new Swap(sent, MAX_PASSES, remaining);
  }

  /// One of the last events that were sent.
  private record Sent(String tenant, String campaign, String message, String id, long revision) {
    static Sent of(JudgedEvent event) {
      return new Sent(
          event.getTenant(),
          HitRows.text(event.getCampaign()),
          HitRows.text(event.getMessage()),
          event.getEventId(),
          event.getRevision());
    }
  }

  private final class Pass implements Rejudge.Taker {
    private final Deque<Sent> last = new ArrayDeque<>();
    private long differing;
    private long read;

    @Override
    public void take(String key, List<JudgedEvent> before, Recounted after)
        throws InterruptedException {
      read += before.size();
      progress.accept(read);
      if (!after.isChanged()) {
        return;
      }
      differing++;
      MessageRejudgement record = after.record(rejudge.rules().fingerprint(), before);
      if (SERDE.encode(record).length > RejudgementTopic.MAX_BYTES) {
        return;
      }
      topic.send(key, record);
      sent++;
      last.addLast(Sent.of(after.revised().getFirst()));
      if (last.size() > PROBED) {
        last.removeFirst();
      }
      if (!isTaken && sent >= PROBED) {
        settle();
      }
    }

    @Override
    public void leave(String key) {
      // Told by the comparison.
    }

    /// Waits until the processor has read what was sent, and the tables show it.
    private void settle() throws InterruptedException {
      topic.flush();
      if (!topic.awaitRead(LONGEST_READ)) {
        if (!isTaken) {
          throw new StartupException(
              "no processor reads what is to change, within %d s: is one running, and up to date?"
                  .formatted(LONGEST_READ.toSeconds()));
        }
        while (!topic.awaitRead(LONGEST_READ)) {
          progress.accept(read);
        }
      }
      long endNs = System.nanoTime() + LONGEST_STORE.toNanos();
      long stored = stored();
      while (stored < last.size() && System.nanoTime() - endNs < 0) {
        Thread.sleep(LOOK_EVERY);
        stored = stored();
      }
      if (!isTaken && stored == 0 && !last.isEmpty()) {
        throw new StartupException(
            "the processor leaves everything as it is: start it with %s naming these rules (%s)"
                .formatted(ConfigKey.RULES_FILE.key(), rejudge.rules().fingerprint()));
      }
      isTaken = true;
    }

    private long stored() throws InterruptedException {
      long stored = 0;
      for (Sent one : last) {
        long known = log.revision(one.tenant, one.campaign, one.message, one.id);
        stored += known >= one.revision ? 1 : 0;
      }
      return stored;
    }
  }
}
