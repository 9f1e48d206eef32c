package io.aftersend.edge.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A private key in PEM: PKCS #8 without a pass phrase, as certbot, acme.sh and OpenSSL 3 write it.
final class PrivateKeyPem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----([^-]*)-----END \\1-----");

  private PrivateKeyPem() {}

  /// Reads the first private key of a text.
  ///
  /// @param file where the text comes from, for messages
  /// @param algorithm the certificate's, such as `EC`
  static PrivateKey read(String text, Path file, String algorithm)
      throws UnusableCertificateException {
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      throw new UnusableCertificateException(
          file + ": expected a private key in PEM (-----BEGIN PRIVATE KEY-----), found none");
    }
    switch (block.group(1)) {
      case "PRIVATE KEY" -> {}
      case "ENCRYPTED PRIVATE KEY" ->
          throw new UnusableCertificateException(
              file + ": expected a private key without a pass phrase, got an encrypted one");
      default ->
          throw new UnusableCertificateException(
              file
                  + ": expected a private key in PKCS #8 (-----BEGIN PRIVATE KEY-----), got "
                  + block.group(1)
                  + ": convert it by openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(block.group(2).strip());
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw new UnusableCertificateException(
          file + ": expected a private key of the certificate's kind (" + algorithm + "), got "
              + e.getMessage(),
          e);
    }
  }
}
