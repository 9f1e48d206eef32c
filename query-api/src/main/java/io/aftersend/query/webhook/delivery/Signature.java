package io.aftersend.query.webhook.delivery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The signature of a delivery as [Standard Webhooks](https://www.standardwebhooks.com) has it.
final class Signature {
  private static final String ALGORITHM = "HmacSHA256";

  private Signature() {}

  /// The value of the header `webhook-signature`.
  ///
  /// @param timestampSeconds of the attempt, epoch seconds
  /// @param secrets each makes a signature; a receiver accepts any that it knows
  static String of(String id, long timestampSeconds, byte[] body, List<String> secrets) {
    byte[] start = (id + "." + timestampSeconds + ".").getBytes(StandardCharsets.UTF_8);
    return secrets.stream()
        .map(secret -> "v1," + Base64.getEncoder().encodeToString(mac(secret, start, body)))
        .collect(Collectors.joining(" "));
  }

  private static byte[] mac(String secret, byte[] start, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(Secrets.key(secret), ALGORITHM));
      mac.update(start);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
