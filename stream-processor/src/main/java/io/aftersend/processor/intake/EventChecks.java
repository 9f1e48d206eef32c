package io.aftersend.processor.intake;

import io.aftersend.processor.deadletter.Unusable;
import io.aftersend.processor.deadletter.Unusable.Reason;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventKey;
import io.aftersend.schemas.event.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What every event must fulfil before it is counted. The edge sees to all of it; other programs
/// may write to the topic too.
final class EventChecks {
  private static final int ID_LENGTH = 64;
  private static final int LONG_ID_LENGTH = 128;

  /// Times that every store and table can hold.
  private static final Instant EARLIEST = Instant.parse("1971-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private EventChecks() {}

  /// What is wrong with an event, or null where nothing is.
  ///
  /// @param key the record's key, which says in which partition the event's message is counted
  static @Nullable Unusable check(@Nullable String key, EmailEvent event) {
    if (EventType.ofWireName(event.getType()) == null) {
      return new Unusable(
          Reason.UNKNOWN_TYPE, "expected a known event type, got \"" + event.getType() + "\"");
    }
    Unusable badId = checkIds(event);
    if (badId != null) {
      return badId;
    }
    Unusable badTime = checkTime("event_time", event.getEventTime());
    if (badTime == null) {
      badTime = checkTime("ingest_time", event.getIngestTime());
    }
    return badTime == null ? checkKey(key, EventKey.of(event)) : badTime;
  }

  private static @Nullable Unusable checkIds(EmailEvent event) {
    @Nullable String[] names = {
      "tenant", "campaign", "message", "recipient", "list", "mailbox", "thread"
    };
    @Nullable String[] ids = {
      event.getTenant(),
      event.getCampaign(),
      event.getMessage(),
      event.getRecipient(),
      event.getList(),
      event.getMailbox(),
      event.getThread()
    };
    for (int i = 0; i < ids.length; i++) {
      if (!isId(ids[i], ID_LENGTH)) {
        return badId(names[i], ids[i], ID_LENGTH);
      }
    }
    if (!isId(event.getEventId(), LONG_ID_LENGTH)) {
      return badId("event_id", event.getEventId(), LONG_ID_LENGTH);
    }
    return isId(event.getOrder(), LONG_ID_LENGTH)
        ? null
        : badId("order", event.getOrder(), LONG_ID_LENGTH);
  }

  private static Unusable badId(@Nullable String name, @Nullable String id, int maxLength) {
    return new Unusable(
        Reason.BAD_ID,
        "expected %s of 1 to %d characters of A-Z a-z 0-9 . _ ~ -, got \"%s\""
            .formatted(name, maxLength, id));
  }

  private static boolean isId(@Nullable String id, int maxLength) {
    if (id == null) {
      return true;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean isAllowed =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '.'
              || c == '_'
              || c == '~';
      if (!isAllowed) {
        return false;
      }
    }
    return !id.isEmpty() && id.length() <= maxLength;
  }

  private static @Nullable Unusable checkTime(String name, Instant time) {
    return time.isBefore(EARLIEST) || !time.isBefore(LATEST)
        ? new Unusable(
            Reason.BAD_TIME,
            "expected %s from %s to %s, got %s".formatted(name, EARLIEST, LATEST, time))
        : null;
  }

  private static @Nullable Unusable checkKey(@Nullable String key, String expected) {
    return expected.equals(key)
        ? null
        : new Unusable(
            Reason.WRONG_KEY, "expected the key \"%s\", got \"%s\"".formatted(expected, key));
  }
}
