package io.aftersend.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.tls.TestCertificate;
import io.aftersend.edge.tls.TlsClient;
import io.aftersend.links.Endpoint;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What one client can take of a whole edge, and what it cannot.
class ClientLimitsTest {
  private static final int FAR_MORE_THAN_SOCKETS_HOLD_BYTES = 256 * 1024 * 1024;

  @Test
  void answersAKeyThatPostsTooOftenWith429() throws Exception {
    try (RunningEdge edge = RunningEdge.start(Map.of("AFTERSEND_EDGE_MAX_REQUESTS_PER_KEY", "1"))) {
      assertThat(edge.postEvents("[{\"type\":\"sent\"}]").statusCode()).isEqualTo(202);
      HttpResponse<String> refused = edge.postEvents("[{\"type\":\"sent\"}]");
      // A very slow machine may have come into the next second, and again.
      for (int i = 0; i < 20 && refused.statusCode() == 202; i++) {
        refused = edge.postEvents("[{\"type\":\"sent\"}]");
      }
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(edge.metrics()).contains("aftersend_edge_posts_total{outcome=\"limited\"} 1.0");
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void cutsOffAReaderThatTakesNoAnswers() throws Exception {
    Map<String, String> hasty = Map.of("AFTERSEND_EDGE_IDLE_TIMEOUT", "300ms");
    try (RunningEdge edge = RunningEdge.start(hasty);
        RawClient greedy = edge.connect()) {
      assertThat(bytesTaken(greedy)).isLessThan(FAR_MORE_THAN_SOCKETS_HOLD_BYTES);
      RunningEdge.await(() -> hasClosedOneIdle(edge));
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void cutsOffAReaderWithinTls(@TempDir Path directory) throws Exception {
    TestCertificate.of("a.example").write(directory, "a");
    Map<String, String> values =
        Map.of(
            "AFTERSEND_EDGE_IDLE_TIMEOUT", "3s",
            "AFTERSEND_EDGE_TLS_PORT", "0",
            "AFTERSEND_EDGE_TLS_DIR", directory.toString());
    try (RunningEdge edge = RunningEdge.start(values)) {
      URI url = Objects.requireNonNull(edge.service.tlsUrl());
      try (TlsClient greedy = new TlsClient(url.getPort(), "a.example")) {
        assertThat(bytesTaken(greedy.http)).isLessThan(FAR_MORE_THAN_SOCKETS_HOLD_BYTES);
        RunningEdge.await(() -> hasClosedOneIdle(edge));
        assertThat(edge.metrics())
            .contains(
                "aftersend_edge_tls_certificates 1.0",
                "aftersend_edge_tls_first_expiry_timestamp_seconds ");
      }
    }
  }

  private static boolean hasClosedOneIdle(RunningEdge edge) {
    try {
      return edge.metrics().contains("closed_total{reason=\"idle_timeout\"} 1.0");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// How much a client can send that reads nothing, until it is cut off.
  private static int bytesTaken(RawClient client) {
    byte[] requests =
        "GET /none HTTP/1.1\r\nHost: a\r\n\r\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
    int bytes = 0;
    try {
      while (bytes < FAR_MORE_THAN_SOCKETS_HOLD_BYTES) {
        client.send(requests);
        bytes += requests.length;
      }
    } catch (IOException e) {
      // Cut off.
    }
    return bytes;
  }

  @Test
  void servesBothPortsSideBySide(@TempDir Path directory) throws Exception {
    TestCertificate.of("a.example").write(directory, "a");
    Map<String, String> values =
        Map.of(
            "AFTERSEND_EDGE_TRUSTED_PROXIES", "127.0.0.1",
            "AFTERSEND_EDGE_PROXY_PROTOCOL", "on",
            "AFTERSEND_EDGE_TLS_PORT", "0",
            "AFTERSEND_EDGE_TLS_DIR", directory.toString());
    try (RunningEdge edge = RunningEdge.start(values);
        RawClient plain = edge.connect()) {
      String get = "GET /o/" + edge.tenants.token(Endpoint.OPEN) + " HTTP/1.1\r\nHost: a\r\n\r\n";
      String line = "PROXY TCP4 192.0.2.77 10.0.0.1 4711 443\r\n";
      assertThat(plain.send(line + get).answer().status()).isEqualTo(200);
      Socket socket = RawClient.connected(Objects.requireNonNull(edge.service.tlsUrl()).getPort());
      socket.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
      try (TlsClient secure = new TlsClient(socket, "a.example")) {
        assertThat(secure.http.send(get).answer().status()).isEqualTo(200);
      }
      assertThat(edge.events(2)).allMatch(event -> "192.0.2.0".equals(event.getIp()));
    }
  }
}
