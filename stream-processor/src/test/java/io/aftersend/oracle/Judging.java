package io.aftersend.oracle;

import io.aftersend.schemas.event.EmailEvent;
import java.util.List;

/// Tells who made an event.
interface Judging {
  /// The verdict on an event: `human`, `proxy`, `prefetch`, `scanner`, `bot` or `preview`.
  ///
  /// @param unit all that is known of the event's message, the event itself included, each event
  ///   once, in order of arrival
  String verdict(EmailEvent event, List<EmailEvent> unit);
}
