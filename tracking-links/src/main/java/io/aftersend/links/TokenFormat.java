package io.aftersend.links;

/// The sizes of token version 1: `version | key id | payload | tag`, as one base64url string.
final class TokenFormat {
  static final byte VERSION = 1;
  static final int KEY_ID_OFFSET = 1;
  static final int KEY_ID_BYTES = 6;
  static final int PAYLOAD_OFFSET = KEY_ID_OFFSET + KEY_ID_BYTES;
  static final int TAG_BYTES = 16;

  /// The shortest payload is a tenant of one character: tag, length, character.
  static final int MIN_BYTES = PAYLOAD_OFFSET + 3 + TAG_BYTES;

  /// Room for every field at its longest. A multiple of three, so that it is a whole number of
  /// base64url groups.
  static final int MAX_BYTES = 9_600;

  static final int MIN_CHARACTERS = Base64Url.encodedLength(MIN_BYTES);
  static final int MAX_CHARACTERS = Base64Url.encodedLength(MAX_BYTES);

  private TokenFormat() {}
}
