package io.aftersend.processor.count;

import io.aftersend.processor.hindsight.Hindsight;
import io.aftersend.processor.verdict.Anchor;
import io.aftersend.processor.verdict.Verdict;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.state.MessageFacts;
import io.aftersend.schemas.state.QuarterTally;
import io.aftersend.schemas.state.TypeTally;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What events do to the facts of a message. Pure: an event gives new facts and changes none. The
/// same events give the same facts in any order (beyond [#MAX_QUARTERS], all but the memory of
/// quarters).
final class Facts {
  /// Most quarters of an hour remembered for one message, so that a pixel that a machine loads all
  /// year does not grow the state. Events in further ones are counted at once and stay in the zone
  /// that they were counted in.
  static final int MAX_QUARTERS = 64;

  /// The code of ISO 4217 for "no currency": a value without one must not vanish.
  static final String NO_CURRENCY = "XXX";

  private static final Set<EventType> ANCHORS = EnumSet.of(EventType.SENT, EventType.DELIVERED);

  private static final Set<EventType> NAMING_MAILBOX_PROVIDER =
      EnumSet.of(EventType.SENT, EventType.DELIVERED, EventType.DEFERRED, EventType.DROPPED);

  private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

  private Facts() {}

  static MessageFacts none() {
    return new MessageFacts(
        null, null, 0L, null, 0L, List.of(), List.of(), 0L, 0L, Map.of(), null, 0L, null, null,
        null, List.of(), List.of(), List.of(), 0L, 0L, 0L, 0L, 0L, false);
  }

  /// The facts after one more event.
  ///
  /// @param isSettled whether no later event can change the verdict
  static MessageFacts with(
      MessageFacts facts, JudgedEvent event, EventKind kind, boolean isSettled) {
    MessageFacts after = copy(facts);
    if (after.getCampaign() == null) {
      after.setCampaign(event.getCampaign());
    }
    if (facts.getTallies().isEmpty()) {
      after.setBegun(event.getIngestTime().toEpochMilli());
    }
    learnZone(after, event);
    learnDelivery(after, event, kind.type());
    learnMailboxProvider(after, event, kind.type());
    MessageAttributes.learn(after, event, kind.type());
    HitValues.learn(after, event, kind);
    after.setTallies(tallied(facts.getTallies(), event, kind, isSettled));
    if (kind.isOfHeatmap()) {
      after.setQuarters(remembered(facts.getQuarters(), event, kind));
    }
    learnForward(after, event, kind);
    learnRevenue(after, event, kind);
    return after;
  }

  /// Shares the lists and maps, which are replaced and never changed.
  static MessageFacts copy(MessageFacts facts) {
    return new MessageFacts(
        facts.getCampaign(),
        facts.getZone(),
        facts.getZoneTime(),
        facts.getDelivery(),
        facts.getDeliveryTime(),
        facts.getTallies(),
        facts.getQuarters(),
        facts.getStatedHumanForwards(),
        facts.getInferredForwards(),
        facts.getRevenue(),
        facts.getMailboxProvider(),
        facts.getMailboxProviderTime(),
        facts.getVariant(),
        facts.getAccount(),
        facts.getLabels(),
        facts.getDevices(),
        facts.getCountries(),
        facts.getLinks(),
        facts.getIdsSpan(),
        facts.getIds(),
        facts.getIdsBefore(),
        facts.getUnchecked(),
        facts.getBegun(),
        facts.getIsLate());
  }

  /// The recipient's zone, empty where it is not known.
  static String zone(MessageFacts facts) {
    String zone = facts.getZone();
    return zone == null ? "" : zone;
  }

  /// The tally of that name, or null where nothing was tallied under it.
  static @Nullable TypeTally tally(MessageFacts facts, String name) {
    for (TypeTally tally : facts.getTallies()) {
      if (tally.getName().equals(name)) {
        return tally;
      }
    }
    return null;
  }

  /// When the message was sent first, epoch milliseconds; null where that is not known.
  static @Nullable Long sentTimeMs(MessageFacts facts) {
    TypeTally sent = tally(facts, EventType.SENT.wireName());
    return sent == null ? null : sent.getFirstHuman();
  }

  /// From when and with which windows the message's hits are looked at.
  static Anchor anchor(MessageFacts facts) {
    Long delivered = sureTimeMs(facts, EventType.DELIVERED);
    return new Anchor(
        delivered == null ? sureTimeMs(facts, EventType.SENT) : delivered,
        facts.getMailboxProvider());
  }

  private static @Nullable Long sureTimeMs(MessageFacts facts, EventType type) {
    TypeTally tally = tally(facts, type.wireName());
    return tally == null ? null : tally.getFirstSure();
  }

  /// Whether events of the type can move the anchor.
  static boolean canMoveAnchor(EventType type) {
    return NAMING_MAILBOX_PROVIDER.contains(type);
  }

  /// Whether there are hits of the mail.
  static boolean hasHits(MessageFacts facts) {
    for (TypeTally tally : facts.getTallies()) {
      if (EventKind.isOfHits(tally.getName())) {
        return true;
      }
    }
    return false;
  }

  /// Whether the facts remember a quarter.
  static boolean remembers(MessageFacts facts, String name, long quarter) {
    return findQuarter(facts.getQuarters(), name, quarter) >= 0;
  }

  private static void learnZone(MessageFacts facts, JudgedEvent event) {
    String zone = event.getRecipientTimeZone();
    if (zone == null || !ZONES.contains(zone)) {
      return;
    }
    long timeMs = event.getEventTime().toEpochMilli();
    String known = facts.getZone();
    if (known == null || isEarlier(timeMs, zone, facts.getZoneTime(), known)) {
      facts.setZone(zone);
      facts.setZoneTime(timeMs);
    }
  }

  private static void learnMailboxProvider(MessageFacts facts, JudgedEvent event, EventType type) {
    String provider = event.getMailboxProvider();
    if (provider == null || !NAMING_MAILBOX_PROVIDER.contains(type)) {
      return;
    }
    long timeMs = event.getEventTime().toEpochMilli();
    String known = facts.getMailboxProvider();
    if (known == null || isEarlier(timeMs, provider, facts.getMailboxProviderTime(), known)) {
      facts.setMailboxProvider(provider);
      facts.setMailboxProviderTime(timeMs);
    }
  }

  /// Whether one of two names stands: the earlier one, at equal time the one first in the alphabet.
  private static boolean isEarlier(long timeMs, String name, long knownTimeMs, String known) {
    return timeMs != knownTimeMs ? timeMs < knownTimeMs : name.compareTo(known) < 0;
  }

  private static void learnDelivery(MessageFacts facts, JudgedEvent event, EventType type) {
    DeliveryState claim = DeliveryState.claimedBy(type, EventKind.bounceClass(type, event));
    if (claim == null) {
      return;
    }
    long timeMs = event.getEventTime().toEpochMilli();
    String known = facts.getDelivery();
    if (known == null
        || claim.standsAgainst(timeMs, DeliveryState.ofWireName(known), facts.getDeliveryTime())) {
      facts.setDelivery(claim.wireName());
      facts.setDeliveryTime(claim == DeliveryState.HARD ? 0 : timeMs);
    }
  }

  private static List<TypeTally> tallied(
      List<TypeTally> tallies, JudgedEvent event, EventKind kind, boolean isSettled) {
    List<TypeTally> after = new ArrayList<>(tallies);
    for (int i = 0; i < after.size(); i++) {
      if (after.get(i).getName().equals(kind.tally())) {
        after.set(i, plus(after.get(i), event, kind, isSettled));
        return after;
      }
    }
    after.add(plus(new TypeTally(kind.tally(), 0L, 0L, 0L, null, null), event, kind, isSettled));
    return after;
  }

  private static TypeTally plus(
      TypeTally tally, JudgedEvent event, EventKind kind, boolean isSettled) {
    long timeMs = event.getEventTime().toEpochMilli();
    Long first = tally.getFirstHuman();
    Long sure = tally.getFirstSure();
    boolean isSure =
        EventKind.isOfHits(kind.tally())
            ? isSettled && kind.isHuman()
            : ANCHORS.contains(kind.type()) && Hindsight.hasOwnTime(event);
    boolean isPrefetch = kind.verdict() == Verdict.PREFETCH;
    return new TypeTally(
        tally.getName(),
        tally.getTotal() + 1,
        tally.getHumanTotal() + (kind.isHuman() ? 1 : 0),
        tally.getPrefetchTotal() + (isPrefetch ? 1 : 0),
        kind.isHuman() ? earliest(first, timeMs) : first,
        isSure ? earliest(sure, timeMs) : sure);
  }

  /// The earlier of two times.
  static Long earliest(@Nullable Long time, long other) {
    return time == null || other < time ? Long.valueOf(other) : time;
  }

  private static List<QuarterTally> remembered(
      List<QuarterTally> quarters, JudgedEvent event, EventKind kind) {
    long quarter = Quarter.of(event.getEventTime().toEpochMilli());
    long human = kind.isHuman() ? 1 : 0;
    int at = findQuarter(quarters, kind.tally(), quarter);
    if (at < 0 && quarters.size() >= MAX_QUARTERS) {
      return quarters;
    }
    List<QuarterTally> after = new ArrayList<>(quarters);
    if (at < 0) {
      after.add(new QuarterTally(kind.tally(), quarter, 1L, human));
    } else {
      QuarterTally known = after.get(at);
      after.set(
          at,
          new QuarterTally(
              kind.tally(), quarter, known.getTotal() + 1, known.getHumanTotal() + human));
    }
    return after;
  }

  /// Where a quarter is in the list; negative where it is not.
  static int findQuarter(List<QuarterTally> quarters, String name, long quarter) {
    for (int i = 0; i < quarters.size(); i++) {
      QuarterTally tally = quarters.get(i);
      if (tally.getQuarter() == quarter && tally.getName().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static void learnForward(MessageFacts facts, JudgedEvent event, EventKind kind) {
    if (kind.type() != EventType.FORWARDED) {
      return;
    }
    if (Boolean.TRUE.equals(event.getInferred())) {
      facts.setInferredForwards(facts.getInferredForwards() + 1);
    } else if (kind.isHuman()) {
      facts.setStatedHumanForwards(facts.getStatedHumanForwards() + 1);
    }
  }

  /// A machine that loads the page with the conversion pixel buys nothing.
  private static void learnRevenue(MessageFacts facts, JudgedEvent event, EventKind kind) {
    BigDecimal value = event.getValue();
    if (kind.type() != EventType.CONVERTED || !kind.isHuman() || value == null) {
      return;
    }
    String currency =
        event.getCurrency() == null ? NO_CURRENCY : event.getCurrency().toUpperCase(Locale.ROOT);
    Map<String, BigDecimal> revenue = new HashMap<>(facts.getRevenue());
    revenue.merge(currency, value, BigDecimal::add);
    facts.setRevenue(revenue);
  }
}
