package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLS as an operator turns it on: two keys, a directory, and an address in the READY line.
class EdgeTlsIT {
  private static final char[] PASSWORD = "only-for-this".toCharArray();

  @Test
  void pixelIsAnsweredAtTheTlsAddressOfTheReadyLine(@TempDir Path directory) throws Exception {
    KeyStore made = makeCertificate(directory.resolve("made.p12"));
    Path certificates = Files.createDirectory(directory.resolve("certificates"));
    writePem(
        certificates.resolve("links.crt"),
        "CERTIFICATE",
        made.getCertificate("links").getEncoded());
    writePem(
        certificates.resolve("links.key"),
        "PRIVATE KEY",
        made.getKey("links", PASSWORD).getEncoded());
    Map<String, String> settings =
        Map.of("AFTERSEND_EDGE_TLS_PORT", "0", "AFTERSEND_EDGE_TLS_DIR", certificates.toString());

    try (LoneEdge edge = LoneEdge.startIn(directory, settings)) {
      URI plain = URI.create(edge.process().ready().field("edge"));
      URI tls = URI.create(edge.process().ready().field("tls"));
      assertThat(tls.getScheme()).isEqualTo("https");
      assertThat(tls.getPort()).isNotEqualTo(plain.getPort());

      // The certificate is made out for this name, and the client checks it.
      URI named = URI.create("https://localhost:" + tls.getPort() + edge.pixel());
      HttpResponse<byte[]> answer = get(named, trusting(made));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).hasSize(43).startsWith('G', 'I', 'F');
    }
  }

  private static HttpResponse<byte[]> get(URI uri, SSLContext trust)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().sslContext(trust).build()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
    }
  }

  /// A certificate for `localhost` and its key, from the JDK's own tool.
  private static KeyStore makeCertificate(Path file) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "links",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                String.valueOf(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(file.resolveSibling("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).as(() -> read(file.resolveSibling("keytool.log"))).isZero();
    return KeyStore.getInstance(file.toFile(), PASSWORD);
  }

  private static SSLContext trusting(KeyStore made) throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("links", made.getCertificate("links"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static void writePem(Path file, String kind, byte[] der) throws IOException {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, lines, kind));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
