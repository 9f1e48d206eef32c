package io.aftersend.processor.count;

import io.aftersend.processor.count.Deltas.BucketCounts;
import io.aftersend.processor.hindsight.Review;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.state.HitNote;
import io.aftersend.schemas.state.MessageFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One step of counting: the facts after an event, and how the counts of their campaign change.
///
/// @param facts the facts after the event
/// @param deltas the change of the campaign's counts; empty where no campaign is known yet
/// @param isQuarterLost whether the event is in no bucket: the memory of quarters was full and no
///   campaign known
/// @param overflows dimensions in which the message has more values than are counted, and the event
///   one of those
record Counting(MessageFacts facts, Deltas deltas, boolean isQuarterLost, List<String> overflows) {

  /// Counts an event and the new judgements of earlier ones. Pure, but for the note of the event,
  /// which learns where it was counted.
  ///
  /// @param before the facts so far, or null for none
  /// @param standing how the event stands to what is remembered
  /// @param isPersonal whether the facts are of one message or recipient
  /// @param review what the event changed in the judgements of its message's hits; null where it
  ///   cannot
  static Counting of(
      @Nullable MessageFacts before,
      JudgedEvent event,
      Standing standing,
      boolean isPersonal,
      @Nullable Review review) {
    MessageFacts known = before == null ? Facts.none() : before;
    EventKind kind = EventKind.of(event);
    HitNote note = review == null ? null : review.own();
    boolean isSettled = note == null || !note.getIsOpen();
    MessageFacts after =
        Facts.with(
            review != null && review.isBegun() ? Rejudging.settled(known) : known,
            event,
            kind,
            isSettled);
    if (!standing.isChecked()) {
      after.setUnchecked(after.getUnchecked() + 1);
    }
    if (standing.isLate()) {
      after.setIsLate(true);
    }
    if (review != null) {
      after = Rejudging.with(after, review);
    }
    Deltas deltas = Contributions.difference(known, after, isPersonal);
    if (review != null) {
      Rejudging.moveApart(after, review, deltas);
    }
    boolean isLost = kind.isOfHeatmap() && !isInBucket(after, event, kind, note, deltas);
    return new Counting(after, deltas, isLost, overflows(after, event, kind));
  }

  private static List<String> overflows(MessageFacts facts, JudgedEvent event, EventKind kind) {
    List<String> overflows = HitValues.overflows(facts, event, kind);
    if (MessageAttributes.hasTooManyLabels(event)) {
      overflows.add(Slice.LABEL);
    }
    return overflows;
  }

  /// Counts an event whose quarter is not remembered at once.
  private static boolean isInBucket(
      MessageFacts facts,
      JudgedEvent event,
      EventKind kind,
      @Nullable HitNote note,
      Deltas deltas) {
    long quarter = Quarter.of(event.getEventTime().toEpochMilli());
    if (Facts.remembers(facts, kind.tally(), quarter)) {
      return true;
    }
    String campaign = facts.getCampaign();
    if (campaign == null) {
      return false;
    }
    String zone = Facts.zone(facts);
    deltas.fill(
        BucketKey.ofEvents(campaign, kind.tally(), zone, quarter),
        new BucketCounts(1, kind.isHuman() ? 1 : 0, 0));
    if (note != null) {
      note.setApartZone(zone);
    }
    return true;
  }
}
