package io.aftersend.standalone.demo;

import io.aftersend.schemas.event.EventType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// The demo's own account of what it generated and the edge took in: the numbers that Aftersend
/// must show, counted without asking it.
///
/// An event is counted when it was answered. A hit whose answer never came may have been recorded
/// or not: it is kept apart. Thread-safe.
final class Ledger {
  private static final BigDecimal NOTHING = BigDecimal.ZERO;

  private final Map<EventType, Tally> tallies = new EnumMap<>(EventType.class);
  private final Map<EventType, Integer> unanswered = new EnumMap<>(EventType.class);
  private final Map<Integer, DeliveryState> states = new HashMap<>();
  private final BitSet reachedByPerson = new BitSet();
  private final BitSet reachedByAny = new BitSet();
  private final BitSet reachedBeyondPrefetch = new BitSet();
  private final BitSet repliedByPerson = new BitSet();
  private final BitSet converters = new BitSet();
  private final OpenHours openHours = new OpenHours();
  private final Map<String, MailboxCounts> mailboxes = new TreeMap<>();
  private long statedForwards;
  private final BigDecimal cost;
  private BigDecimal revenue = NOTHING;

  /// @param cost of the campaign
  Ledger(BigDecimal cost) {
    this.cost = cost;
  }

  /// Events of one type.
  private static final class Tally {
    private long total;
    private long humanTotal;
    private final BitSet messages = new BitSet();
    private final BitSet humanMessages = new BitSet();

    private void count(int message, boolean isHuman) {
      total++;
      messages.set(message);
      if (isHuman) {
        humanTotal++;
        humanMessages.set(message);
      }
    }
  }

  /// How often a type was counted. The human numbers are meant for opens and clicks.
  record Counts(long total, long unique, long humanTotal, long humanUnique) {}

  /// What a rate consists of.
  record Rate(BigDecimal numerator, BigDecimal denominator) {
    static Rate of(long numerator, long denominator) {
      return new Rate(BigDecimal.valueOf(numerator), BigDecimal.valueOf(denominator));
    }
  }

  /// Counts a reported event that the edge accepted.
  synchronized void count(DemoEvent event) {
    int message = event.message().index();
    count(message, event.type(), event.actor(), event.time());
    DeliveryState state = DeliveryState.of(event);
    if (state != null) {
      states.merge(message, state, DeliveryState::later);
    }
    switch (event.type()) {
      case REPLIED ->
          repliedByPerson.set(message, repliedByPerson.get(message) || !event.flag("auto_reply"));
      case FORWARDED -> statedForwards++;
      case CONVERTED -> convert(message, event.text("value"));
      default -> {}
    }
  }

  /// Counts a mail of the team that the edge accepted.
  synchronized void count(TeamMail.Mail mail) {
    mailboxes.merge(mail.mailbox(), mail.counts(), MailboxCounts::plus);
  }

  /// Counts a hit that was answered.
  ///
  /// @param from when it was asked; it was recorded between then and `to`
  synchronized void count(LiveHit hit, Instant from, Instant to) {
    int message = hit.message().index();
    count(message, hit.type(), hit.actor(), to);
    if (hit.type() == EventType.OPENED) {
      openHours.markUncertain(from, to);
    }
    if (hit.type() == EventType.CONVERTED) {
      convert(message, hit.value());
    }
  }

  /// Notes a hit whose answer never came.
  synchronized void noteUnanswered(LiveHit hit) {
    unanswered.merge(hit.type(), 1, Integer::sum);
  }

  private void count(int message, EventType type, Actor actor, Instant at) {
    tallies.computeIfAbsent(type, any -> new Tally()).count(message, actor.isPerson());
    boolean isReach = type == EventType.OPENED || type == EventType.CLICKED;
    if (!isReach) {
      return;
    }
    reachedByAny.set(message);
    if (actor.isPerson()) {
      reachedByPerson.set(message);
    }
    if (!actor.isPrefetch()) {
      reachedBeyondPrefetch.set(message);
    }
    if (type == EventType.OPENED) {
      openHours.count(message, at, actor.isPerson());
    }
  }

  private void convert(int message, String value) {
    converters.set(message);
    revenue = revenue.add(new BigDecimal(value));
  }

  /// Counts of each type that occurred.
  synchronized Map<EventType, Counts> counts() {
    Map<EventType, Counts> counts = new EnumMap<>(EventType.class);
    tallies.forEach(
        (type, tally) ->
            counts.put(
                type,
                new Counts(
                    tally.total,
                    tally.messages.cardinality(),
                    tally.humanTotal,
                    tally.humanMessages.cardinality())));
    return counts;
  }

  /// The team's mails by mailbox.
  synchronized Map<String, MailboxCounts> mailboxes() {
    return new TreeMap<>(mailboxes);
  }

  /// How many hits of each type went without an answer.
  synchronized Map<EventType, Integer> unanswered() {
    return new EnumMap<>(unanswered);
  }

  /// What the campaign earned, in [DemoCampaign#CURRENCY].
  synchronized BigDecimal revenue() {
    return revenue;
  }

  /// Opens by the hour of the week.
  synchronized OpenHours.Week openHours(boolean isHumanOnly) {
    return openHours.week(isHumanOnly);
  }

  /// Every rate by its name in the API; a part of a rate is behind a dot.
  synchronized Map<String, Rate> rates() {
    long sent = unique(EventType.SENT);
    long hard = inState(DeliveryState.Kind.HARD);
    long soft = inState(DeliveryState.Kind.SOFT);
    long block = inState(DeliveryState.Kind.BLOCK);
    long bounced = hard + soft + block;
    boolean isReported = unique(EventType.DELIVERED) > 0;
    long delivered =
        isReported
            ? inState(DeliveryState.Kind.DELIVERED)
            : sent - bounced - inState(DeliveryState.Kind.DROPPED);
    BitSet prefetchOnly = (BitSet) reachedByAny.clone();
    prefetchOnly.andNot(reachedBeyondPrefetch);
    Tally clicks = tallies.getOrDefault(EventType.CLICKED, new Tally());
    long readers = reachedByPerson.cardinality();
    long clickers = clicks.humanMessages.cardinality();

    Map<String, Rate> rates = new TreeMap<>();
    rates.put("click_through_rate", Rate.of(clickers, sent));
    rates.put("click_through_rate_total", Rate.of(clicks.humanTotal, sent));
    rates.put("click_to_open_rate", Rate.of(clickers, readers));
    rates.put("conversion_rate", Rate.of(converters.cardinality(), sent));
    rates.put("bounce_rate", Rate.of(bounced, sent));
    rates.put("bounce_rate.hard", Rate.of(hard, sent));
    rates.put("bounce_rate.soft", Rate.of(soft, sent));
    rates.put("bounce_rate.block", Rate.of(block, sent));
    rates.put("forward_rate", Rate.of(statedForwards, sent));
    rates.put("open_rate.lower", Rate.of(readers, sent - bounced));
    rates.put("open_rate.upper", Rate.of(reachedByAny.cardinality(), sent - bounced));
    rates.put("open_rate.adjusted", Rate.of(readers, sent - bounced - prefetchOnly.cardinality()));
    rates.put("unsubscribe_rate", Rate.of(unique(EventType.UNSUBSCRIBED), delivered));
    rates.put("complaint_rate", Rate.of(unique(EventType.COMPLAINED), delivered));
    rates.put("delivery_rate", Rate.of(delivered, sent));
    rates.put("reply_rate", Rate.of(repliedByPerson.cardinality(), delivered));
    rates.put("roi", new Rate(revenue.subtract(cost), cost));
    return rates;
  }

  private long unique(EventType type) {
    Tally tally = tallies.get(type);
    return tally == null ? 0 : tally.messages.cardinality();
  }

  private long inState(DeliveryState.Kind kind) {
    return states.values().stream().filter(state -> state.kind() == kind).count();
  }
}
