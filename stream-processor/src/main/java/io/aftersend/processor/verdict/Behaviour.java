package io.aftersend.processor.verdict;

/// What the hits of a message do together that people do not. `docs/verdicts.md` defines each to
/// the millisecond.
sealed interface Behaviour {

  /// At least that many different links within a span of time.
  record DistinctLinks(int atLeast) implements Behaviour {}

  /// At least that many different networks within a span of time.
  record DistinctNetworks(int atLeast) implements Behaviour {}

  /// The unsubscribe link together with another.
  record UnsubscribeWithLink() implements Behaviour {}

  /// Sooner after delivery than a person can.
  ///
  /// @param before how long before the delivery it begins, since clocks differ
  record SoonAfterDelivery(Windows before) implements Behaviour {}
}
