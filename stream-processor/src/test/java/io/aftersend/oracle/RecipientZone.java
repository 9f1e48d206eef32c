package io.aftersend.oracle;

import io.aftersend.schemas.event.EmailEvent;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// The time zone of a message's recipient: what its events say, the earliest of them first, since a
/// mail's hour is that of where it was sent to.
final class RecipientZone {
  private static final Set<String> KNOWN = ZoneId.getAvailableZoneIds();

  private RecipientZone() {}

  /// An IANA name, or empty where nobody told one.
  static String of(List<EmailEvent> unit) {
    return unit.stream()
        .sorted(Comparator.comparing(EmailEvent::getEventTime))
        .map(EmailEvent::getRecipientTimeZone)
        .filter(zone -> zone != null && KNOWN.contains(zone))
        .findFirst()
        .orElse("");
  }
}
