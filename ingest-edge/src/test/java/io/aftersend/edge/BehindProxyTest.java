package io.aftersend.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.links.Endpoint;
import io.aftersend.runtime.config.ConfigException;
import io.aftersend.schemas.event.EmailEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Whom the edge takes for the client. The tests' own connections come from 127.0.0.1.
class BehindProxyTest {
  private static final String TRUSTED = "AFTERSEND_EDGE_TRUSTED_PROXIES";
  private static final Map<String, String> PROXY_PROTOCOL =
      Map.of(TRUSTED, "127.0.0.0/8, ::1, 10.0.0.0/8", "AFTERSEND_EDGE_PROXY_PROTOCOL", "on");
  private static final String V1 = "PROXY TCP4 192.0.2.77 10.0.0.1 4711 443\r\n";
  private static final byte[] V2 =
      HexFormat.of()
          .parseHex(
              "0d0a0d0a000d0a515549540a21210028"
                  + "20010db8000700080000000000000005"
                  + "fd000000000000000000000000000001"
                  + "126701bb"
                  + "04000100");

  private static String pixel(RunningEdge edge, String... headers) {
    return "GET /o/"
        + edge.tenants.token(Endpoint.OPEN)
        + ".gif HTTP/1.1\r\nHost: a\r\n"
        + String.join("", List.of(headers).stream().map(h -> h + "\r\n").toList())
        + "\r\n";
  }

  /// In the order of their hits only for those of one connection, or where the earlier ones were
  /// there before the later ones were sent: connections may have lanes of their own.
  private static List<String> addresses(RunningEdge edge, int count) throws InterruptedException {
    return edge.events(count).stream().map(EmailEvent::getIp).map(String::valueOf).toList();
  }

  private static byte[] joined(byte[] header, String rest) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(header);
    bytes.write(rest.getBytes(StandardCharsets.ISO_8859_1));
    return bytes.toByteArray();
  }

  @Test
  void believesATrustedPeersProxyHeaderForTheWholeConnection() throws Exception {
    try (RunningEdge edge = RunningEdge.start(PROXY_PROTOCOL);
        RawClient line = edge.connect();
        RawClient block = edge.connect()) {
      line.send(V1 + pixel(edge) + pixel(edge));
      assertThat(line.answer().status()).isEqualTo(200);
      assertThat(line.answer().status()).isEqualTo(200);
      assertThat(addresses(edge, 2)).containsExactly("192.0.2.0", "192.0.2.0");
      for (byte b : joined(V2, pixel(edge))) {
        block.send(new byte[] {b});
      }
      assertThat(block.answer().status()).isEqualTo(200);
      assertThat(addresses(edge, 3)).containsExactly("192.0.2.0", "192.0.2.0", "2001:db8:7::");
    }
  }

  @Test
  void takesThePeerWhereTheProxyNamesNobody() throws Exception {
    byte[] local = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a20000000");
    try (RunningEdge edge = RunningEdge.start(PROXY_PROTOCOL);
        RawClient unknown = edge.connect();
        RawClient health = edge.connect()) {
      assertThat(unknown.send("PROXY UNKNOWN\r\n" + pixel(edge)).answer().status()).isEqualTo(200);
      assertThat(health.send(joined(local, pixel(edge))).answer().status()).isEqualTo(200);
      assertThat(addresses(edge, 2)).containsOnly("127.0.0.0");
    }
  }

  @Test
  void closesTrustedPeersWithoutAProxyHeader() throws Exception {
    try (RunningEdge edge = RunningEdge.start(PROXY_PROTOCOL);
        RawClient bare = edge.connect();
        RawClient broken = edge.connect()) {
      assertThat(bare.send(pixel(edge)).isEnded()).isTrue();
      assertThat(broken.send(V1.replace("443", "0443") + pixel(edge)).isEnded()).isTrue();
      assertThat(edge.records()).isEmpty();
      assertThat(edge.metrics()).contains("connections_closed_total{reason=\"proxy_header\"} 2.0");
    }
  }

  @Test
  void closesTrustedPeersWhoseProxyHeaderDoesNotCome() throws Exception {
    Map<String, String> hasty = new HashMap<>(PROXY_PROTOCOL);
    hasty.put("AFTERSEND_EDGE_HEADER_TIMEOUT", "300ms");
    try (RunningEdge edge = RunningEdge.start(hasty);
        RawClient silent = edge.connect();
        RawClient slow = edge.connect()) {
      slow.send("PROXY TCP4 ");
      assertThat(silent.isEnded()).isTrue();
      assertThat(slow.isEnded()).isTrue();
      assertThat(edge.records()).isEmpty();
      assertThat(edge.metrics()).contains("connections_closed_total{reason=\"proxy_timeout\"} 2.0");
    }
  }

  @Test
  void refusesAProxyHeaderOfAnybodyElse() throws Exception {
    Map<String, String> others =
        Map.of(TRUSTED, "10.0.0.0/8", "AFTERSEND_EDGE_PROXY_PROTOCOL", "on");
    for (Map<String, String> values : List.of(others, Map.<String, String>of())) {
      try (RunningEdge edge = RunningEdge.start(values);
          RawClient line = edge.connect();
          RawClient block = edge.connect();
          RawClient plain = edge.connect()) {
        assertThat(line.send(V1 + pixel(edge)).answer().status()).isEqualTo(400);
        assertThat(line.isEnded()).isTrue();
        assertThat(block.send(joined(V2, pixel(edge))).answer().status()).isEqualTo(400);
        assertThat(block.isEnded()).isTrue();
        assertThat(plain.send(pixel(edge)).answer().status()).isEqualTo(200);
        assertThat(addresses(edge, 1)).containsExactly("127.0.0.0");
      }
    }
  }

  @Test
  void ignoresForgedHeadersOfUntrustedPeers() throws Exception {
    Map<String, String> others =
        Map.of(TRUSTED, "10.0.0.0/8", "AFTERSEND_EDGE_FORWARDED", "x-forwarded-for");
    for (Map<String, String> values : List.of(others, Map.<String, String>of())) {
      try (RunningEdge edge = RunningEdge.start(values);
          RawClient client = edge.connect()) {
        client.send(pixel(edge, "X-Forwarded-For: 6.6.6.6", "Forwarded: for=6.6.6.6"));
        assertThat(client.answer().status()).isEqualTo(200);
        assertThat(addresses(edge, 1)).containsExactly("127.0.0.0");
      }
    }
  }

  @Test
  void believesTheConfiguredHeaderOfATrustedPeerForEachRequest() throws Exception {
    Map<String, String> values =
        Map.of(TRUSTED, "127.0.0.1", "AFTERSEND_EDGE_FORWARDED", "x-forwarded-for");
    try (RunningEdge edge = RunningEdge.start(values);
        RawClient client = edge.connect()) {
      client.send(pixel(edge, "X-Forwarded-For: 6.6.6.6, 192.0.2.9"));
      client.send(pixel(edge, "x-forwarded-for: 6.6.6.6", "X-Forwarded-For: 2001:db8:1:2::3"));
      client.send(pixel(edge, "X-Forwarded-For: unknown", "Forwarded: for=6.6.6.6"));
      client.send(pixel(edge));
      for (int i = 0; i < 4; i++) {
        assertThat(client.answer().status()).isEqualTo(200);
      }
      assertThat(addresses(edge, 4))
          .containsExactly("192.0.2.0", "2001:db8:1::", "127.0.0.0", "127.0.0.0");
    }
    values = Map.of(TRUSTED, "127.0.0.1", "AFTERSEND_EDGE_FORWARDED", "forwarded");
    try (RunningEdge edge = RunningEdge.start(values);
        RawClient client = edge.connect()) {
      client.send(
          pixel(edge, "Forwarded: for=6.6.6.6, for=192.0.2.9;by=_x", "X-Forwarded-For: 6.6.6.6"));
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(addresses(edge, 1)).containsExactly("192.0.2.0");
    }
  }

  @Test
  void looksForAHeaderBehindTheProxyThatTheProxyHeaderNames() throws Exception {
    Map<String, String> values =
        Map.of(
            TRUSTED,
            "127.0.0.1, 10.0.0.0/8",
            "AFTERSEND_EDGE_PROXY_PROTOCOL",
            "on",
            "AFTERSEND_EDGE_FORWARDED",
            "x-forwarded-for");
    try (RunningEdge edge = RunningEdge.start(values);
        RawClient throughProxy = edge.connect();
        RawClient direct = edge.connect()) {
      String header = "X-Forwarded-For: 6.6.6.6, 198.51.100.4";
      throughProxy.send("PROXY TCP4 10.1.2.3 10.0.0.1 1 2\r\n" + pixel(edge, header));
      assertThat(throughProxy.answer().status()).isEqualTo(200);
      assertThat(addresses(edge, 1)).containsExactly("198.51.100.0");
      direct.send(V1 + pixel(edge, header));
      assertThat(direct.answer().status()).isEqualTo(200);
      assertThat(addresses(edge, 2)).containsExactly("198.51.100.0", "192.0.2.0");
    }
  }

  @Test
  void limitsTheConnectionsOfOneAddress() throws Exception {
    Map<String, String> values = Map.of("AFTERSEND_EDGE_MAX_CONNECTIONS_PER_ADDRESS", "2");
    try (RunningEdge edge = RunningEdge.start(values);
        RawClient one = edge.connect()) {
      assertThat(one.send(pixel(edge)).answer().status()).isEqualTo(200);
      try (RawClient two = edge.connect()) {
        assertThat(two.send(pixel(edge)).answer().status()).isEqualTo(200);
        try (RawClient three = edge.connect()) {
          assertThat(three.isEnded()).isTrue();
        }
      }
      // A place is given back as soon as the edge has seen the end.
      RunningEdge.await(() -> canConnect(edge));
      assertThat(edge.metrics()).contains("closed_total{reason=\"too_many_of_address\"} ");
    }
  }

  private static boolean canConnect(RunningEdge edge) {
    try (RawClient again = edge.connect()) {
      return again.send(pixel(edge)).answer().status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void limitsTheClientThatTheProxyHeaderNamesAndNoProxy() throws Exception {
    Map<String, String> values =
        Map.of(
            TRUSTED,
            "127.0.0.1, 10.0.0.0/8",
            "AFTERSEND_EDGE_PROXY_PROTOCOL",
            "on",
            "AFTERSEND_EDGE_MAX_CONNECTIONS_PER_ADDRESS",
            "1");
    String proxy = "PROXY TCP4 10.1.2.3 10.0.0.1 1 2\r\n";
    try (RunningEdge edge = RunningEdge.start(values);
        RawClient one = edge.connect();
        RawClient sameOne = edge.connect();
        RawClient other = edge.connect();
        RawClient proxied = edge.connect();
        RawClient sameProxy = edge.connect()) {
      assertThat(one.send(V1 + pixel(edge)).answer().status()).isEqualTo(200);
      assertThat(sameOne.send(V1 + pixel(edge)).isEnded()).isTrue();
      String otherV1 = V1.replace(".77", ".78");
      assertThat(other.send(otherV1 + pixel(edge)).answer().status()).isEqualTo(200);
      assertThat(proxied.send(proxy + pixel(edge)).answer().status()).isEqualTo(200);
      assertThat(sameProxy.send(proxy + pixel(edge)).answer().status()).isEqualTo(200);
      assertThat(edge.metrics()).contains("closed_total{reason=\"too_many_of_address\"} 1.0");
    }
  }

  @Test
  void wantsToKnowWhomToBelieve() {
    assertThatThrownBy(
            () ->
                EdgeConfig.from(
                    Map.of(
                        "AFTERSEND_KAFKA_BOOTSTRAP", "k:1",
                        "AFTERSEND_EDGE_PROXY_PROTOCOL", "yes",
                        "AFTERSEND_EDGE_FORWARDED", "forwarded",
                        "AFTERSEND_EDGE_TLS_PORT", "0")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(
            "AFTERSEND_EDGE_PROXY_PROTOCOL: expected one of off, on, got \"yes\"",
            "AFTERSEND_EDGE_TRUSTED_PROXIES: expected the proxies to believe, since"
                + " AFTERSEND_EDGE_FORWARDED is set",
            "AFTERSEND_EDGE_TLS_DIR: expected a directory");
    assertThatThrownBy(
            () ->
                EdgeConfig.from(
                    Map.of(
                        "AFTERSEND_KAFKA_BOOTSTRAP",
                        "k:1",
                        TRUSTED,
                        "10.0.0.0/8, 10.0.0.1/8, proxy.example",
                        "AFTERSEND_EDGE_TLS_DIR",
                        "certificates")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(
            "got \"10.0.0.1/8\"",
            "got \"proxy.example\"",
            "AFTERSEND_EDGE_TLS_PORT: expected a port");
  }
}
