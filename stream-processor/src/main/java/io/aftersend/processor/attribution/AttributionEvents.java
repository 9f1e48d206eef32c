package io.aftersend.processor.attribution;

import io.aftersend.processor.verdict.Judgement;
import io.aftersend.processor.verdict.Verdict;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.state.OrderTaken;

/// Which judged events attribution needs: the clicks and conversions of a known recipient.
public final class AttributionEvents {
  private AttributionEvents() {}

  /// Whether attribution needs the event. A click that a machine made is only needed where it may
  /// have been taken for a person's before.
  public static boolean concerns(JudgedEvent event) {
    if (event.getRecipient() == null || event.getTest()) {
      return false;
    }
    return isConversion(event)
        || (event.getType().equals(EventType.CLICKED.wireName())
            && event.getCampaign() != null
            && (isHuman(event) || event.getRevision() > Judgement.FIRST_REVISION));
  }

  /// The key that brings all events of a recipient together.
  public static String key(JudgedEvent event) {
    return event.getTenant() + "|" + event.getRecipient();
  }

  /// The key of the recipient who must not count an order.
  public static String key(OrderTaken taken) {
    return taken.getTenant() + "|" + taken.getRecipient();
  }

  static boolean isConversion(JudgedEvent event) {
    return event.getType().equals(EventType.CONVERTED.wireName());
  }

  /// Whether a conversion says itself where it belongs.
  static boolean isNamed(JudgedEvent conversion) {
    return conversion.getCampaign() != null || conversion.getMessage() != null;
  }

  static boolean isHuman(JudgedEvent event) {
    return Verdict.ofWireName(event.getVerdict()).isHuman();
  }

  /// What the event is among those of its recipient.
  static String id(JudgedEvent event) {
    String message = event.getMessage();
    return (message == null ? "" : message) + "|" + event.getEventId();
  }
}
