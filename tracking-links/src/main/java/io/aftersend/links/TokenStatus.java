package io.aftersend.links;

/// The outcome of checking a token. Everything but [#VALID] is a reason to count.
public enum TokenStatus {
  VALID("valid"),
  /// Not canonical base64url, or too short or too long to be a token.
  MALFORMED("malformed"),
  /// Of a version that this verifier does not know.
  UNKNOWN_VERSION("unknown_version"),
  /// Signed with a key that the key ring does not hold (any more).
  UNKNOWN_KEY("unknown_key"),
  /// Changed since it was signed, or signed for another endpoint or with another secret.
  BAD_SIGNATURE("bad_signature"),
  /// Rightly signed, but the payload breaks the format, or lacks the target that a redirect needs.
  BAD_PAYLOAD("bad_payload"),
  /// Rightly signed with one tenant's key, but names another tenant.
  FOREIGN_TENANT("foreign_tenant");

  private final String wireName;

  TokenStatus(String wireName) {
    this.wireName = wireName;
  }

  /// The value to use as a counter's label.
  public String wireName() {
    return wireName;
  }
}
