package io.aftersend.processor.count;

import io.aftersend.processor.count.Deltas.BucketCounts;
import io.aftersend.processor.count.RejudgementMetrics.Result;
import io.aftersend.processor.hindsight.Hindsight;
import io.aftersend.processor.hindsight.HindsightMetrics;
import io.aftersend.processor.hindsight.HindsightStores;
import io.aftersend.processor.state.AgingStore;
import io.aftersend.processor.state.Initialised;
import io.aftersend.processor.verdict.RuleTable;
import io.aftersend.schemas.event.ApartChange;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.event.MessageRejudgement;
import io.aftersend.schemas.state.HitNote;
import io.aftersend.schemas.state.MessageFacts;
import io.aftersend.schemas.state.MessageHits;
import io.aftersend.schemas.state.TypeTally;
import io.aftersend.schemas.topic.AvroSerde;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Puts what a message comes to under changed rules in the place of what was known of it, and
/// forwards the events whose judgement changed. Counts follow by the difference.
///
/// Leaves a message as it is where an event has come since its rejudgement was worked out, or where
/// that was done by other rules than the processor's: the tables then show the old judgement, and
/// whoever compares them again finds it.
///
/// Shares the stores, and so the task, of [CountingProcessor], which passes the counts on.
public final class RejudgementProcessor
    extends ContextualProcessor<String, byte[], String, JudgedEvent> {
  private static final AvroSerde<MessageRejudgement> REJUDGEMENTS =
      AvroSerde.of(MessageRejudgement.class);
  private static final AvroSerde<MessageFacts> FACTS = AvroSerde.of(MessageFacts.class);
  private static final AvroSerde<MessageHits> HITS = AvroSerde.of(MessageHits.class);
  private static final AvroSerde<JudgedEvent> EVENTS = AvroSerde.of(JudgedEvent.class);

  private final CountingStores stores;
  private final HindsightStores hindsightStores;
  private final RuleTable rules;
  private final RejudgementMetrics metrics;
  private final HindsightMetrics hindsightMetrics;

  private @Nullable AgingStore<MessageFacts> facts;
  private @Nullable PendingCounts pending;
  private @Nullable Hindsight hindsight;

  public RejudgementProcessor(
      CountingStores stores,
      HindsightStores hindsightStores,
      RuleTable rules,
      RejudgementMetrics metrics,
      HindsightMetrics hindsightMetrics) {
    this.stores = stores;
    this.hindsightStores = hindsightStores;
    this.rules = rules;
    this.metrics = metrics;
    this.hindsightMetrics = hindsightMetrics;
  }

  @Override
  public void init(ProcessorContext<String, JudgedEvent> context) {
    super.init(context);
    facts = stores.facts(context);
    pending = stores.pending(context);
    hindsight = hindsightStores.hindsight(context, rules, hindsightMetrics);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    if (record.key() == null || record.value() == null || !Subject.isKey(record.key())) {
      metrics.onRejudgement(Result.UNDECODABLE);
      return;
    }
    try {
      MessageRejudgement rejudgement = REJUDGEMENTS.decode(record.value());
      List<JudgedEvent> revised = decoded(rejudgement.getRevised());
      Result result = take(record.key(), rejudgement, revised);
      metrics.onRejudgement(result);
      if (result == Result.TAKEN) {
        revised.forEach(event -> context().forward(record.withValue(event)));
      }
    } catch (SerializationException e) {
      // Nothing was changed yet, and nothing is lost: it can be worked out again.
      metrics.onRejudgement(Result.UNDECODABLE);
    }
  }

  private Result take(String key, MessageRejudgement rejudgement, List<JudgedEvent> revised) {
    if (!rejudgement.getRules().equals(rules.fingerprint())) {
      return Result.OTHER_RULES;
    }
    ByteBuffer counted = rejudgement.getFacts();
    if (counted == null) {
      return Result.TAKEN;
    }
    MessageFacts after = FACTS.decode(bytes(counted));
    ByteBuffer looked = rejudgement.getHits();
    List<HitNote> hits = looked == null ? List.of() : HITS.decode(bytes(looked)).getHits();
    List<JudgedEvent> hitEvents = decoded(rejudgement.getHitEvents());
    Subject subject = Subject.of(key);
    long nowMs = context().currentStreamTimeMs();
    AgingStore<MessageFacts> known = Initialised.of(facts);
    MessageFacts ofMessage = subject.isMessage() ? known.get(key, nowMs) : null;
    String factsKey = subject.factsKey(key, after.getCampaign(), ofMessage);
    MessageFacts before = factsKey.equals(key) ? ofMessage : known.get(factsKey, nowMs);
    if (before == null) {
      return Result.FORGOTTEN;
    }
    if (!totals(before).equals(totals(after))) {
      return Result.OTHER_EVENTS;
    }
    keepMemory(before, after);
    known.put(factsKey, after, nowMs);
    raiseRevisions(factsKey, hits, revised, nowMs);
    if (before.equals(after)) {
      // It was taken before, and what follows from its verdicts has followed.
      revised.forEach(event -> event.setVerdictBefore(event.getVerdict()));
    }
    Initialised.of(hindsight).replace(factsKey, hits, hitEvents, nowMs);
    String campaign = after.getCampaign();
    if (campaign != null) {
      Deltas deltas = Contributions.difference(before, after, subject.isPersonal());
      moveApart(after, campaign, rejudgement.getApart(), deltas);
      Initialised.of(pending).add(key.substring(0, key.indexOf('|')), campaign, deltas);
    }
    return Result.TAKEN;
  }

  /// What no verdict changes, and is known only here: how the events arrived.
  private static void keepMemory(MessageFacts before, MessageFacts after) {
    after.setIdsSpan(before.getIdsSpan());
    after.setIds(before.getIds());
    after.setIdsBefore(before.getIdsBefore());
    after.setUnchecked(before.getUnchecked());
    after.setBegun(before.getBegun());
    after.setIsLate(before.getIsLate());
  }

  /// Two sets of events, of which one holds the other, are the same where as many are in both.
  private static Map<String, Long> totals(MessageFacts facts) {
    Map<String, Long> totals = new HashMap<>();
    for (TypeTally tally : facts.getTallies()) {
      totals.put(tally.getName(), tally.getTotal());
    }
    return totals;
  }

  /// A revision that went out is not used twice, though the tables may not show it yet.
  private void raiseRevisions(
      String factsKey, List<HitNote> hits, List<JudgedEvent> revised, long nowMs) {
    Map<String, Long> revisions = new HashMap<>();
    Map<String, String> verdicts = new HashMap<>();
    for (HitNote note : Initialised.of(hindsight).remembered(factsKey, nowMs)) {
      revisions.put(note.getEventId(), note.getRevision());
      verdicts.put(note.getEventId(), note.getVerdict());
    }
    for (JudgedEvent event : revised) {
      long next = revisions.getOrDefault(event.getEventId(), 0L) + 1;
      event.setRevision(Math.max(event.getRevision(), next));
      event.setVerdictBefore(verdicts.getOrDefault(event.getEventId(), event.getVerdictBefore()));
      revisions.put(event.getEventId(), event.getRevision());
    }
    for (HitNote note : hits) {
      note.setRevision(Math.max(note.getRevision(), revisions.getOrDefault(note.getEventId(), 0L)));
    }
  }

  private static void moveApart(
      MessageFacts facts, String campaign, List<ApartChange> changes, Deltas deltas) {
    String zone = Facts.zone(facts);
    for (ApartChange change : changes) {
      deltas.fill(
          BucketKey.ofEvents(campaign, change.getName(), zone, change.getQuarter()),
          new BucketCounts(0, change.getHumanChange(), 0));
    }
  }

  private static List<JudgedEvent> decoded(List<ByteBuffer> events) {
    return events.stream().map(event -> EVENTS.decode(bytes(event))).toList();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
