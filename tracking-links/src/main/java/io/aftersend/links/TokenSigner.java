package io.aftersend.links;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The maker of tokens. Safe to share between threads.
public final class TokenSigner {
  private final Supplier<KeyRing> keyRing;
  private final TargetUrls targets;

  /// A signer with the standard URL schemes.
  public TokenSigner(Supplier<KeyRing> keyRing) {
    this(keyRing, TargetUrls.standard());
  }

  /// @param keyRing asked for every token, so that a rotated key takes effect at once
  /// @param targets the rule that target URLs are held to
  public TokenSigner(Supplier<KeyRing> keyRing, TargetUrls targets) {
    this.keyRing = keyRing;
    this.targets = targets;
  }

  /// Signs claims for one endpoint with the active key of their tenant. The same claims under the
  /// same key always give the same token.
  ///
  /// @return the token's text, made of base64url characters
  /// @throws RefusedLinkException if a field's value is not allowed, a target that the endpoint
  ///   needs is missing, or the tenant has no active key
  public String sign(Endpoint endpoint, LinkClaims claims) {
    byte[] payload = PayloadWriter.write(claims, target(endpoint, claims));
    SigningKey key = keyRing.get().activeKey(claims.tenant());
    if (key == null) {
      throw new RefusedLinkException(
          ClaimField.TENANT.wireName(),
          "expected a tenant with an active signing key, got "
              + RefusedLinkException.quote(claims.tenant()));
    }
    int payloadOffset = TokenTag.TOKEN_OFFSET + TokenFormat.PAYLOAD_OFFSET;
    int payloadEnd = payloadOffset + payload.length;
    byte[] framed = new byte[payloadEnd];
    writeHead(framed, TokenTag.TOKEN_OFFSET, key);
    System.arraycopy(payload, 0, framed, payloadOffset, payload.length);
    TokenTag tag = new TokenTag();
    tag.compute(key, endpoint, framed, payloadEnd);
    byte[] token = new byte[TokenFormat.PAYLOAD_OFFSET + payload.length + TokenFormat.TAG_BYTES];
    writeHead(token, 0, key);
    System.arraycopy(payload, 0, token, TokenFormat.PAYLOAD_OFFSET, payload.length);
    tag.copyTo(token, token.length - TokenFormat.TAG_BYTES);
    return Base64Url.encode(token);
  }

  private static void writeHead(byte[] token, int offset, SigningKey key) {
    token[offset] = TokenFormat.VERSION;
    for (int i = 0; i < TokenFormat.KEY_ID_BYTES; i++) {
      int shift = 8 * (TokenFormat.KEY_ID_BYTES - 1 - i);
      token[offset + TokenFormat.KEY_ID_OFFSET + i] = (byte) (key.idBits() >>> shift);
    }
  }

  private @Nullable String target(Endpoint endpoint, LinkClaims claims) {
    String targetUrl = claims.targetUrl();
    if (targetUrl != null) {
      return targets.encode(targetUrl);
    }
    if (endpoint.isRedirect()) {
      throw new RefusedLinkException(
          ClaimField.TARGET_URL.wireName(),
          "expected a target for a token at /" + endpoint.letter() + ", got none");
    }
    return null;
  }
}
