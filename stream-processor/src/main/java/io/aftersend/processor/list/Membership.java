package io.aftersend.processor.list;

import io.aftersend.processor.count.Quarter;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.state.ListMark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One recipient's time on one list, retold from its first event to its last: what counts, and in
/// which quarter of an hour.
///
/// A subscription counts unless the recipient is subscribed already. An unsubscription counts once,
/// and so does a complaint, until the next subscription; whoever does both departs once. Pure: the
/// same events give the same counts in any order of arrival.
final class Membership {
  /// By time; at the same time subscribing comes first, so that a recipient who did both is gone.
  private static final Comparator<ListMark> IN_ORDER =
      Comparator.comparingLong(ListMark::getTime)
          .thenComparingInt(mark -> type(mark) == EventType.SUBSCRIBED ? 0 : 1);

  private final Map<Long, ListCounts> counts = new TreeMap<>();
  private boolean isSubscribed;
  private boolean hasUnsubscribed;
  private boolean hasComplained;

  private Membership() {}

  /// What the events of one recipient add to each quarter.
  static Map<Long, ListCounts> counts(List<ListMark> marks) {
    Membership membership = new Membership();
    List<ListMark> ordered = new ArrayList<>(marks);
    ordered.sort(IN_ORDER);
    ordered.forEach(membership::tell);
    return membership.counts;
  }

  /// How the counts change when the events do; quarters without a change are left out.
  static Map<Long, ListCounts> change(List<ListMark> before, List<ListMark> after) {
    Map<Long, ListCounts> change = counts(after);
    counts(before)
        .forEach((quarter, counts) -> change.merge(quarter, counts.negated(), ListCounts::plus));
    change.values().removeIf(ListCounts.NONE::equals);
    return change;
  }

  private static EventType type(ListMark mark) {
    EventType type = EventType.ofWireName(mark.getType());
    if (type == null) {
      throw new IllegalStateException("expected a known event type, got " + mark.getType());
    }
    return type;
  }

  private void tell(ListMark mark) {
    switch (type(mark)) {
      case SUBSCRIBED -> subscribe(mark);
      case UNSUBSCRIBED -> unsubscribe(mark);
      case COMPLAINED -> complain(mark);
      default -> throw new IllegalStateException("expected an event of lists, got " + mark);
    }
  }

  private void subscribe(ListMark mark) {
    if (!isSubscribed) {
      count(mark, new ListCounts(1, 0, 0, 0));
    }
    isSubscribed = true;
    hasUnsubscribed = false;
    hasComplained = false;
  }

  private void unsubscribe(ListMark mark) {
    if (!hasUnsubscribed) {
      count(mark, new ListCounts(0, 1, 0, hasComplained ? 0 : 1));
    }
    isSubscribed = false;
    hasUnsubscribed = true;
  }

  private void complain(ListMark mark) {
    if (!hasComplained) {
      count(mark, new ListCounts(0, 0, 1, hasUnsubscribed ? 0 : 1));
    }
    isSubscribed = false;
    hasComplained = true;
  }

  private void count(ListMark mark, ListCounts one) {
    counts.merge(Quarter.of(mark.getTime()), one, ListCounts::plus);
  }
}
