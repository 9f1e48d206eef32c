package io.aftersend.edge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateTest {
  @TempDir private Path directory;

  private Certificate read(String name) throws IOException, UnusableCertificateException {
    CertificateFiles files = Objects.requireNonNull(CertificateFiles.in(directory).get(name), name);
    return Certificate.read(files, SslProvider.JDK);
  }

  private static KeyPair keys(String algorithm, int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  /// BouncyCastle writes the older forms, as OpenSSL does.
  @ParameterizedTest
  @CsvSource({"EC,256", "EC,384", "RSA,2048", "RSA,3072"})
  void readsTheOlderFormsOfKeysToo(String algorithm, int bits) throws Exception {
    KeyPair keys = keys(algorithm, bits);
    TestCertificate certificate =
        TestCertificate.of(keys, Instant.now().plusSeconds(60), "a.example");
    StringWriter older = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(older)) {
      writer.writeObject(keys.getPrivate());
    }
    assertThat(older.toString()).contains("BEGIN " + algorithm + " PRIVATE KEY");
    new TestCertificate(certificate.chain(), older.toString()).write(directory, "old");
    assertThat(read("old").domains()).containsExactly("a.example");
    certificate.write(directory, "new");
    assertThat(read("new").domains()).containsExactly("a.example");
  }

  @Test
  void refusesKeysWithAPassPhrase() throws Exception {
    TestCertificate certificate = TestCertificate.of("a.example");
    String body = Base64.getEncoder().encodeToString(new byte[99]);
    for (String key :
        new String[] {
          "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
              + body
              + "\n-----END ENCRYPTED PRIVATE KEY-----",
          "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n"
              + body
              + "\n-----END RSA PRIVATE KEY-----"
        }) {
      new TestCertificate(certificate.chain(), key).write(directory, "a");
      assertThatThrownBy(() -> read("a"))
          .hasMessageContaining("a.key: expected a private key without a pass phrase");
    }
  }

  @Test
  void refusesAKeyOfAnotherKind() throws Exception {
    TestCertificate curve = TestCertificate.of("a.example");
    TestCertificate rsa =
        TestCertificate.of(keys("RSA", 2048), Instant.now().plusSeconds(60), "a.example");
    new TestCertificate(curve.chain(), rsa.key()).write(directory, "a");
    assertThatThrownBy(() -> read("a"))
        .hasMessageContaining("a.key: expected a private key of the certificate's kind (EC)");
  }

  @Test
  void prefersTheLongerLivedOfTwoForTheSameName() throws Exception {
    Instant soon = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
    Instant late = soon.plus(Duration.ofDays(50));
    TestCertificate.of(keys("EC", 256), soon, "both.example", "soon.example").write(directory, "a");
    TestCertificate.of(keys("EC", 256), late, "late.example", "both.example").write(directory, "b");
    Map<String, Certificate> byName = new HashMap<>();
    for (String name : new String[] {"a", "b"}) {
      byName.put(name, read(name));
    }
    CertificateTable table = CertificateTable.of(byName);
    assertThat(table.find("both.example").name()).isEqualTo("b");
    assertThat(table.find("soon.example").name()).isEqualTo("a");
    assertThat(table.find(null).name()).isEqualTo("a");
    assertThat(table.firstExpiry()).isEqualTo(soon);
  }
}
