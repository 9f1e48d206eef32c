package io.aftersend.processor.count;

import io.aftersend.processor.enrich.Enrichment;
import io.aftersend.processor.hindsight.Hindsight;
import io.aftersend.processor.hindsight.HindsightMetrics;
import io.aftersend.processor.hindsight.Rejudged;
import io.aftersend.processor.hindsight.Review;
import io.aftersend.processor.verdict.RuleTable;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.state.HitNote;
import io.aftersend.schemas.state.MessageFacts;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Judges all events of a message (else recipient, list, mailbox and thread, or event) in one
/// campaign anew, as if the rules had been these from the start. The same steps as in the topology,
/// in memory. Changes nothing that it is given; for one thread.
public final class Recount {
  private static final String KEY = "message";

  /// What is remembered of a message is the processor's to know.
  private static final Standing AS_IN_TIME = new Standing(true, false);

  /// The number of leading fields that a judged event has from the event.
  private static final int SHARED_FIELDS = EmailEvent.getClassSchema().getFields().size();

  private final RuleTable rules;
  private final Enrichment enrichment;
  private final Duration hindsight;
  private final HindsightMetrics metrics = new HindsightMetrics(new PrometheusRegistry());

  /// @param hindsight how long hits can be judged again after they arrived
  public Recount(RuleTable rules, Enrichment enrichment, Duration hindsight) {
    this.rules = rules;
    this.enrichment = enrichment;
    this.hindsight = hindsight;
  }

  /// Parts the events of a key by the facts that they are counted in: those of a message that name
  /// no campaign belong to the first that is named.
  ///
  /// @param events in the order of their arrival
  public static List<List<JudgedEvent>> byFacts(String key, List<JudgedEvent> events) {
    Subject subject = Subject.of(key);
    Map<String, List<JudgedEvent>> parts = new LinkedHashMap<>();
    String home = null;
    for (JudgedEvent event : events) {
      String campaign = event.getCampaign();
      if (home == null && subject.isMessage()) {
        home = campaign;
      }
      boolean isAtHome = campaign == null || campaign.equals(home);
      parts.computeIfAbsent(isAtHome ? "" : campaign, any -> new ArrayList<>()).add(event);
    }
    return List.copyOf(parts.values());
  }

  /// What the events come to.
  ///
  /// @param key of the events
  /// @param events those that are stored, by time of ingest
  public Recounted of(String key, List<JudgedEvent> events) {
    Subject subject = Subject.of(key);
    Hindsight judge = Hindsight.inMemory(rules, hindsight, metrics);
    List<JudgedEvent> after = new ArrayList<>(events.size());
    Map<String, JudgedEvent> byId = new HashMap<>();
    MessageFacts facts = null;
    long nowMs = 0;
    for (JudgedEvent stored : events) {
      JudgedEvent event = withOwnJudgement(stored);
      after.add(event);
      byId.put(event.getEventId(), event);
      nowMs = Math.max(nowMs, event.getIngestTime().toEpochMilli());
      if (CountingProcessor.reasonNotToCount(event, subject) != null) {
        continue;
      }
      Review review =
          subject.isMessage() ? CountingProcessor.judge(judge, KEY, facts, event, nowMs) : null;
      facts = Counting.of(facts, event, AS_IN_TIME, subject.isPersonal(), review).facts();
      if (review != null) {
        judge.keep(KEY, review, nowMs);
        for (Rejudged earlier : review.rejudged()) {
          setJudgement(byId.get(earlier.event().getEventId()), earlier.event());
        }
      }
    }
    List<JudgedEvent> revised = revise(events, after);
    return new Recounted(after, revised, facts, notes(judge, byId, nowMs), hitEvents(judge, nowMs));
  }

  private JudgedEvent withOwnJudgement(JudgedEvent stored) {
    EventType type = EventType.ofWireName(stored.getType());
    if (type == null) {
      throw new IllegalArgumentException("expected a known event type, got " + stored.getType());
    }
    EmailEvent plain = new EmailEvent();
    JudgedEvent event = JudgedEvent.newBuilder(stored).build();
    for (int field = 0; field < SHARED_FIELDS; field++) {
      plain.put(field, event.get(field));
    }
    rules.judge(type, plain).noteIn(event);
    if (!event.getVerdict().equals(stored.getVerdict())) {
      enrichment.enrich(type, event);
    }
    return event;
  }

  private static void setJudgement(@Nullable JudgedEvent event, JudgedEvent judged) {
    if (event != null) {
      event.setVerdict(judged.getVerdict());
      event.setReasons(judged.getReasons());
      event.setConfidence(judged.getConfidence());
    }
  }

  /// Gives the next revision to each event whose judgement is another than it was.
  private List<JudgedEvent> revise(List<JudgedEvent> before, List<JudgedEvent> after) {
    List<JudgedEvent> revised = new ArrayList<>();
    for (int i = 0; i < after.size(); i++) {
      JudgedEvent event = after.get(i);
      if (!hasSameJudgement(before.get(i), event)) {
        event.setRevision(before.get(i).getRevision() + 1);
        event.setVerdictBefore(before.get(i).getVerdict());
        event.setRuleVersion(rules.version());
        enrichment.enrich(EventKind.of(event).type(), event);
        revised.add(event);
      }
    }
    return revised;
  }

  private static boolean hasSameJudgement(JudgedEvent one, JudgedEvent other) {
    return one.getVerdict().equals(other.getVerdict())
        && one.getReasons().equals(other.getReasons())
        && Double.compare(one.getConfidence(), other.getConfidence()) == 0;
  }

  private static List<HitNote> notes(Hindsight judge, Map<String, JudgedEvent> byId, long nowMs) {
    List<HitNote> notes = judge.remembered(KEY, nowMs);
    for (HitNote note : notes) {
      JudgedEvent event = byId.get(note.getEventId());
      if (event != null) {
        note.setRevision(event.getRevision());
      }
    }
    return notes;
  }

  private static List<JudgedEvent> hitEvents(Hindsight judge, long nowMs) {
    List<JudgedEvent> events = new ArrayList<>();
    for (HitNote note : judge.remembered(KEY, nowMs)) {
      JudgedEvent event = note.getIsOpen() ? judge.event(KEY, note, nowMs) : null;
      if (event != null) {
        events.add(event);
      }
    }
    return events;
  }
}
