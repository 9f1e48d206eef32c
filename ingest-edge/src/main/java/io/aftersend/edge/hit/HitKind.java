package io.aftersend.edge.hit;

import io.aftersend.links.Endpoint;
import io.aftersend.schemas.event.EventType;

/// What a request for a tracked URL of some endpoint means.
///
/// @param type the event of a GET or HEAD
/// @param source how such an event came in, in events
/// @param extension what may stand behind the token in the path
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record HitKind(
    Endpoint endpoint, EventType type, String source, boolean isPixel, byte[] extension) {
  private static final byte[] GIF = {'.', 'g', 'i', 'f'};
  private static final byte[] NONE = {};

  static HitKind of(Endpoint endpoint) {
    return switch (endpoint) {
      case OPEN -> new HitKind(endpoint, EventType.OPENED, "pixel", true, GIF);
      case PAGE_VIEW -> new HitKind(endpoint, EventType.PAGE_VIEWED, "pixel", true, NONE);
      case CONVERSION -> new HitKind(endpoint, EventType.CONVERTED, "pixel", true, NONE);
      case CLICK -> new HitKind(endpoint, EventType.CLICKED, "redirect", false, NONE);
      case ATTACHMENT ->
          new HitKind(endpoint, EventType.ATTACHMENT_OPENED, "redirect", false, NONE);
      case FORWARD -> new HitKind(endpoint, EventType.FORWARDED, "redirect", false, NONE);
      case UNSUBSCRIBE ->
          new HitKind(endpoint, EventType.UNSUBSCRIBE_VIEWED, "unsubscribe", false, NONE);
    };
  }
}
