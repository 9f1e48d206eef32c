package io.aftersend.links;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The checker of tokens, confined to one thread: make one per event loop. Checking allocates
/// nothing. After a valid token the accessors show its fields, as slices of [#buffer()] without a
/// copy, until the next check; after any other they show none.
public final class TokenVerifier {
  /// The most characters that a token can have.
  public static final int MAX_TOKEN_CHARACTERS = TokenFormat.MAX_CHARACTERS;

  private final Supplier<KeyRing> keyRing;
  private final TokenTag tag = new TokenTag();

  /// Laid out for the tag.
  private final byte[] binary = new byte[TokenTag.TOKEN_OFFSET + TokenFormat.MAX_BYTES];

  private final PayloadReader payload = new PayloadReader(binary);
  private @Nullable SigningKey key;

  /// @param keyRing asked at every check, so that changed keys take effect at once; it should hand
  ///   out a reference that it holds
  public TokenVerifier(Supplier<KeyRing> keyRing) {
    this.keyRing = keyRing;
  }

  /// Checks the token in a slice of a buffer, which is only read during the call. Whatever the
  /// bytes are, the answer is a status.
  ///
  /// @param text holds the token's ASCII characters, without an extension such as `.gif`
  /// @param endpoint where the token was presented
  /// @throws IndexOutOfBoundsException if the slice is not within the buffer
  public TokenStatus verify(byte[] text, int offset, int length, Endpoint endpoint) {
    Objects.checkFromIndexSize(offset, length, text.length);
    TokenStatus status = check(text, offset, length, endpoint);
    if (status != TokenStatus.VALID) {
      key = null;
      payload.clear();
    }
    return status;
  }

  /// Checks a token given as text. Allocates: meant for use off the hot path.
  public TokenStatus verify(String token, Endpoint endpoint) {
    byte[] text = new byte[Math.min(token.length(), TokenFormat.MAX_CHARACTERS + 1)];
    for (int i = 0; i < text.length; i++) {
      char c = token.charAt(i);
      text[i] = c < 0x80 ? (byte) c : -1;
    }
    return verify(text, 0, text.length, endpoint);
  }

  private TokenStatus check(byte[] text, int offset, int length, Endpoint endpoint) {
    if (length < TokenFormat.MIN_CHARACTERS || length > TokenFormat.MAX_CHARACTERS) {
      return TokenStatus.MALFORMED;
    }
    int start = TokenTag.TOKEN_OFFSET;
    int end = Base64Url.decode(text, offset, length, binary, start);
    if (end < 0) {
      return TokenStatus.MALFORMED;
    }
    if (binary[start] != TokenFormat.VERSION) {
      return TokenStatus.UNKNOWN_VERSION;
    }
    long keyId = SigningKey.idBits(binary, start + TokenFormat.KEY_ID_OFFSET);
    SigningKey named = keyRing.get().find(keyId);
    if (named == null) {
      return TokenStatus.UNKNOWN_KEY;
    }
    int payloadEnd = end - TokenFormat.TAG_BYTES;
    tag.compute(named, endpoint, binary, payloadEnd);
    if (!tag.isAt(binary, payloadEnd)) {
      return TokenStatus.BAD_SIGNATURE;
    }
    key = named;
    return checkPayload(named, endpoint, payloadEnd);
  }

  private TokenStatus checkPayload(SigningKey named, Endpoint endpoint, int payloadEnd) {
    if (!payload.read(TokenTag.TOKEN_OFFSET + TokenFormat.PAYLOAD_OFFSET, payloadEnd)
        || (endpoint.isRedirect() && !payload.has(ClaimField.TARGET_URL))) {
      return TokenStatus.BAD_PAYLOAD;
    }
    return isTenant(named.tenant()) ? TokenStatus.VALID : TokenStatus.FOREIGN_TENANT;
  }

  private boolean isTenant(String tenant) {
    int length = payload.length(ClaimField.TENANT);
    if (length != tenant.length()) {
      return false;
    }
    int offset = payload.offset(ClaimField.TENANT);
    for (int i = 0; i < length; i++) {
      if (binary[offset + i] != tenant.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// The buffer that the slices lie in. Borrowed: read-only, and overwritten by the next check.
  public byte[] buffer() {
    return binary;
  }

  /// Whether the last token was valid and has the field.
  public boolean has(ClaimField field) {
    return payload.has(field);
  }

  /// Where the field's bytes begin in [#buffer()]; meaningless when the field is absent. Ids and
  /// the target URL are ASCII, the file name is UTF-8; for the others use the accessors below.
  public int offset(ClaimField field) {
    return payload.offset(field);
  }

  /// The number of the field's bytes, 0 when it is absent.
  public int length(ClaimField field) {
    return payload.length(field);
  }

  /// The tenant of the last token, which is also its key's. Allocates nothing.
  ///
  /// @throws IllegalStateException if the last token was not valid
  public String tenant() {
    return validKey().tenant();
  }

  /// The id of the key that signed the last token. Allocates nothing.
  ///
  /// @throws IllegalStateException if the last token was not valid
  public String keyId() {
    return validKey().id();
  }

  /// The tracking mode, [TrackingMode#FULL] when the token has none.
  public TrackingMode trackingMode() {
    TrackingMode mode = TrackingMode.ofCode(payload.octet(ClaimField.TRACKING_MODE));
    return mode == null ? TrackingMode.FULL : mode;
  }

  /// The pixel's position, or null when the token has none.
  public @Nullable PixelPosition position() {
    return PixelPosition.ofCode(payload.octet(ClaimField.POSITION));
  }

  /// Whether the message is a proof or seed mail.
  public boolean isTest() {
    return payload.has(ClaimField.TEST);
  }

  /// The number of tracked links in the message, or -1 when the token has none.
  public int trackedLinks() {
    return (int) payload.number(ClaimField.TRACKED_LINKS);
  }

  /// Epoch seconds of signing, or -1 when the token has none.
  public long issuedAtSeconds() {
    return payload.number(ClaimField.ISSUED_AT);
  }

  /// A copy of a text field as a string, or null when it is absent. Allocates.
  public @Nullable String text(ClaimField field) {
    return payload.text(field);
  }

  /// A copy of the target URL's bytes as they go into a `Location` header, empty when there is
  /// none. Allocates; the slice of [ClaimField#TARGET_URL] does not.
  public byte[] copyOfTargetUrl() {
    int offset = offset(ClaimField.TARGET_URL);
    return Arrays.copyOfRange(binary, offset, offset + length(ClaimField.TARGET_URL));
  }

  /// The claims of the last token as an object of their own. Allocates.
  ///
  /// @throws IllegalStateException if the last token was not valid
  public LinkClaims claims() {
    return LinkClaims.forTenant(tenant())
        .campaign(text(ClaimField.CAMPAIGN))
        .message(text(ClaimField.MESSAGE))
        .recipient(text(ClaimField.RECIPIENT))
        .list(text(ClaimField.LIST))
        .link(text(ClaimField.LINK))
        .targetUrl(text(ClaimField.TARGET_URL))
        .trackingMode(trackingMode())
        .variant(text(ClaimField.VARIANT))
        .position(position())
        .account(text(ClaimField.ACCOUNT))
        .test(isTest())
        .trackedLinks(has(ClaimField.TRACKED_LINKS) ? trackedLinks() : null)
        .issuedAtSeconds(has(ClaimField.ISSUED_AT) ? issuedAtSeconds() : null)
        .fileName(text(ClaimField.FILE_NAME))
        .channel(text(ClaimField.CHANNEL))
        .build();
  }

  private SigningKey validKey() {
    if (key == null) {
      throw new IllegalStateException("expected a valid token to have been checked last");
    }
    return key;
  }
}
