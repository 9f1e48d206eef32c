package io.aftersend.processor.list;

import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which events change a mailing list, and whose they are.
public final class ListEvents {
  private static final Set<EventType> TYPES =
      EnumSet.of(EventType.SUBSCRIBED, EventType.UNSUBSCRIBED, EventType.COMPLAINED);

  private ListEvents() {}

  /// Whether an event changes a list: it names the list and is no test.
  public static boolean changesList(JudgedEvent event) {
    EventType type = EventType.ofWireName(event.getType());
    return event.getList() != null && !event.getTest() && type != null && TYPES.contains(type);
  }

  /// The event as it is stored. One that belongs to no campaign is counted all the same, for its
  /// list.
  public static JudgedEvent marked(JudgedEvent event) {
    if (changesList(event)) {
      event.setCounted(true);
    }
    return event;
  }

  /// The key that brings all events of a list together.
  public static String key(JudgedEvent event) {
    return event.getTenant() + "|" + event.getList();
  }

  /// Who came or left: the recipient, else whoever the message went to; null where neither is
  /// known, and then each event is somebody else's.
  static @Nullable String member(JudgedEvent event) {
    if (event.getRecipient() != null) {
      return "r:" + event.getRecipient();
    }
    return event.getMessage() == null ? null : "m:" + event.getMessage();
  }
}
