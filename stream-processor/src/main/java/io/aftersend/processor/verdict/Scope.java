package io.aftersend.processor.verdict;

import io.aftersend.schemas.event.EventType;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which events a rule judges.
enum Scope {
  /// Pixels of a mail.
  PIXEL,
  /// Links of a mail.
  CLICK,
  /// All that a machine could have made, on the sender's site too.
  BOTH,
  /// Mail that came back, which a machine may have written.
  REPLY;

  private static final Set<EventType> PIXELS = EnumSet.of(EventType.OPENED, EventType.READ);
  private static final Set<EventType> CLICKS =
      EnumSet.of(
          EventType.CLICKED,
          EventType.ATTACHMENT_OPENED,
          EventType.FORWARDED,
          EventType.UNSUBSCRIBE_VIEWED);
  private static final Set<EventType> ON_THE_SITE =
      EnumSet.of(EventType.PAGE_VIEWED, EventType.CONVERTED);
  private static final Set<EventType> REPLIES = EnumSet.of(EventType.REPLIED, EventType.RECEIVED);

  private final String wireName = name().toLowerCase(Locale.ROOT);

  boolean holds(EventType type) {
    return switch (this) {
      case PIXEL -> PIXELS.contains(type);
      case CLICK -> CLICKS.contains(type);
      case BOTH -> PIXELS.contains(type) || CLICKS.contains(type) || ON_THE_SITE.contains(type);
      case REPLY -> REPLIES.contains(type);
    };
  }

  /// The name in lower case, as it stands in the file of rules.
  String wireName() {
    return wireName;
  }

  /// The scope of that name, or null where there is none.
  static @Nullable Scope ofWireName(String wireName) {
    for (Scope scope : values()) {
      if (scope.wireName.equals(wireName)) {
        return scope;
      }
    }
    return null;
  }
}
