package io.aftersend.processor.count;

import io.aftersend.processor.accounting.Arrival;
import io.aftersend.processor.accounting.LaneLedger;
import io.aftersend.processor.accounting.LedgerStores;
import io.aftersend.processor.count.CountMetrics.Uncounted;
import io.aftersend.processor.enrich.Enrichment;
import io.aftersend.processor.hindsight.Hindsight;
import io.aftersend.processor.hindsight.HindsightMetrics;
import io.aftersend.processor.hindsight.HindsightStores;
import io.aftersend.processor.hindsight.Rejudged;
import io.aftersend.processor.hindsight.Review;
import io.aftersend.processor.state.AgingStore;
import io.aftersend.processor.state.Initialised;
import io.aftersend.processor.verdict.Anchor;
import io.aftersend.processor.verdict.RuleTable;
import io.aftersend.processor.verdict.Verdict;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.state.MessageFacts;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Adapts counting to Kafka Streams: drops repeats, keeps the facts, and forwards the event to
/// store, with earlier ones that it shows in another light, at once and the added deltas before
/// each commit.
///
/// How many ids of a message are remembered stands in its facts under the event's key, so that no
/// look-up is spent on it.
///
/// Facts lie under the event's key together with the first campaign that its events name. Events of
/// a message that name another campaign have facts of their own, and events of a message that name
/// none belong to the first. Other keys have facts per campaign.
public final class CountingProcessor
    extends ContextualProcessor<String, JudgedEvent, String, SpecificRecord> {
  private final CountingStores stores;
  private final HindsightStores hindsightStores;
  private final RuleTable rules;
  private final Enrichment enrichment;
  private final LedgerStores ledgerStores;
  private final IdLimit idLimit;
  private final FactsLife factsLife;
  private final CountMetrics metrics;
  private final HindsightMetrics hindsightMetrics;

  private @Nullable LaneLedger ledger;
  private @Nullable AgingStore<MessageFacts> facts;
  private @Nullable PendingCounts pending;
  private @Nullable Hindsight hindsight;

  public CountingProcessor(
      CountingStores stores,
      HindsightStores hindsightStores,
      RuleTable rules,
      Enrichment enrichment,
      LedgerStores ledgerStores,
      IdLimit idLimit,
      FactsLife factsLife,
      CountMetrics metrics,
      HindsightMetrics hindsightMetrics) {
    this.stores = stores;
    this.hindsightStores = hindsightStores;
    this.rules = rules;
    this.enrichment = enrichment;
    this.ledgerStores = ledgerStores;
    this.idLimit = idLimit;
    this.factsLife = factsLife;
    this.metrics = metrics;
    this.hindsightMetrics = hindsightMetrics;
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    super.init(context);
    LaneLedger book = ledgerStores.ledger(context);
    ledger = book;
    facts = stores.facts(context);
    hindsight = hindsightStores.hindsight(context, rules, hindsightMetrics);
    PendingCounts counts = stores.pending(context);
    pending = counts;
    stores.beforeCommit(
        context,
        () -> {
          flush(counts);
          long timestampMs = context.currentStreamTimeMs();
          book.flush((key, lane) -> context.forward(new Record<>(key, lane, timestampMs)));
        });
  }

  private void flush(PendingCounts counts) {
    long timestampMs = context().currentStreamTimeMs();
    counts.flush((key, delta) -> context().forward(new Record<>(key, delta, timestampMs)));
  }

  @Override
  public void process(Record<String, JudgedEvent> record) {
    long nowMs = context().currentStreamTimeMs();
    JudgedEvent event = record.value();
    Arrival arrival = Initialised.of(ledger).take(record.key(), event, nowMs);
    if (arrival != Arrival.FIRST) {
      metrics.onCameBefore(arrival);
      return;
    }
    if (event.getType().equals(EventType.BOUNCED.wireName())) {
      BounceClass bounceClass = EventKind.bounceClass(EventType.BOUNCED, event);
      event.setBounceClass(bounceClass == null ? null : bounceClass.wireName());
    }
    String ownVerdict = event.getVerdict();
    List<Rejudged> rejudged = count(record.key(), event, nowMs);
    if (!event.getVerdict().equals(ownVerdict)) {
      enrichAgain(event);
    }
    context().forward(record.withValue(event));
    for (Rejudged earlier : rejudged) {
      enrichAgain(earlier.event());
      context().forward(record.withValue(earlier.event()));
    }
    PendingCounts counts = Initialised.of(pending);
    if (counts.isFull()) {
      flush(counts);
    }
  }

  /// Only a person's hit tells a person's machine and place. One that is a person's again has been
  /// stored with them, and counts there.
  private void enrichAgain(JudgedEvent judgedAnew) {
    EventType type = EventType.ofWireName(judgedAnew.getType());
    if (type != null && !judgedAnew.getVerdict().equals(Verdict.HUMAN.wireName())) {
      enrichment.enrich(type, judgedAnew);
    }
  }

  /// Counts an event, gives it its judgement, and tells which earlier ones have another now.
  private List<Rejudged> count(String key, JudgedEvent event, long nowMs) {
    Subject subject = Subject.of(key);
    AgingStore<MessageFacts> known = Initialised.of(facts);
    MessageFacts ofMessage = subject.isMessage() ? known.get(key, nowMs) : null;
    boolean isChecked = idLimit.hasRoom(ofMessage, nowMs);
    if (isChecked) {
      Initialised.of(ledger).remember(key, event, nowMs);
    } else {
      metrics.onUnchecked();
    }
    if (event.getCampaign() == null && ofMessage != null) {
      event.setCampaign(ofMessage.getCampaign());
    }
    Uncounted reason = reasonNotToCount(event, subject);
    if (reason != null) {
      event.setCounted(false);
      if (event.getCampaign() != null) {
        Initialised.of(pending).mention(event.getTenant(), event.getCampaign());
      }
      metrics.onUncounted(reason);
      if (subject.isMessage() && isChecked) {
        known.put(key, idLimit.withOneMore(ofMessage, nowMs), nowMs);
      }
      return List.of();
    }
    String factsKey = subject.factsKey(key, event.getCampaign(), ofMessage);
    MessageFacts before = factsKey.equals(key) ? ofMessage : known.get(factsKey, nowMs);
    Review review =
        subject.isMessage()
            ? judge(Initialised.of(hindsight), factsKey, before, event, nowMs)
            : null;
    boolean isLate = subject.isPersonal() && factsLife.tellsLateness(before, event);
    Counting counting =
        Counting.of(before, event, new Standing(isChecked, isLate), subject.isPersonal(), review);
    MessageFacts after = counting.facts();
    if (subject.isMessage() && isChecked) {
      if (factsKey.equals(key)) {
        idLimit.countOneMore(after, nowMs);
      } else {
        known.put(key, idLimit.withOneMore(ofMessage, nowMs), nowMs);
      }
    }
    known.put(factsKey, after, nowMs);
    if (review != null) {
      Initialised.of(hindsight).keep(factsKey, review, nowMs);
    }
    String campaign = after.getCampaign();
    if (campaign != null) {
      Initialised.of(pending).add(event.getTenant(), campaign, counting.deltas());
    }
    metrics.onCounted(event.getType());
    if (after.getIsLate()) {
      metrics.onLate();
    }
    if (counting.isQuarterLost()) {
      metrics.onLostQuarter();
    }
    counting.overflows().forEach(metrics::onOverflow);
    return review == null ? List.of() : review.rejudged();
  }

  /// Judges what an event of a message shows in another light; null where it is nothing.
  static @Nullable Review judge(
      Hindsight judge,
      String factsKey,
      @Nullable MessageFacts before,
      JudgedEvent event,
      long nowMs) {
    EventKind kind = EventKind.of(event);
    if (judge.isEntry(kind.type(), event)) {
      Anchor anchor = before == null ? Anchor.NONE : Facts.anchor(before);
      return judge.take(factsKey, kind.type(), event, anchor, nowMs);
    }
    if (before == null || !Facts.canMoveAnchor(kind.type()) || !Facts.hasHits(before)) {
      return null;
    }
    Anchor anchor = Facts.anchor(Facts.with(before, event, kind, true));
    return anchor.equals(Facts.anchor(before)) ? null : judge.review(factsKey, anchor, nowMs);
  }

  static @Nullable Uncounted reasonNotToCount(JudgedEvent event, Subject subject) {
    if (event.getTest()) {
      return Uncounted.TEST;
    }
    if (!event.getCounted()) {
      return Uncounted.ORDER_REPEATED;
    }
    if (event.getCampaign() == null && !subject.isMessage()) {
      return event.getType().equals(EventType.CONVERTED.wireName())
          ? Uncounted.UNATTRIBUTED
          : Uncounted.NO_CAMPAIGN;
    }
    return null;
  }
}
