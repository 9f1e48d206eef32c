package io.aftersend.processor.order;

import io.aftersend.processor.verdict.Verdict;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;

/// Which conversions compete for an order. The first that arrives has it, and only that one counts.
///
/// A conversion that could not count anyway claims nothing: a test, a machine's, or one that names
/// neither campaign nor message nor recipient.
public final class OrderClaims {
  private OrderClaims() {}

  /// Whether an event claims an order.
  public static boolean claims(JudgedEvent event) {
    return event.getOrder() != null
        && event.getCounted()
        && event.getType().equals(EventType.CONVERTED.wireName())
        && (isNamed(event) || event.getRecipient() != null)
        && Verdict.ofWireName(event.getVerdict()).isHuman();
  }

  /// Whether a claim is for a conversion that names its recipient only, so that it gives way to one
  /// that names its campaign or message.
  static boolean isOpen(JudgedEvent event) {
    return !isNamed(event);
  }

  private static boolean isNamed(JudgedEvent event) {
    return event.getCampaign() != null || event.getMessage() != null;
  }

  /// The key that brings all conversions of an order together.
  public static String key(JudgedEvent event) {
    return event.getTenant() + "|" + event.getOrder();
  }
}
