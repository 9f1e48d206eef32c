package io.aftersend.links;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The encoder of a payload: fields in ascending order, each `tag, varint length, bytes`. For one
/// payload and one thread.
final class PayloadWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

  private PayloadWriter() {}

  /// @param targetUrl the target as it goes on the wire; the one in the claims is not looked at
  /// @throws RefusedLinkException naming the first field whose value is not allowed
  static byte[] write(LinkClaims claims, @Nullable String targetUrl) {
    PayloadWriter writer = new PayloadWriter();
    writer.text(ClaimField.TENANT, claims.tenant());
    writer.text(ClaimField.CAMPAIGN, claims.campaign());
    writer.text(ClaimField.MESSAGE, claims.message());
    writer.text(ClaimField.RECIPIENT, claims.recipient());
    writer.text(ClaimField.LIST, claims.list());
    writer.text(ClaimField.LINK, claims.link());
    writer.text(ClaimField.TARGET_URL, targetUrl);
    if (claims.trackingMode() != TrackingMode.FULL) {
      writer.octet(ClaimField.TRACKING_MODE, claims.trackingMode().code());
    }
    writer.text(ClaimField.VARIANT, claims.variant());
    PixelPosition position = claims.position();
    if (position != null) {
      writer.octet(ClaimField.POSITION, position.code());
    }
    writer.text(ClaimField.ACCOUNT, claims.account());
    if (claims.isTest()) {
      writer.octet(ClaimField.TEST, 1);
    }
    writer.number(ClaimField.TRACKED_LINKS, claims.trackedLinks());
    writer.number(ClaimField.ISSUED_AT, claims.issuedAtSeconds());
    writer.text(ClaimField.FILE_NAME, claims.fileName());
    writer.text(ClaimField.CHANNEL, claims.channel());
    return writer.out.toByteArray();
  }

  private void text(ClaimField field, @Nullable String value) {
    if (value != null) {
      field(field, utf8(field, value), value);
    }
  }

  private void octet(ClaimField field, int value) {
    field(field, new byte[] {(byte) value}, "");
  }

  private void number(ClaimField field, @Nullable Number value) {
    if (value == null) {
      return;
    }
    long bits = value.longValue();
    int length = Math.max(1, (64 - Long.numberOfLeadingZeros(bits) + 7) / 8);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (bits >>> (8 * (length - 1 - i)));
    }
    field(field, bytes, value.toString());
  }

  private void field(ClaimField field, byte[] bytes, String shown) {
    if (!field.kind().accepts(bytes, 0, bytes.length)) {
      throw RefusedLinkException.of(field, shown);
    }
    out.write(field.tag());
    if (bytes.length >= 0x80) {
      out.write((bytes.length & 0x7F) | 0x80);
      out.write(bytes.length >> 7);
    } else {
      out.write(bytes.length);
    }
    out.writeBytes(bytes);
  }

  /// The encoder reports unpaired surrogates, where `String.getBytes` would write a question mark.
  private static byte[] utf8(ClaimField field, String value) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      RefusedLinkException refusal = RefusedLinkException.of(field, value);
      refusal.initCause(e);
      throw refusal;
    }
  }
}
