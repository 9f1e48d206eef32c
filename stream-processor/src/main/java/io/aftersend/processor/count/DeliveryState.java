package io.aftersend.processor.count;

import io.aftersend.schemas.event.EventType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What became of a message on its way, as one event says it. Of several, a hard bounce wins; else
/// the latest by event time; at equal time the one that is named first here.
enum DeliveryState {
  HARD,
  DELIVERED,
  BLOCK,
  SOFT,
  DROPPED,
  DEFERRED;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /// The name in lower case, as it stands in records and counters.
  String wireName() {
    return wireName;
  }

  static DeliveryState ofWireName(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }

  /// The state that an event of that type claims, or null where it claims none.
  static @Nullable DeliveryState claimedBy(EventType type, @Nullable BounceClass bounceClass) {
    return switch (type) {
      case DELIVERED -> DELIVERED;
      case DROPPED -> DROPPED;
      case DEFERRED -> DEFERRED;
      case BOUNCED -> bounceClass == null ? SOFT : bounceClass.state();
      default -> null;
    };
  }

  /// Whether a claim of this state at that time stands against another. Of equal claims either
  /// stands.
  boolean standsAgainst(long timeMs, DeliveryState other, long otherTimeMs) {
    if (this == HARD || other == HARD) {
      return this == HARD;
    }
    return timeMs != otherTimeMs ? timeMs > otherTimeMs : compareTo(other) <= 0;
  }
}
