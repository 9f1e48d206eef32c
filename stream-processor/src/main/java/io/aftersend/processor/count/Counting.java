package io.aftersend.processor.count;

import io.aftersend.processor.count.Deltas.BucketCounts;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.state.MessageFacts;
import org.jspecify.annotations.Nullable;

/// One step of counting: the facts after an event, and how the counts of their campaign change.
///
/// @param facts the facts after the event
/// @param deltas the change of the campaign's counts; empty where no campaign is known yet
/// @param isQuarterLost whether the event is in no bucket: the memory of quarters was full and no
///   campaign known
record Counting(MessageFacts facts, Deltas deltas, boolean isQuarterLost) {

  /// Counts an event. Pure.
  ///
  /// @param before the facts so far, or null for none
  /// @param isPersonal whether the facts are of one message or recipient
  static Counting of(@Nullable MessageFacts before, JudgedEvent event, boolean isPersonal) {
    MessageFacts known = before == null ? Facts.none() : before;
    EventKind kind = EventKind.of(event);
    MessageFacts after = Facts.with(known, event, kind);
    Deltas deltas = new Deltas();
    Contributions.add(known, isPersonal, -1, deltas);
    Contributions.add(after, isPersonal, 1, deltas);
    boolean isLost = kind.isOfHeatmap() && !isInBucket(after, event, kind, deltas);
    return new Counting(after, deltas, isLost);
  }

  /// Counts an event whose quarter is not remembered at once.
  private static boolean isInBucket(
      MessageFacts facts, JudgedEvent event, EventKind kind, Deltas deltas) {
    long quarter = Quarter.of(event.getEventTime().toEpochMilli());
    if (Facts.remembers(facts, kind.tally(), quarter)) {
      return true;
    }
    String campaign = facts.getCampaign();
    if (campaign == null) {
      return false;
    }
    deltas.fill(
        Contributions.bucketOf(campaign, facts, kind.tally(), quarter),
        new BucketCounts(1, kind.isHuman() ? 1 : 0, 0));
    return true;
  }
}
