package io.aftersend.oracle;

import io.aftersend.schemas.event.EmailEvent;
import java.time.Duration;
import java.util.List;

/// Whether a message is one of which all was forgotten before the history began: by a hit whose
/// token was signed longer ago than facts are kept when the first of its events came in.
final class Lateness {
  private static final Duration KEPT = Duration.ofDays(400);

  private Lateness() {}

  /// @param unit all events that count of one message, or of what stands for one, in one campaign,
  ///   in order of arrival
  static boolean of(List<Judged> unit) {
    EmailEvent first = unit.getFirst().event();
    boolean isPersons = first.getMessage() != null || first.getRecipient() != null;
    return isPersons && unit.stream().anyMatch(event -> tells(event.event(), first));
  }

  static boolean tells(EmailEvent hit, EmailEvent first) {
    return hit.getIssuedAt() != null
        && Duration.between(hit.getIssuedAt(), first.getIngestTime()).compareTo(KEPT) > 0;
  }
}
