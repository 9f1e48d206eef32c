package io.aftersend.processor.count;

import io.aftersend.processor.count.Deltas.BucketCounts;
import io.aftersend.processor.count.Deltas.LinkCounts;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.state.MessageFacts;
import io.aftersend.schemas.state.QuarterTally;
import io.aftersend.schemas.state.TypeTally;
import io.aftersend.schemas.state.ValueTally;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All that the facts of one message add to its campaign's counters, links and heatmap: a pure
/// function, so that a change of the facts changes the counts by the difference of what it gives.
///
/// Facts of a message that may have had others before add to totals only: whether the message was
/// counted before, or what happened first, they cannot say.
final class Contributions {
  private final MessageFacts facts;
  private final String campaign;
  private final int sign;
  private final CounterChange counters = new CounterChange();
  private final Deltas deltas;

  private Contributions(MessageFacts facts, String campaign, int sign, Deltas deltas) {
    this.facts = facts;
    this.campaign = campaign;
    this.sign = sign;
    this.deltas = deltas;
  }

  /// How the counts change when the facts do.
  ///
  /// @param isPersonal whether the facts are of one message or recipient, who converts once
  static Deltas difference(MessageFacts before, MessageFacts after, boolean isPersonal) {
    Deltas deltas = new Deltas();
    CounterChange taken = add(before, isPersonal, -1, deltas);
    CounterChange given = add(after, isPersonal, 1, deltas);
    CounterChange change = new CounterChange();
    change.add(taken);
    change.add(given);
    Set<Slice> left = Slice.ofMessage(before);
    for (Slice slice : Slice.ofMessage(after)) {
      deltas.change(slice, left.remove(slice) ? change : given);
    }
    for (Slice slice : left) {
      deltas.change(slice, taken);
    }
    return deltas;
  }

  /// Adds to buckets, links, devices and countries what the facts contribute, or takes it away, and
  /// gives what they contribute to each slice of their message. Facts without a campaign contribute
  /// nothing.
  ///
  /// @param sign 1 to add, -1 to take away
  private static CounterChange add(
      MessageFacts facts, boolean isPersonal, int sign, Deltas deltas) {
    String campaign = facts.getCampaign();
    if (campaign == null) {
      return new CounterChange();
    }
    Contributions contributions = new Contributions(facts, campaign, sign, deltas);
    contributions.addCounters(isPersonal);
    contributions.addHits(Slice.DEVICE, facts.getDevices());
    contributions.addHits(Slice.COUNTRY, facts.getCountries());
    contributions.addLinks();
    contributions.addBuckets();
    return contributions.counters;
  }

  private BucketKey bucketOf(String tally, String basis, long quarter) {
    return BucketKey.of(campaign, tally, basis, Facts.zone(facts), quarter);
  }

  private void addCounters(boolean isPersonal) {
    for (TypeTally tally : facts.getTallies()) {
      addTally(tally);
    }
    if (!facts.getIsLate()) {
      addReached("");
      addReached(EventKind.PROVIDER_PREFIX);
      addConverters(isPersonal);
      addDelivery();
    }
    count("forwarded.stated_human_total", facts.getStatedHumanForwards());
    count("forwarded.inferred_total", facts.getInferredForwards());
    count("unchecked_total", facts.getUnchecked());
    for (Map.Entry<String, BigDecimal> sum : facts.getRevenue().entrySet()) {
      counters.earn(sum.getKey(), sign < 0 ? sum.getValue().negate() : sum.getValue());
    }
  }

  private void addDelivery() {
    String delivery = facts.getDelivery();
    if (delivery != null) {
      count("state." + delivery, 1);
    }
  }

  private void addTally(TypeTally tally) {
    CounterNames names = CounterNames.of(tally.getName());
    count(names.total(), tally.getTotal());
    count(names.humanTotal(), tally.getHumanTotal());
    if (facts.getIsLate()) {
      count("late_total", tally.getTotal());
      return;
    }
    boolean hasHuman = tally.getHumanTotal() > 0;
    count(names.unique(), 1);
    count(names.humanUnique(), hasHuman ? 1 : 0);
    if (hasHuman && tally.getName().equals(EventType.REPLIED.wireName())) {
      count("replied.by_person_unique", 1);
    }
  }

  private void addReached(String prefix) {
    TypeTally opened = Facts.tally(facts, prefix + EventType.OPENED.wireName());
    TypeTally clicked = Facts.tally(facts, prefix + EventType.CLICKED.wireName());
    if (opened == null && clicked == null) {
      return;
    }
    boolean isHuman = humans(opened) + humans(clicked) > 0;
    boolean isPrefetchOnly =
        prefetches(opened) == total(opened) && prefetches(clicked) == total(clicked);
    count(prefix + "reached.all", 1);
    count(prefix + "reached.human", isHuman ? 1 : 0);
    count(prefix + "reached.prefetch_only", isPrefetchOnly ? 1 : 0);
  }

  private void addConverters(boolean isPersonal) {
    TypeTally converted = Facts.tally(facts, EventType.CONVERTED.wireName());
    if (converted != null) {
      long conversions = converted.getHumanTotal();
      count("converters", isPersonal ? Math.min(conversions, 1) : conversions);
    }
  }

  private void addHits(String dimension, List<ValueTally> tallies) {
    for (ValueTally tally : tallies) {
      if (tally.getTotal() > 0) {
        CounterNames names = CounterNames.of(tally.getName());
        CounterChange slice = deltas.slice(new Slice(dimension, tally.getValue()));
        slice.count(names.total(), sign * tally.getTotal());
        slice.count(names.unique(), sign * one());
        slice.count(names.humanTotal(), sign * tally.getHumanTotal());
        slice.count(names.humanUnique(), tally.getHumanTotal() > 0 ? sign * one() : 0);
      }
    }
  }

  private void addLinks() {
    for (ValueTally tally : facts.getLinks()) {
      long humanUnique = tally.getHumanTotal() > 0 ? one() : 0;
      deltas.click(
          LinkKey.of(tally.getName(), tally.getValue()),
          new LinkCounts(tally.getTotal(), one(), tally.getHumanTotal(), humanUnique).times(sign));
    }
  }

  private void addBuckets() {
    for (QuarterTally quarter : facts.getQuarters()) {
      deltas.fill(
          bucketOf(quarter.getName(), BucketKey.BASIS_EVENT, quarter.getQuarter()),
          new BucketCounts(quarter.getTotal(), quarter.getHumanTotal(), 0).times(sign));
    }
    Long sentTimeMs = Facts.sentTimeMs(facts);
    for (TypeTally tally : facts.getTallies()) {
      if (EventKind.isOfHeatmap(tally.getName())) {
        addFirst(tally);
        addBySentTime(tally, sentTimeMs);
      }
    }
  }

  private void addFirst(TypeTally tally) {
    Long firstMs = tally.getFirstHuman();
    if (firstMs != null && !facts.getIsLate()) {
      deltas.fill(
          bucketOf(tally.getName(), BucketKey.BASIS_EVENT, Quarter.of(firstMs)),
          new BucketCounts(0, 0, 1).times(sign));
    }
  }

  private void addBySentTime(TypeTally tally, @Nullable Long sentTimeMs) {
    if (sentTimeMs != null) {
      long first = tally.getHumanTotal() > 0 ? one() : 0;
      deltas.fill(
          bucketOf(tally.getName(), BucketKey.BASIS_SENT, Quarter.of(sentTimeMs)),
          new BucketCounts(tally.getTotal(), tally.getHumanTotal(), first).times(sign));
    }
  }

  /// What a message adds to counts of messages.
  private long one() {
    return facts.getIsLate() ? 0 : 1;
  }

  private void count(String counter, long contribution) {
    counters.count(counter, sign * contribution);
  }

  private static long total(@Nullable TypeTally tally) {
    return tally == null ? 0 : tally.getTotal();
  }

  private static long humans(@Nullable TypeTally tally) {
    return tally == null ? 0 : tally.getHumanTotal();
  }

  private static long prefetches(@Nullable TypeTally tally) {
    return tally == null ? 0 : tally.getPrefetchTotal();
  }
}
