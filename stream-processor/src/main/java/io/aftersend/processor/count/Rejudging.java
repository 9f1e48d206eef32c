package io.aftersend.processor.count;

import io.aftersend.processor.count.Deltas.BucketCounts;
import io.aftersend.processor.hindsight.Rejudged;
import io.aftersend.processor.hindsight.Review;
import io.aftersend.processor.verdict.Verdict;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.state.HitNote;
import io.aftersend.schemas.state.MessageFacts;
import io.aftersend.schemas.state.QuarterTally;
import io.aftersend.schemas.state.TypeTally;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What new judgements of earlier hits do to the facts of their message. Pure: gives new facts and
/// changes none.
///
/// The facts keep the first human hit of each type, which cannot be taken back from a minimum. So
/// they keep apart the first of those whose verdicts stand, and the others are remembered.
final class Rejudging {
  private Rejudging() {}

  /// The facts before the event, where all verdicts so far stand since nothing is remembered.
  static MessageFacts settled(MessageFacts facts) {
    List<TypeTally> tallies = new ArrayList<>(facts.getTallies());
    tallies.replaceAll(
        tally ->
            EventKind.isOfHits(tally.getName())
                ? with(tally, 0, 0, tally.getFirstHuman(), tally.getFirstHuman())
                : tally);
    MessageFacts after = Facts.copy(facts);
    after.setTallies(tallies);
    return after;
  }

  /// The facts after the event and the review that it led to.
  static MessageFacts with(MessageFacts facts, Review review) {
    MessageFacts after = Facts.copy(facts);
    for (Rejudged rejudged : review.rejudged()) {
      rejudge(after, rejudged);
    }
    List<TypeTally> tallies = new ArrayList<>(after.getTallies());
    tallies.replaceAll(
        tally -> EventKind.isOfHits(tally.getName()) ? withFirsts(tally, review) : tally);
    after.setTallies(tallies);
    return after;
  }

  /// Moves what was counted in buckets whose quarters the facts do not have.
  static void moveApart(MessageFacts facts, Review review, Deltas deltas) {
    String campaign = facts.getCampaign();
    if (campaign == null) {
      return;
    }
    for (Rejudged rejudged : review.rejudged()) {
      String zone = rejudged.apartZone();
      if (zone != null) {
        EventKind kind = EventKind.of(rejudged.event());
        long quarter = Quarter.of(rejudged.event().getEventTime().toEpochMilli());
        deltas.fill(
            BucketKey.ofEvents(campaign, kind.tally(), zone, quarter),
            new BucketCounts(0, humans(kind) - humans(kind.judged(rejudged.before())), 0));
      }
    }
  }

  private static void rejudge(MessageFacts facts, Rejudged rejudged) {
    EventKind kind = EventKind.of(rejudged.event());
    EventKind before = kind.judged(rejudged.before());
    HitValues.rejudge(facts, rejudged.event(), before, kind);
    long humans = humans(kind) - humans(before);
    long prefetches = prefetches(kind) - prefetches(before);
    List<TypeTally> tallies = new ArrayList<>(facts.getTallies());
    tallies.replaceAll(
        tally ->
            tally.getName().equals(kind.tally())
                ? with(tally, humans, prefetches, tally.getFirstHuman(), tally.getFirstSure())
                : tally);
    facts.setTallies(tallies);
    if (kind.type() == EventType.FORWARDED) {
      facts.setStatedHumanForwards(facts.getStatedHumanForwards() + humans);
    }
    long quarter = Quarter.of(rejudged.event().getEventTime().toEpochMilli());
    int at = Facts.findQuarter(facts.getQuarters(), kind.tally(), quarter);
    if (at >= 0 && humans != 0) {
      List<QuarterTally> quarters = new ArrayList<>(facts.getQuarters());
      QuarterTally known = quarters.get(at);
      quarters.set(
          at,
          new QuarterTally(
              kind.tally(), quarter, known.getTotal(), known.getHumanTotal() + humans));
      facts.setQuarters(quarters);
    }
  }

  private static TypeTally withFirsts(TypeTally tally, Review review) {
    Long settled = firstHuman(review.forgotten(), tally.getName(), tally.getFirstSure());
    Long first = firstHuman(review.remembered(), tally.getName(), settled);
    return with(tally, 0, 0, first, settled);
  }

  private static @Nullable Long firstHuman(
      List<HitNote> notes, String tally, @Nullable Long known) {
    Long first = known;
    for (HitNote note : notes) {
      if (Verdict.ofWireName(note.getVerdict()).isHuman() && tally.equals(tally(note))) {
        first = Facts.earliest(first, note.getEventTime());
      }
    }
    return first;
  }

  private static @Nullable String tally(HitNote note) {
    EventType type = EventType.ofWireName(note.getType());
    return type == null ? null : EventKind.tally(type, note.getProvider());
  }

  private static TypeTally with(
      TypeTally tally,
      long humans,
      long prefetches,
      @Nullable Long firstHuman,
      @Nullable Long firstSure) {
    return new TypeTally(
        tally.getName(),
        tally.getTotal(),
        tally.getHumanTotal() + humans,
        tally.getPrefetchTotal() + prefetches,
        firstHuman,
        firstSure);
  }

  private static long humans(EventKind kind) {
    return kind.isHuman() ? 1 : 0;
  }

  private static long prefetches(EventKind kind) {
    return kind.verdict() == Verdict.PREFETCH ? 1 : 0;
  }
}
