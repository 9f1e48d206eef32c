package io.aftersend.edge.hit;

import io.aftersend.edge.field.TextRules;
import io.aftersend.edge.http.Header;
import io.aftersend.edge.http.RequestHead;
import io.aftersend.edge.network.IpAddress;
import io.aftersend.edge.network.Network;
import io.aftersend.edge.network.NetworkTable;
import io.aftersend.links.ClaimField;
import io.aftersend.links.PixelPosition;
import io.aftersend.links.TokenVerifier;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The maker of the events of hits: what the token claims, what the request shows, and no more of
/// the person than the token's tracking mode allows. One per event loop.
///
/// In mode `aggregate` an event has no recipient, account, network address, user agent or referer,
/// and its times are cut to the hour. It keeps its message, so that counting per message works:
/// whoever can tell from elsewhere to whom that message went can tell whose event it is. An
/// unsubscription is no tracking but a wish: it keeps its recipient and its time in every mode, and
/// only loses the traces of the device.
final class HitEvents {
  private static final int MAX_USER_AGENT = 1024;
  private static final byte[] PREFETCH = "prefetch".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PREVIEW = "preview".getBytes(StandardCharsets.US_ASCII);

  private final InstantSource clock;
  private final Supplier<NetworkTable> networks;

  HitEvents(InstantSource clock, Supplier<NetworkTable> networks) {
    this.clock = clock;
    this.networks = networks;
  }

  /// The event of a hit.
  ///
  /// @param token has just found the hit's token valid
  /// @param client the client's address as 4 or 16 bytes
  EmailEvent make(
      EventType type,
      String source,
      TokenVerifier token,
      RequestHead head,
      byte @Nullable [] client) {
    EmailEvent event = new EmailEvent();
    Instant now = Instant.ofEpochMilli(clock.millis());
    event.setType(type.wireName());
    event.setSource(source);
    event.setEventTime(now);
    event.setIngestTime(now);
    setClaims(event, type, token);
    setRequest(event, head);
    setNetwork(event, client);
    switch (token.trackingMode()) {
      case FULL, DELIVERABILITY -> {}
      case AGGREGATE, NONE -> removePerson(event, type);
    }
    return event;
  }

  private static void setClaims(EmailEvent event, EventType type, TokenVerifier token) {
    event.setTenant(token.tenant());
    event.setCampaign(token.text(ClaimField.CAMPAIGN));
    event.setMessage(token.text(ClaimField.MESSAGE));
    event.setRecipient(token.text(ClaimField.RECIPIENT));
    event.setAccount(token.text(ClaimField.ACCOUNT));
    event.setLink(token.text(ClaimField.LINK));
    event.setList(token.text(ClaimField.LIST));
    event.setVariant(token.text(ClaimField.VARIANT));
    event.setLabels(List.of());
    event.setTest(token.isTest());
    event.setTrackingMode(token.trackingMode().wireName());
    event.setTrackedLinks(token.has(ClaimField.TRACKED_LINKS) ? token.trackedLinks() : null);
    switch (type) {
      case OPENED -> {
        PixelPosition position = token.position();
        event.setPosition(position == null ? null : position.wireName());
      }
      case CLICKED, PAGE_VIEWED -> event.setUrl(token.text(ClaimField.TARGET_URL));
      case ATTACHMENT_OPENED -> event.setFileName(token.text(ClaimField.FILE_NAME));
      case FORWARDED -> event.setChannel(token.text(ClaimField.CHANNEL));
      default -> {}
    }
  }

  private static void setRequest(EmailEvent event, RequestHead head) {
    event.setMethod(head.method().name());
    event.setPrefetch(isPrefetch(head));
    event.setHost(hostOf(head.text(Header.HOST)));
    event.setReferer(hostOf(refererUrl(head)));
    event.setUserAgent(userAgent(head));
  }

  /// Whether a program says that it fetches before anybody asks. Each browser family has a header
  /// of its own for that.
  static boolean isPrefetch(RequestHead head) {
    return head.startsWith(Header.SEC_PURPOSE, PREFETCH)
        || head.is(Header.PURPOSE, PREFETCH)
        || head.is(Header.X_MOZ, PREFETCH)
        || head.is(Header.X_PURPOSE, PREVIEW)
        || head.is(Header.X_PURPOSE, PREFETCH);
  }

  private static @Nullable String hostOf(@Nullable String text) {
    return text == null ? null : TextRules.host(text);
  }

  /// A referer without a scheme is some other word.
  private static @Nullable String refererUrl(RequestHead head) {
    String referer = head.text(Header.REFERER);
    return referer == null || !referer.contains("://") ? null : referer;
  }

  /// Cut to a bounded length; what is no printable ASCII stands as a question mark.
  private static @Nullable String userAgent(RequestHead head) {
    if (!head.has(Header.USER_AGENT)) {
      return null;
    }
    byte[] bytes = head.bytes();
    int offset = head.offset(Header.USER_AGENT);
    char[] text = new char[Math.min(head.length(Header.USER_AGENT), MAX_USER_AGENT)];
    for (int i = 0; i < text.length; i++) {
      byte c = bytes[offset + i];
      text[i] = c >= ' ' && c < 0x7F ? (char) c : '?';
    }
    return new String(text);
  }

  private void setNetwork(EmailEvent event, byte @Nullable [] client) {
    if (client == null) {
      return;
    }
    Network network = networks.get().find(client);
    event.setNetworkClass(network.networkClass().wireName());
    event.setAsn(network.asn());
    event.setIp(IpAddress.truncated(client));
  }

  private static void removePerson(EmailEvent event, EventType type) {
    event.setIp(null);
    event.setAsn(null);
    event.setUserAgent(null);
    event.setReferer(null);
    if (type == EventType.UNSUBSCRIBED) {
      return;
    }
    event.setRecipient(null);
    event.setAccount(null);
    Instant hour = event.getIngestTime().truncatedTo(ChronoUnit.HOURS);
    event.setEventTime(hour);
    event.setIngestTime(hour);
  }
}
