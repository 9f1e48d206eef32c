package io.aftersend.edge.hit;

import io.aftersend.edge.http.RequestHead;
import io.aftersend.edge.journal.LaneWriter;
import io.aftersend.links.ClaimField;
import io.aftersend.links.PixelPosition;
import io.aftersend.links.TokenVerifier;
import io.aftersend.links.TrackingMode;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/// The encoder of hits into the records of their events: the Kafka key and, directly behind it, the
/// event in Avro's single-object encoding, byte for byte what the schema's generated class would
/// give. It says what the token claims, what the request shows, and no more of the person than the
/// token's tracking mode allows. One per event loop; allocates nothing but for conversions.
///
/// In mode `aggregate` an event has no recipient, account, network address, user agent or referer,
/// and its times are cut to the hour. It keeps its message, so that counting per message works:
/// whoever can tell from elsewhere to whom that message went can tell whose event it is. An
/// unsubscription is no tracking but a wish: it keeps its recipient and its time in every mode, and
/// only loses the traces of the device.
final class HitEncoder {
  /// Holds the longest key and event: a token's longest fields, a user agent, two hosts, and the
  /// texts of a conversion.
  private static final int MAX_RECORD_BYTES = 16 * 1024;

  private static final long SECOND_MS = 1_000;
  private static final long HOUR_MS = 3_600_000;
  private static final byte[] NO_ID = {};
  private static final byte[] HEADER = header();
  private static final byte[] ABOUT_MESSAGE = ascii("|m:");
  private static final byte[] ABOUT_RECIPIENT = ascii("|r:");
  private static final byte[] ABOUT_LIST = ascii("|l:");
  private static final byte[] ABOUT_EVENT = ascii("|e:");

  private final LaneWriter lane;
  private final RequestTraces traces;
  private final byte[] idPrefix;
  private final byte[] journalAndLane;
  private final Map<PixelPosition, byte[]> positions = new EnumMap<>(PixelPosition.class);
  private final Map<TrackingMode, byte[]> modes = new EnumMap<>(TrackingMode.class);
  private final AvroBytes id = new AvroBytes(128);
  private final AvroBytes out = new AvroBytes(MAX_RECORD_BYTES);
  private int keyLength;
  private long timestampMs;

  HitEncoder(LaneWriter lane, RequestTraces traces) {
    this.lane = lane;
    this.traces = traces;
    idPrefix = ascii(lane.journal() + '-' + lane.lane() + '-');
    journalAndLane = journalAndLane(lane);
    for (PixelPosition position : PixelPosition.values()) {
      positions.put(position, AvroBytes.constantOptionalText(position.wireName()));
    }
    for (TrackingMode mode : TrackingMode.values()) {
      modes.put(mode, AvroBytes.constantOptionalText(mode.wireName()));
    }
  }

  /// Encodes the event of a hit, with the lane's next sequence number in it and in its id.
  ///
  /// @param token has just found the hit's token valid
  /// @param client the client's address as 4 or 16 bytes
  /// @param nowMs epoch milliseconds
  void encode(
      HitKind kind,
      TokenVerifier token,
      RequestHead head,
      byte @Nullable [] client,
      long nowMs,
      Conversion conversion) {
    encode(NO_ID, kind, token, head, client, nowMs, conversion);
  }

  /// Encodes the event of an unsubscription, under an id of its own.
  void encodeUnsubscribed(
      byte[] eventId, TokenVerifier token, RequestHead head, byte @Nullable [] client, long nowMs) {
    encode(eventId, HitKind.UNSUBSCRIBED, token, head, client, nowMs, Conversion.NONE);
  }

  /// The record that was encoded last: key, then value, from the first byte. Borrowed.
  byte[] array() {
    return out.array();
  }

  int keyLength() {
    return keyLength;
  }

  int valueLength() {
    return out.length() - keyLength;
  }

  /// The record's timestamp: the event's ingest time, epoch milliseconds.
  long timestampMs() {
    return timestampMs;
  }

  private void encode(
      byte[] eventId,
      HitKind kind,
      TokenVerifier token,
      RequestHead head,
      byte @Nullable [] client,
      long nowMs,
      Conversion conversion) {
    long sequence = lane.nextSequence();
    TrackingMode mode = token.trackingMode();
    boolean isTraced = mode == TrackingMode.FULL || mode == TrackingMode.DELIVERABILITY;
    boolean isPersonal = isTraced || kind.type() == EventType.UNSUBSCRIBED;
    timestampMs = isPersonal ? nowMs : hourOf(nowMs);
    out.clear();
    writeId(eventId, sequence);
    writeKey(token, isPersonal);
    keyLength = out.length();
    out.raw(HEADER);
    out.text(id.array(), 0, id.length());
    out.text(token.buffer(), token.offset(ClaimField.TENANT), token.length(ClaimField.TENANT));
    out.raw(kind.typeBytes());
    out.number(timestampMs); // event_time
    out.number(timestampMs); // ingest_time
    out.raw(kind.sourceBytes());
    writeSubject(token, isPersonal);
    writeContent(kind, token);
    writeConversion(conversion);
    traces.write(head, client, isTraced, out);
    out.raw(journalAndLane);
    out.optionalNumber(sequence);
    writeConstant(modes.get(mode));
    out.flag(token.isTest());
    out.nulls(2); // provider, provider_event_id
    writeIssueTime(token, isPersonal);
  }

  private void writeId(byte[] eventId, long sequence) {
    id.clear();
    if (eventId.length > 0) {
      id.raw(eventId);
    } else {
      id.raw(idPrefix);
      id.digits(sequence);
    }
  }

  /// See [io.aftersend.schemas.event.EventKey].
  private void writeKey(TokenVerifier token, boolean isPersonal) {
    out.raw(token.buffer(), token.offset(ClaimField.TENANT), token.length(ClaimField.TENANT));
    if (token.has(ClaimField.MESSAGE)) {
      writeAbout(ABOUT_MESSAGE, ClaimField.MESSAGE, token);
    } else if (isPersonal && token.has(ClaimField.RECIPIENT)) {
      writeAbout(ABOUT_RECIPIENT, ClaimField.RECIPIENT, token);
    } else if (token.has(ClaimField.LIST)) {
      writeAbout(ABOUT_LIST, ClaimField.LIST, token);
    } else {
      out.raw(ABOUT_EVENT);
      out.raw(id.array(), 0, id.length());
    }
  }

  private void writeAbout(byte[] kind, ClaimField field, TokenVerifier token) {
    out.raw(kind);
    out.raw(token.buffer(), token.offset(field), token.length(field));
  }

  private void writeSubject(TokenVerifier token, boolean isPersonal) {
    writeClaim(ClaimField.CAMPAIGN, token);
    writeClaim(ClaimField.MESSAGE, token);
    writeClaimIf(isPersonal, ClaimField.RECIPIENT, token);
    writeClaimIf(isPersonal, ClaimField.ACCOUNT, token);
    writeClaim(ClaimField.LINK, token);
    writeClaim(ClaimField.LIST, token);
    out.nulls(3); // mailbox, counterparty, thread
    out.nulls(1); // no labels
    writeClaim(ClaimField.VARIANT, token);
    out.nulls(2); // in_reply_to, recipient_time_zone
    if (token.has(ClaimField.TRACKED_LINKS)) {
      out.optionalNumber(token.trackedLinks());
    } else {
      out.nulls(1);
    }
  }

  private void writeContent(HitKind kind, TokenVerifier token) {
    ClaimField own = kind.ownClaim();
    out.nulls(5); // mailbox_provider, folder, auto_reply, smtp_code, enhanced_code
    out.nulls(3); // diagnostic, bounce_class, placement
    PixelPosition position = own == ClaimField.POSITION ? token.position() : null;
    writeConstant(position == null ? null : positions.get(position));
    out.nulls(1); // read_class
    writeClaimIf(own == ClaimField.TARGET_URL, ClaimField.TARGET_URL, token);
    writeClaimIf(own == ClaimField.FILE_NAME, ClaimField.FILE_NAME, token);
    writeClaimIf(own == ClaimField.CHANNEL, ClaimField.CHANNEL, token);
    out.nulls(2); // inferred, disposition
  }

  @SuppressWarnings("ReferenceEquality") // Only to spare the usual hit the steps below.
  private void writeConversion(Conversion conversion) {
    if (conversion == Conversion.NONE) {
      out.nulls(4); // goal, value, currency, order
      return;
    }
    out.optionalText(conversion.goal());
    if (conversion.value() == null) {
      out.nulls(1);
    } else {
      byte[] unscaled = conversion.value().unscaledValue().toByteArray();
      out.optionalText(unscaled, 0, unscaled.length);
    }
    out.optionalText(conversion.currency());
    out.optionalText(conversion.order());
  }

  private void writeIssueTime(TokenVerifier token, boolean isPersonal) {
    if (token.has(ClaimField.ISSUED_AT)) {
      long issuedMs = token.issuedAtSeconds() * SECOND_MS;
      out.optionalNumber(isPersonal ? issuedMs : hourOf(issuedMs));
    } else {
      out.nulls(1);
    }
  }

  private static long hourOf(long timeMs) {
    return Math.floorDiv(timeMs, HOUR_MS) * HOUR_MS;
  }

  private void writeClaimIf(boolean isWanted, ClaimField field, TokenVerifier token) {
    if (isWanted) {
      writeClaim(field, token);
    } else {
      out.nulls(1);
    }
  }

  private void writeClaim(ClaimField field, TokenVerifier token) {
    int length = token.length(field);
    if (length == 0) {
      out.nulls(1);
    } else {
      out.optionalText(token.buffer(), token.offset(field), length);
    }
  }

  private void writeConstant(byte @Nullable [] optional) {
    if (optional == null) {
      out.nulls(1);
    } else {
      out.raw(optional);
    }
  }

  /// The marker of the single-object encoding and the schema's fingerprint.
  private static byte[] header() {
    AvroBytes header = new AvroBytes(10);
    header.raw((byte) 0xC3);
    header.raw((byte) 0x01);
    long fingerprint = SchemaNormalization.parsingFingerprint64(EmailEvent.getClassSchema());
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      header.raw((byte) (fingerprint >>> shift));
    }
    return header.copy();
  }

  private static byte[] journalAndLane(LaneWriter lane) {
    AvroBytes both = new AvroBytes(64);
    both.optionalText(lane.journal());
    both.optionalNumber(lane.lane());
    return both.copy();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
