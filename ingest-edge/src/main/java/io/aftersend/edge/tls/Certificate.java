package io.aftersend.edge.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// A certificate with its key, ready for handshakes.
///
/// @param name of its files
/// @param domains the DNS names that it is for, in lower case; a wildcard as `*.example.com`
/// @param expires when it ends
/// @param context serves TLS 1.2 and 1.3, and offers `http/1.1` alone
record Certificate(String name, List<String> domains, Instant expires, SslContext context) {
  private static final int DNS_NAME = 2;
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final ApplicationProtocolConfig HTTP_1_1_ALONE =
      new ApplicationProtocolConfig(
          Protocol.ALPN,
          SelectorFailureBehavior.NO_ADVERTISE,
          SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_1_1);

  /// What does the cryptography: BoringSSL, or the JDK where that has no natives.
  static SslProvider provider() {
    return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
  }

  /// Reads both files.
  static Certificate read(CertificateFiles files, SslProvider provider)
      throws UnusableCertificateException {
    X509Certificate[] chain = chain(files.chain());
    X509Certificate leaf = chain[0];
    PrivateKey key = PrivateKeyPem.read(text(files.key()), files.key(), leaf.getPublicKey());
    requirePair(files, key, leaf.getPublicKey());
    List<String> domains = domains(files.chain(), leaf);
    try {
      SslContext context =
          SslContextBuilder.forServer(key, chain)
              .sslProvider(provider)
              .protocols(PROTOCOLS)
              .applicationProtocolConfig(HTTP_1_1_ALONE)
              .build();
      return new Certificate(files.name(), domains, leaf.getNotAfter().toInstant(), context);
    } catch (IOException | IllegalArgumentException e) {
      throw new UnusableCertificateException(
          files.chain() + ": expected a certificate that TLS can use, got " + e.getMessage(), e);
    }
  }

  private static X509Certificate[] chain(Path file) throws UnusableCertificateException {
    List<X509Certificate> chain = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        chain.add((X509Certificate) certificate);
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (GeneralSecurityException e) {
      throw new UnusableCertificateException(
          file + ": expected certificates in PEM, got " + e.getMessage(), e);
    }
    if (chain.isEmpty()) {
      throw new UnusableCertificateException(file + ": expected certificates in PEM, found none");
    }
    return chain.toArray(X509Certificate[]::new);
  }

  private static String text(Path file) throws UnusableCertificateException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static UnusableCertificateException unreadable(Path file, IOException e) {
    String got = e instanceof NoSuchFileException ? "none" : e.toString();
    return new UnusableCertificateException(file + ": expected a readable file, got " + got, e);
  }

  /// Signs with one and verifies with the other.
  private static void requirePair(CertificateFiles files, PrivateKey key, PublicKey publicKey)
      throws UnusableCertificateException {
    byte[] probe = files.name().getBytes(StandardCharsets.UTF_8);
    boolean isPair;
    try {
      Signature signature = Signature.getInstance(signatureAlgorithm(key));
      signature.initSign(key);
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(probe);
      isPair = signature.verify(signed);
    } catch (GeneralSecurityException e) {
      throw new UnusableCertificateException(
          files.key() + ": expected a key that can sign, got " + e.getMessage(), e);
    }
    if (!isPair) {
      throw new UnusableCertificateException(
          files.key() + ": expected the key of " + files.chain() + ", got another's");
    }
  }

  private static String signatureAlgorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }

  private static List<String> domains(Path file, X509Certificate leaf)
      throws UnusableCertificateException {
    TreeSet<String> domains = new TreeSet<>();
    try {
      var names = leaf.getSubjectAlternativeNames();
      if (names != null) {
        for (List<?> name : names) {
          if (name.get(0).equals(DNS_NAME)) {
            domains.add(((String) name.get(1)).toLowerCase(Locale.ROOT));
          }
        }
      }
    } catch (GeneralSecurityException e) {
      throw new UnusableCertificateException(
          file + ": expected readable alternative names, got " + e.getMessage(), e);
    }
    return List.copyOf(domains);
  }
}
