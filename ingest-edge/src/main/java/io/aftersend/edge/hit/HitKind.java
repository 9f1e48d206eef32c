package io.aftersend.edge.hit;

import io.aftersend.links.ClaimField;
import io.aftersend.links.Endpoint;
import io.aftersend.schemas.event.EventType;
import org.jspecify.annotations.Nullable;

/// What a request for a tracked URL means.
///
/// @param type of its event
/// @param isPixel whether it is answered with the pixel
/// @param extension what may stand behind the token in the path
/// @param ownClaim what of the token goes into the events of this kind alone
/// @param typeBytes the type as an Avro text
/// @param sourceBytes how such an event came in, as an Avro text
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record HitKind(
    Endpoint endpoint,
    EventType type,
    boolean isPixel,
    byte[] extension,
    @Nullable ClaimField ownClaim,
    byte[] typeBytes,
    byte[] sourceBytes) {
  private static final byte[] GIF = {'.', 'g', 'i', 'f'};
  private static final byte[] NO_EXTENSION = {};

  /// What a POST of an unsubscribe link means.
  static final HitKind UNSUBSCRIBED =
      page(Endpoint.UNSUBSCRIBE, EventType.UNSUBSCRIBED, "unsubscribe", null);

  /// What a GET or HEAD means.
  static HitKind of(Endpoint endpoint) {
    return switch (endpoint) {
      case OPEN -> pixel(endpoint, EventType.OPENED, GIF, ClaimField.POSITION);
      case PAGE_VIEW -> pixel(endpoint, EventType.PAGE_VIEWED, NO_EXTENSION, ClaimField.TARGET_URL);
      case CONVERSION -> pixel(endpoint, EventType.CONVERTED, NO_EXTENSION, null);
      case CLICK -> page(endpoint, EventType.CLICKED, "redirect", ClaimField.TARGET_URL);
      case ATTACHMENT ->
          page(endpoint, EventType.ATTACHMENT_OPENED, "redirect", ClaimField.FILE_NAME);
      case FORWARD -> page(endpoint, EventType.FORWARDED, "redirect", ClaimField.CHANNEL);
      case UNSUBSCRIBE -> page(endpoint, EventType.UNSUBSCRIBE_VIEWED, "unsubscribe", null);
    };
  }

  private static HitKind pixel(
      Endpoint endpoint, EventType type, byte[] extension, @Nullable ClaimField ownClaim) {
    return new HitKind(
        endpoint,
        type,
        true,
        extension,
        ownClaim,
        AvroBytes.constantText(type.wireName()),
        AvroBytes.constantText("pixel"));
  }

  private static HitKind page(
      Endpoint endpoint, EventType type, String source, @Nullable ClaimField ownClaim) {
    return new HitKind(
        endpoint,
        type,
        false,
        NO_EXTENSION,
        ownClaim,
        AvroBytes.constantText(type.wireName()),
        AvroBytes.constantText(source));
  }
}
