package io.aftersend.schemas.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What can happen to a mail. Records, tables and answers carry [#wireName()].
public enum EventType {
  SENT,
  RECEIVED,
  DELIVERED,
  DEFERRED,
  DROPPED,
  BOUNCED,
  PLACED,
  OPENED,
  READ,
  CLICKED,
  ATTACHMENT_OPENED,
  FORWARDED,
  REPLIED,
  READ_RECEIPT,
  PAGE_VIEWED,
  CONVERTED,
  UNSUBSCRIBED,
  COMPLAINED,
  UNSUBSCRIBE_VIEWED,
  SUBSCRIBED;

  private static final Map<String, EventType> BY_WIRE_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(EventType::wireName, Function.identity()));

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /// The name in snake case, as it stands in records, tables and JSON.
  public String wireName() {
    return wireName;
  }

  /// The type of that wire name, or null where there is none.
  public static @Nullable EventType ofWireName(String wireName) {
    return BY_WIRE_NAME.get(wireName);
  }
}
