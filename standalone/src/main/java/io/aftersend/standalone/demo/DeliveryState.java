package io.aftersend.standalone.demo;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a message has got to: a hard bounce stands; else the latest report does.
record DeliveryState(Kind kind, Instant at) {

  /// In the order in which one of two reports of the same time stands.
  enum Kind {
    HARD,
    DELIVERED,
    BLOCK,
    SOFT,
    DROPPED,
    DEFERRED
  }

  /// The state that an event reports; null when it reports none.
  static @Nullable DeliveryState of(DemoEvent event) {
    Kind kind =
        switch (event.type()) {
          case DELIVERED -> Kind.DELIVERED;
          case DROPPED -> Kind.DROPPED;
          case DEFERRED -> Kind.DEFERRED;
          case BOUNCED -> Kind.valueOf(event.text("bounce_class").toUpperCase(Locale.ROOT));
          default -> null;
        };
    return kind == null ? null : new DeliveryState(kind, event.time());
  }

  /// The one of two that stands.
  static DeliveryState later(DeliveryState a, DeliveryState b) {
    if (a.kind == Kind.HARD || b.kind == Kind.HARD) {
      return a.kind == Kind.HARD ? a : b;
    }
    int order = a.at.compareTo(b.at);
    if (order == 0) {
      return a.kind.compareTo(b.kind) <= 0 ? a : b;
    }
    return order > 0 ? a : b;
  }
}
