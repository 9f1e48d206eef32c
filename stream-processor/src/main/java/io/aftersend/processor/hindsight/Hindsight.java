package io.aftersend.processor.hindsight;

import io.aftersend.processor.state.HeapValues;
import io.aftersend.processor.state.KeptValues;
import io.aftersend.processor.verdict.Anchor;
import io.aftersend.processor.verdict.Judgement;
import io.aftersend.processor.verdict.RuleTable;
import io.aftersend.processor.verdict.Sighting;
import io.aftersend.processor.verdict.Verdict;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.state.HitNote;
import io.aftersend.schemas.state.MessageHits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges the hits of a message by all that is known of it, again with every event that matters.
/// `docs/verdicts.md` says which do.
///
/// An event is judged in two steps, so that counting can note upon it: [#take] or [#review], and
/// then [#keep]. For the task's thread.
public final class Hindsight {
  /// Most entries of a message that are looked at, so that a link that a machine fetches all year
  /// does not grow the state: the first by event time, whatever the order of arrival.
  static final int MAX_ENTRIES = 64;

  private static final String POSTED = "post";

  private final RuleTable rules;
  private final KeptValues<MessageHits> notes;
  private final KeptValues<JudgedEvent> events;
  private final long keptMs;
  private final HindsightMetrics metrics;

  Hindsight(
      RuleTable rules,
      KeptValues<MessageHits> notes,
      KeptValues<JudgedEvent> events,
      Duration kept,
      HindsightMetrics metrics) {
    this.rules = rules;
    this.notes = notes;
    this.events = events;
    this.keptMs = kept.toMillis();
    this.metrics = metrics;
  }

  /// A judge that remembers in memory what is put before it, as a task's judge does in its stores.
  public static Hindsight inMemory(RuleTable rules, Duration kept, HindsightMetrics metrics) {
    return new Hindsight(
        rules,
        new HeapValues<>(kept, hits -> MessageHits.newBuilder(hits).build()),
        new HeapValues<>(kept, event -> JudgedEvent.newBuilder(event).build()),
        kept,
        metrics);
  }

  /// Whether an event says when it happened. One that was posted without a time has that of its
  /// ingest, which tells nothing of what people do.
  public static boolean hasOwnTime(JudgedEvent event) {
    return !POSTED.equals(event.getSource()) || !event.getEventTime().equals(event.getIngestTime());
  }

  /// Whether behaviour rules look at an event of a message. It has its own judgement still.
  public boolean isEntry(EventType type, JudgedEvent event) {
    boolean isUnsubscribe = type == EventType.UNSUBSCRIBED;
    if (!(isUnsubscribe || Sighting.isHit(type)) || !hasOwnTime(event)) {
      return false;
    }
    if (isUnsubscribe || Boolean.TRUE.equals(event.getInferred())) {
      return isUnsubscribe;
    }
    Judgement own = HitNotes.judgement(event);
    return own.verdict() == Verdict.SCANNER || own.verdict() == Verdict.BOT || rules.isOpen(own);
  }

  /// Takes in an entry, which must be one, and gives it the judgement that all known events lead
  /// to.
  ///
  /// @param key of the message in its campaign
  /// @param event with its own judgement; changed
  public Review take(String key, EventType type, JudgedEvent event, Anchor anchor, long nowMs) {
    boolean isOpen = Sighting.isHit(type) && rules.isOpen(HitNotes.judgement(event));
    HitNote own = HitNotes.of(type, event, isOpen, nowMs);
    Memory memory = recall(key, nowMs);
    memory.insert(own);
    HitNote pushedOut = memory.pushOut();
    if (pushedOut != null) {
      metrics.onBeyondMemory();
    }
    if (pushedOut != null && isSame(pushedOut, own)) {
      return memory.review(List.of(), null);
    }
    if (isOpen) {
      events.put(eventKey(key, own), event, nowMs);
    }
    List<Rejudged> rejudged = new ArrayList<>();
    if (pushedOut != null) {
      memory.forgotten.add(pushedOut);
      if (!pushedOut.getReasons().isEmpty()) {
        revise(key, pushedOut, null, nowMs, rejudged);
      }
    }
    judge(key, memory, anchor, own, event, nowMs, rejudged);
    return memory.review(rejudged, own);
  }

  /// Judges the entries of a message again after its anchor has changed.
  public Review review(String key, Anchor anchor, long nowMs) {
    Memory memory = recall(key, nowMs);
    List<Rejudged> rejudged = new ArrayList<>();
    judge(key, memory, anchor, null, null, nowMs, rejudged);
    return memory.review(rejudged, null);
  }

  /// Keeps what a review left behind.
  public void keep(String key, Review review, long nowMs) {
    boolean isChanged =
        review.own() != null || !review.rejudged().isEmpty() || !review.forgotten().isEmpty();
    if (isChanged && !(review.isBegun() && review.remembered().isEmpty())) {
      notes.put(key, new MessageHits(review.remembered()), nowMs);
    }
  }

  /// What is remembered of a message's entries; empty where nothing is.
  public List<HitNote> remembered(String key, long nowMs) {
    return recall(key, nowMs).remembered;
  }

  /// The event of a remembered entry, with its own judgement; null where no rule can claim it.
  public @Nullable JudgedEvent event(String key, HitNote note, long nowMs) {
    return events.get(eventKey(key, note), nowMs);
  }

  /// Puts entries in the place of those that are remembered of a message.
  ///
  /// @param hitEvents those that rules can claim, each with its own judgement
  public void replace(String key, List<HitNote> entries, List<JudgedEvent> hitEvents, long nowMs) {
    MessageHits known = notes.get(key, nowMs);
    List<HitNote> present =
        entries.stream().filter(note -> note.getArrived() >= nowMs - keptMs).toList();
    if (known == null && present.isEmpty()) {
      return;
    }
    // Entries whose time is over go in with the others: their first human one stands from now on.
    notes.put(key, new MessageHits(entries), nowMs);
    for (JudgedEvent event : hitEvents) {
      for (HitNote note : present) {
        if (note.getEventId().equals(event.getEventId())) {
          events.put(eventKey(key, note), event, nowMs);
        }
      }
    }
  }

  private void judge(
      String key,
      Memory memory,
      Anchor anchor,
      @Nullable HitNote own,
      @Nullable JudgedEvent event,
      long nowMs,
      List<Rejudged> rejudged) {
    List<HitNote> remembered = memory.remembered;
    List<@Nullable Judgement> judgements = rules.judge(HitNotes.sightings(remembered), anchor);
    for (int i = 0; i < remembered.size(); i++) {
      HitNote note = remembered.get(i);
      Judgement judgement = judgements.get(i);
      boolean isSame =
          judgement == null ? note.getReasons().isEmpty() : HitNotes.hasJudgement(note, judgement);
      if (isSame) {
        continue;
      }
      if (own != null && isSame(note, own) && event != null && judgement != null) {
        HitNotes.setJudgement(note, judgement);
        judgement.noteIn(event);
      } else {
        revise(key, note, judgement, nowMs, rejudged);
      }
    }
  }

  /// Gives an earlier hit another judgement, or its own one back.
  private void revise(
      String key,
      HitNote note,
      @Nullable Judgement judgement,
      long nowMs,
      List<Rejudged> rejudged) {
    JudgedEvent stored = events.get(eventKey(key, note), nowMs);
    if (stored == null) {
      // Only where the time to keep was changed: both stores then find different spans.
      metrics.onUnrevised();
      return;
    }
    Verdict before = Verdict.ofWireName(note.getVerdict());
    if (judgement == null) {
      HitNotes.setOwnJudgement(note, stored);
    } else {
      HitNotes.setJudgement(note, judgement);
      judgement.noteIn(stored);
    }
    note.setRevision(note.getRevision() + 1);
    stored.setRevision(note.getRevision());
    stored.setVerdictBefore(before.wireName());
    stored.setRuleVersion(rules.version());
    rejudged.add(new Rejudged(stored, before, note.getApartZone()));
    metrics.onRejudged(stored.getVerdict(), stored.getReasons().getFirst());
  }

  private static boolean isSame(HitNote note, HitNote other) {
    return note.getEventId().equals(other.getEventId());
  }

  private static String eventKey(String key, HitNote note) {
    return key + "|" + note.getEventId();
  }

  private Memory recall(String key, long nowMs) {
    MessageHits known = notes.get(key, nowMs);
    Memory memory = new Memory(known == null);
    if (known != null) {
      for (HitNote note : known.getHits()) {
        boolean isOver = note.getArrived() < nowMs - keptMs;
        (isOver ? memory.forgotten : memory.remembered).add(note);
      }
    }
    return memory;
  }

  /// The entries of a message while one event is judged.
  private static final class Memory {
    private final boolean isBegun;
    private final List<HitNote> remembered = new ArrayList<>();
    private final List<HitNote> forgotten = new ArrayList<>();

    private Memory(boolean isBegun) {
      this.isBegun = isBegun;
    }

    private void insert(HitNote note) {
      int at = Collections.binarySearch(remembered, note, HitNotes.ORDER);
      remembered.add(at < 0 ? -at - 1 : at, note);
    }

    /// The last entry, which goes because there are too many; null where there are not.
    private @Nullable HitNote pushOut() {
      if (remembered.size() <= MAX_ENTRIES) {
        return null;
      }
      return remembered.removeLast();
    }

    private Review review(List<Rejudged> rejudged, @Nullable HitNote own) {
      return new Review(rejudged, remembered, forgotten, own, isBegun);
    }
  }
}
