package io.aftersend.processor.count;

import io.aftersend.schemas.state.MessageFacts;
import org.jspecify.annotations.Nullable;

/// What the key of an event says the event is about.
enum Subject {
  MESSAGE,
  RECIPIENT,
  OTHER;

  /// Whether a text is a key of events, which [#of(String)] reads.
  static boolean isKey(String text) {
    int kind = text.indexOf('|') + 1;
    return kind > 0 && kind < text.length();
  }

  /// Reads `tenant|kind:id`, see [io.aftersend.schemas.event.EventKey].
  static Subject of(String key) {
    if (!isKey(key)) {
      throw new IllegalArgumentException("expected tenant|kind:id, got \"" + key + "\"");
    }
    return switch (key.charAt(key.indexOf('|') + 1)) {
      case 'm' -> MESSAGE;
      case 'r' -> RECIPIENT;
      default -> OTHER;
    };
  }

  boolean isMessage() {
    return this == MESSAGE;
  }

  /// Whether it is one person's, who converts once however often.
  boolean isPersonal() {
    return this != OTHER;
  }

  /// The key of the facts that an event enters.
  ///
  /// @param ofMessage the facts under the event's own key, null where there are none
  String factsKey(String key, @Nullable String campaign, @Nullable MessageFacts ofMessage) {
    if (campaign == null) {
      return key;
    }
    boolean isHome =
        isMessage()
            && (ofMessage == null
                || ofMessage.getCampaign() == null
                || ofMessage.getCampaign().equals(campaign));
    return isHome ? key : key + "|" + campaign;
  }
}
