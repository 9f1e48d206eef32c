package io.aftersend.processor.list;

import io.aftersend.schemas.metric.ListMetrics;

/// How the members of a list changed, or the change of that.
///
/// @param departed who unsubscribed, complained or did both
record ListCounts(long subscribed, long unsubscribed, long complained, long departed) {
  static final ListCounts NONE = new ListCounts(0, 0, 0, 0);

  ListCounts plus(ListCounts other) {
    return new ListCounts(
        subscribed + other.subscribed,
        unsubscribed + other.unsubscribed,
        complained + other.complained,
        departed + other.departed);
  }

  ListCounts negated() {
    return new ListCounts(-subscribed, -unsubscribed, -complained, -departed);
  }

  /// Adds this to a row, which is changed.
  void addTo(ListMetrics row) {
    row.setSubscribed(row.getSubscribed() + subscribed);
    row.setUnsubscribed(row.getUnsubscribed() + unsubscribed);
    row.setComplained(row.getComplained() + complained);
    row.setDeparted(row.getDeparted() + departed);
  }
}
