package io.aftersend.processor.mailbox;

import io.aftersend.processor.count.Quarter;
import io.aftersend.processor.mailbox.MailBuckets.Bucket;
import io.aftersend.processor.state.AgingStore;
import io.aftersend.processor.state.Initialised;
import io.aftersend.processor.state.SumStore;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.metric.MailboxMail;
import io.aftersend.schemas.metric.MailboxMetrics;
import io.aftersend.schemas.state.KnownMail;
import io.aftersend.schemas.state.MailThread;
import io.aftersend.schemas.topic.AvroSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/// Adapts [Conversation] to Kafka Streams: keeps the mails of each conversation, and forwards every
/// mail and every quarter of the mailbox that changes, as a new version. Takes events under
/// [MailboxEvents#key(JudgedEvent)], without repeats.
public final class MailboxProcessor
    extends ContextualProcessor<String, JudgedEvent, String, SpecificRecord> {
  private static final String THREADS = "mail-threads";
  private static final String SUMS = "mailbox-sums";

  /// How long a conversation is kept after its last mail: as long as events may be dated back. One
  /// that was forgotten begins anew.
  private static final Duration KEPT = Duration.ofDays(400);

  /// Most mails kept of one conversation, so that a robot that reports everything under one thread
  /// does not grow the state. Further ones count as sent or received alone.
  static final int MAX_MAILS = 200;

  private final MailboxStageMetrics metrics;
  private @Nullable AgingStore<MailThread> threads;
  private @Nullable KeyValueStore<String, MailboxMetrics> sums;

  public MailboxProcessor(MailboxStageMetrics metrics) {
    this.metrics = metrics;
  }

  /// What makes the stores.
  public static List<StoreBuilder<?>> stores() {
    return List.of(
        AgingStore.builder(THREADS, KEPT, AvroSerde.of(MailThread.class)),
        SumStore.builder(SUMS, MailboxMetrics.class));
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    super.init(context);
    threads = new AgingStore<>(context.getStateStore(THREADS), KEPT);
    sums = context.getStateStore(SUMS);
  }

  @Override
  public void process(Record<String, JudgedEvent> record) {
    JudgedEvent event = record.value();
    KnownMail mail = MailRows.known(event);
    MailBuckets buckets = new MailBuckets();
    if (event.getThread() == null) {
      buckets.add(List.of(mail));
    } else {
      enter(record, mail, buckets);
    }
    buckets.changes().forEach((bucket, change) -> forward(record, bucket, change));
  }

  private void enter(Record<String, JudgedEvent> record, KnownMail mail, MailBuckets buckets) {
    AgingStore<MailThread> store = Initialised.of(threads);
    String key = record.key() + "|" + record.value().getThread();
    long nowMs = context().currentStreamTimeMs();
    MailThread known = store.get(key, nowMs);
    List<KnownMail> before = known == null ? List.of() : known.getMails();
    if (before.stream().anyMatch(other -> other.getId().equals(mail.getId()))) {
      return;
    }
    if (before.size() >= MAX_MAILS) {
      metrics.onOverflow();
      buckets.add(List.of(mail));
      return;
    }
    List<KnownMail> mails = new ArrayList<>(before);
    mails.add(mail);
    List<KnownMail> after = Conversation.answered(mails);
    store.put(key, new MailThread(after), nowMs);
    buckets.remove(before);
    buckets.add(after);
    forwardMails(record, before, after);
  }

  private void forwardMails(
      Record<String, JudgedEvent> record, List<KnownMail> before, List<KnownMail> after) {
    Map<String, Long> versions = new HashMap<>();
    before.forEach(known -> versions.put(known.getId(), known.getVersion()));
    for (KnownMail mail : after) {
      boolean isChanged = mail.getVersion() > versions.getOrDefault(mail.getId(), 0L);
      if (isChanged && !Conversation.isReply(mail)) {
        MailboxMail row = MailRows.row(record.value(), mail);
        String key = record.key() + "|" + row.getThread() + "|" + row.getEventId();
        context().forward(record.withKey(key).withValue(row));
      }
    }
  }

  private void forward(Record<String, JudgedEvent> record, Bucket bucket, MailCounts change) {
    KeyValueStore<String, MailboxMetrics> rows = Initialised.of(sums);
    Instant start = Quarter.start(bucket.quarter());
    String key =
        String.join(
            "|",
            record.key(),
            bucket.dimension(),
            Long.toString(start.toEpochMilli()),
            bucket.value());
    MailboxMetrics row = rows.get(key);
    if (row == null) {
      row = MailRows.empty(record.value(), bucket, start);
    }
    change.addTo(row);
    row.setVersion(row.getVersion() + 1);
    rows.put(key, row);
    context().forward(record.withKey(key).withValue(row));
  }
}
