package io.aftersend.query.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.aftersend.query.http.Json;
import io.aftersend.runtime.tenants.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// A document as a text that only this installation can write: the document, and an HMAC-SHA-256
/// over it under a key derived from the tenants file's secret. It needs no store, outlives a
/// restart, and every API process of the installation can read it.
///
/// @param purpose what the texts are for; a text for one purpose is none for another
public record Seal(String purpose) {
  private static final String ALGORITHM = "HmacSHA256";

  /// Longer than anything that we seal.
  private static final int MAX_LENGTH = 2_048;

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  /// The sealed text, of characters that a cookie may have.
  public String close(JsonNode document, Secret master) {
    String text = ENCODER.encodeToString(Json.bytes(document));
    return text + "." + ENCODER.encodeToString(mac(text, master));
  }

  /// The document; null where the text was not sealed for this purpose with this secret.
  public @Nullable JsonNode open(String sealed, Secret master) {
    int dot = sealed.indexOf('.');
    if (dot < 0 || sealed.length() > MAX_LENGTH) {
      return null;
    }
    String text = sealed.substring(0, dot);
    try {
      byte[] presented = Base64.getUrlDecoder().decode(sealed.substring(dot + 1));
      return MessageDigest.isEqual(presented, mac(text, master))
          ? MAPPER.readTree(Base64.getUrlDecoder().decode(text))
          : null;
    } catch (IllegalArgumentException | JsonProcessingException e) {
      return null;
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can always be read", e);
    }
  }

  private byte[] mac(String text, Secret master) {
    byte[] key = hmac(master.bytes(), ("aftersend " + purpose).getBytes(StandardCharsets.UTF_8));
    return hmac(key, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
