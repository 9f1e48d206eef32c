package io.aftersend.edge.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate made on the spot, and its key.
///
/// @param chain PEM
/// @param key PKCS #8 in PEM
public record TestCertificate(String chain, String key) {

  /// A certificate for these names, of which the first is its subject, too.
  public static TestCertificate of(String... domains) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return of(generator.generateKeyPair(), Instant.now().plus(Duration.ofDays(30)), domains);
  }

  static TestCertificate of(KeyPair keys, Instant end, String... domains) throws Exception {
    X500Name subject = new X500Name("CN=" + domains[0]);
    GeneralName[] names =
        Arrays.stream(domains)
            .map(domain -> new GeneralName(GeneralName.dNSName, domain))
            .toArray(GeneralName[]::new);
    String algorithm = keys.getPrivate().getAlgorithm().equals("RSA") ? "RSA" : "ECDSA";
    ContentSigner signer =
        new JcaContentSignerBuilder("SHA256with" + algorithm).build(keys.getPrivate());
    X509CertificateHolder certificate =
        new JcaX509v3CertificateBuilder(
                subject,
                BigInteger.valueOf(System.nanoTime()),
                Date.from(Instant.now().minus(Duration.ofDays(1))),
                Date.from(end),
                subject,
                keys.getPublic())
            .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names))
            .build(signer);
    return new TestCertificate(
        pem("CERTIFICATE", certificate.getEncoded()),
        pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
  }

  private static String pem(String kind, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, lines, kind);
  }

  /// Writes `NAME.crt` and `NAME.key`.
  public void write(Path directory, String name) throws IOException {
    replace(directory.resolve(name + ".key"), key);
    replace(directory.resolve(name + ".crt"), chain);
  }

  /// As certbot does it: a new file takes the old one's place.
  static void replace(Path file, String text) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
