package io.aftersend.links;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A token put together byte by byte, and signed with the platform's HMAC, so that tests can make
/// what the signer would refuse and do not trust its code.
final class HandMade {
  private final ByteArrayOutputStream payload = new ByteArrayOutputStream();

  static HandMade payload() {
    return new HandMade();
  }

  HandMade tenant() {
    return field(1, Keys.ascii(Keys.TENANT));
  }

  HandMade field(int tag, String value) {
    return field(tag, Keys.ascii(value));
  }

  HandMade field(int tag, byte... value) {
    payload.write(tag);
    if (value.length > 127) {
      payload.write(0x80 | (value.length & 0x7F));
    }
    payload.write(value.length > 127 ? value.length >> 7 : value.length);
    return raw(value);
  }

  HandMade raw(byte... bytes) {
    payload.writeBytes(bytes);
    return this;
  }

  String token(SigningKey key, Endpoint endpoint) {
    return token(1, key, endpoint);
  }

  String token(int version, SigningKey key, Endpoint endpoint) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.write(version);
    head.writeBytes(Base64.getUrlDecoder().decode(key.id()));
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    signed.writeBytes(head.toByteArray());
    signed.write(endpoint.letter());
    signed.writeBytes(payload.toByteArray());
    head.writeBytes(payload.toByteArray());
    head.writeBytes(Arrays.copyOf(hmac(key.copyOfSecret(), signed.toByteArray()), 16));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(head.toByteArray());
  }

  private static byte[] hmac(byte[] secret, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
