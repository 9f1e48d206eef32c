package io.aftersend.oracle;

import io.aftersend.schemas.event.EmailEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// What is true of a message as a whole: what its first send says that says anything, else what the
/// first event does.
///
/// @param events of the message in one campaign
record MessageTerms(List<Judged> events) {
  private static final Set<String> TELL_OF_MAILBOXES =
      Set.of("sent", "delivered", "deferred", "dropped");

  private record Saying(boolean isOfOther, long timeMs, TreeSet<String> values) {
    static final Comparator<Saying> ORDER =
        Comparator.comparing(Saying::isOfOther)
            .thenComparingLong(Saying::timeMs)
            .thenComparing(saying -> String.join("\n", saying.values()));
  }

  Set<String> values(Function<EmailEvent, List<String>> said) {
    return events.stream()
        .map(Judged::event)
        .filter(event -> !said.apply(event).isEmpty())
        .map(
            event ->
                new Saying(
                    !event.getType().equals("sent"),
                    event.getEventTime().toEpochMilli(),
                    new TreeSet<>(said.apply(event))))
        .min(Saying.ORDER)
        .map(Saying::values)
        .orElseGet(TreeSet::new);
  }

  /// The earliest that any of the four says, a send or not.
  Set<String> mailboxProvider() {
    return events.stream()
        .map(Judged::event)
        .filter(event -> TELL_OF_MAILBOXES.contains(event.getType()))
        .filter(event -> event.getMailboxProvider() != null)
        .min(
            Comparator.comparing(EmailEvent::getEventTime)
                .thenComparing(EmailEvent::getMailboxProvider))
        .map(event -> Set.of(event.getMailboxProvider()))
        .orElse(Set.of());
  }
}
