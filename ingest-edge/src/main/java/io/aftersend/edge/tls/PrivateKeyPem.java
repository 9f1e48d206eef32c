package io.aftersend.edge.tls;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A private key in PEM without a pass phrase: PKCS #8, or one of the older forms that OpenSSL and
/// acme.sh write (PKCS #1 for RSA, SEC 1 for elliptic curves).
final class PrivateKeyPem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

  private PrivateKeyPem() {}

  /// Reads the first private key of a text.
  ///
  /// @param file where the text comes from, for messages
  /// @param certified the certificate's key, whose kind it must have
  static PrivateKey read(String text, Path file, PublicKey certified)
      throws UnusableCertificateException {
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      throw new UnusableCertificateException(
          file + ": expected a private key in PEM (-----BEGIN PRIVATE KEY-----), found none");
    }
    String kind = block.group(1);
    if (kind.startsWith("ENCRYPTED") || block.group(2).contains("ENCRYPTED")) {
      throw new UnusableCertificateException(
          file + ": expected a private key without a pass phrase, got an encrypted one");
    }
    String algorithm = certified.getAlgorithm();
    try {
      byte[] der = Base64.getMimeDecoder().decode(block.group(2).strip());
      byte[] whole =
          switch (kind) {
            case "PRIVATE KEY" -> der;
            case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> inPkcs8(der, certified.getEncoded());
            default ->
                throw new UnusableCertificateException(
                    file + ": expected a private key of RSA or an elliptic curve, got " + kind);
          };
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(whole));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw new UnusableCertificateException(
          file
              + ": expected a private key of the certificate's kind ("
              + algorithm
              + "), got "
              + e.getMessage(),
          e);
    }
  }

  /// PKCS #8 (RFC 5208) is a version, the algorithm with its parameters, and the older form as
  /// octets. The algorithm stands in the public key, too (RFC 5280, SubjectPublicKeyInfo), as its
  /// first part.
  private static byte[] inPkcs8(byte[] older, byte[] publicKey) {
    int start = headerBytes(publicKey, 0);
    int end = start + headerBytes(publicKey, start) + contentBytes(publicKey, start);
    byte[] algorithm = Arrays.copyOfRange(publicKey, start, end);
    return tagged(SEQUENCE, joined(VERSION_0, algorithm, tagged(OCTET_STRING, older)));
  }

  private static int headerBytes(byte[] der, int at) {
    int length = der[at + 1] & 0xFF;
    return length < 0x80 ? 2 : 2 + (length & 0x7F);
  }

  private static int contentBytes(byte[] der, int at) {
    int length = der[at + 1] & 0xFF;
    if (length < 0x80) {
      return length;
    }
    int value = 0;
    for (int i = 0; i < (length & 0x7F); i++) {
      value = value << 8 | (der[at + 2 + i] & 0xFF);
    }
    return value;
  }

  private static byte[] tagged(int tag, byte[] content) {
    int length = content.length;
    byte[] header = {(byte) tag, (byte) 0x82, (byte) (length >>> 8), (byte) length};
    if (length < 0x80) {
      header = new byte[] {(byte) tag, (byte) length};
    } else if (length < 0x100) {
      header = new byte[] {(byte) tag, (byte) 0x81, (byte) length};
    } else if (length > 0xFFFF) {
      throw new IllegalArgumentException(length + " bytes");
    }
    return joined(header, content);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }
}
