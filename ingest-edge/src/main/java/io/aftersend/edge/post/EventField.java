package io.aftersend.edge.post;

import static io.aftersend.schemas.event.EventType.ATTACHMENT_OPENED;
import static io.aftersend.schemas.event.EventType.BOUNCED;
import static io.aftersend.schemas.event.EventType.CLICKED;
import static io.aftersend.schemas.event.EventType.CONVERTED;
import static io.aftersend.schemas.event.EventType.DEFERRED;
import static io.aftersend.schemas.event.EventType.DELIVERED;
import static io.aftersend.schemas.event.EventType.DROPPED;
import static io.aftersend.schemas.event.EventType.FORWARDED;
import static io.aftersend.schemas.event.EventType.OPENED;
import static io.aftersend.schemas.event.EventType.PAGE_VIEWED;
import static io.aftersend.schemas.event.EventType.PLACED;
import static io.aftersend.schemas.event.EventType.READ;
import static io.aftersend.schemas.event.EventType.READ_RECEIPT;
import static io.aftersend.schemas.event.EventType.RECEIVED;
import static io.aftersend.schemas.event.EventType.REPLIED;
import static io.aftersend.schemas.event.EventType.SENT;

import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A field that a posted event may have. Those without types are for events of every type. What is
/// not here, the fields that the edge or the enrichment sets among it, is an unknown field.
@SuppressWarnings("ImmutableEnumChecker") // Readers have no state, and nobody writes to the sets.
enum EventField {
  TYPE(Values::type),
  EVENT_ID(Values.longId(EmailEvent::setEventId)),
  EVENT_TIME(Values::eventTime),

  CAMPAIGN(Values.id(EmailEvent::setCampaign)),
  MESSAGE(Values.id(EmailEvent::setMessage)),
  RECIPIENT(Values.id(EmailEvent::setRecipient)),
  ACCOUNT(Values.id(EmailEvent::setAccount)),
  LINK(Values.id(EmailEvent::setLink)),
  LIST(Values.id(EmailEvent::setList)),
  MAILBOX(Values.id(EmailEvent::setMailbox)),
  COUNTERPARTY(Values.id(EmailEvent::setCounterparty)),
  THREAD(Values.id(EmailEvent::setThread)),
  LABELS(Values::labels),
  VARIANT(Values.id(EmailEvent::setVariant)),

  METHOD(Values.oneOf(EmailEvent::setMethod, "GET", "HEAD", "POST")),
  PREFETCH(Values.flag(EmailEvent::setPrefetch)),
  HOST(Values.host(EmailEvent::setHost)),
  REFERER(Values.host(EmailEvent::setReferer)),
  USER_AGENT(Values.freeText(EventField.MAX_LONG_TEXT, EmailEvent::setUserAgent)),
  IP(Values.ip()),
  RECIPIENT_TIME_ZONE(Values.timeZone(EmailEvent::setRecipientTimeZone)),
  TEST(Values.flag(EmailEvent::setTest)),
  PROVIDER(Values.id(EmailEvent::setProvider)),
  PROVIDER_EVENT_ID(Values.freeText(EmailEvent::setProviderEventId)),

  IN_REPLY_TO(Values.id(EmailEvent::setInReplyTo), SENT, RECEIVED, REPLIED),
  TRACKED_LINKS(Values.whole(0, 65_535, EmailEvent::setTrackedLinks), SENT),
  MAILBOX_PROVIDER(
      Values.freeText(EmailEvent::setMailboxProvider), SENT, DELIVERED, DEFERRED, DROPPED),
  FOLDER(Values.freeText(EmailEvent::setFolder), RECEIVED),
  AUTO_REPLY(Values.flag(EmailEvent::setAutoReply), RECEIVED, REPLIED),
  SMTP_CODE(Values.whole(200, 599, EmailEvent::setSmtpCode), DELIVERED, DEFERRED, DROPPED, BOUNCED),
  ENHANCED_CODE(
      Values.matching(
          "an enhanced status code such as 5.1.1",
          "[245]\\.[0-9]{1,3}\\.[0-9]{1,3}",
          EmailEvent::setEnhancedCode),
      DELIVERED,
      DEFERRED,
      DROPPED,
      BOUNCED),
  DIAGNOSTIC(
      Values.lines(EventField.MAX_LONG_TEXT, EmailEvent::setDiagnostic),
      DELIVERED,
      DEFERRED,
      DROPPED,
      BOUNCED),
  BOUNCE_CLASS(Values.oneOf(EmailEvent::setBounceClass, "hard", "soft", "block"), BOUNCED),
  PLACEMENT(Values.oneOf(EmailEvent::setPlacement, "inbox", "spam", "missing"), PLACED),
  POSITION(Values.oneOf(EmailEvent::setPosition, "top", "bottom"), OPENED),
  READ_CLASS(Values.oneOf(EmailEvent::setReadClass, "glanced", "skimmed", "read"), READ),
  URL(Values.url(EmailEvent::setUrl), CLICKED, PAGE_VIEWED),
  FILE_NAME(Values.freeText(EmailEvent::setFileName), ATTACHMENT_OPENED),
  CHANNEL(Values.freeText(EmailEvent::setChannel), FORWARDED),
  INFERRED(Values.flag(EmailEvent::setInferred), FORWARDED),
  DISPOSITION(Values.freeText(EmailEvent::setDisposition), READ_RECEIPT),
  GOAL(Values.freeText(EmailEvent::setGoal), CONVERTED),
  VALUE(Values::amount, CONVERTED),
  CURRENCY(Values.currency(EmailEvent::setCurrency), CONVERTED),
  ORDER(Values.longId(EmailEvent::setOrder), CONVERTED);

  /// Enough for the longest answers of mail servers and the longest user agents.
  static final int MAX_LONG_TEXT = 2_000;

  private static final Map<String, EventField> BY_WIRE_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(EventField::wireName, Function.identity()));

  private final String wireName = name().toLowerCase(Locale.ROOT);
  private final ValueReader reader;
  private final Set<EventType> types;

  EventField(ValueReader reader, EventType... types) {
    this.reader = reader;
    this.types =
        types.length == 0 ? EnumSet.allOf(EventType.class) : EnumSet.copyOf(Arrays.asList(types));
  }

  static @Nullable EventField ofWireName(String name) {
    return BY_WIRE_NAME.get(name);
  }

  String wireName() {
    return wireName;
  }

  ValueReader reader() {
    return reader;
  }

  boolean isFor(EventType type) {
    return types.contains(type);
  }
}
