package io.aftersend.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.links.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The edge's HTTP on raw sockets, as well-meaning clients use it.
class HttpProtocolTest {
  private static RunningEdge edge;
  private static String pixel;

  @BeforeAll
  static void start() {
    edge = RunningEdge.start();
    pixel = "/o/" + edge.tenants.token(Endpoint.OPEN) + ".gif";
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  private static String post(String headers) {
    return "POST /v1/events HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        + "Authorization: Bearer "
        + edge.tenants.ingestKey.text()
        + "\r\n"
        + headers
        + "\r\n";
  }

  @Test
  void answersATooLongRequestLineWith414() throws Exception {
    String longest = "GET /o/" + "x".repeat(16 * 1024 - 16) + " HTTP/1.1";
    assertThat(longest).hasSize(16 * 1024);
    try (RawClient client = edge.connect()) {
      assertThat(client.send(longest + "\r\nHost: a\r\n\r\n").answer().status()).isEqualTo(200);
      client.send(longest.replace("/o/", "/o/x") + "\r\nHost: a\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(414);
      assertThat(client.isEnded()).isTrue();
    }
    try (RawClient client = edge.connect()) {
      // Without an end in sight.
      assertThat(client.send("GET /o/" + "x".repeat(17_000)).answer().status()).isEqualTo(414);
    }
  }

  @Test
  void answersTooLargeHeadersWith431() throws Exception {
    String rest = "Host: a\r\nX: ";
    String fill = "x".repeat(32 * 1024 - rest.length() - 2);
    try (RawClient client = edge.connect()) {
      client.send("GET /o/x HTTP/1.1\r\n" + rest + fill + "\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
      client.send("GET /o/x HTTP/1.1\r\n" + rest + fill + "x\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(431);
      assertThat(client.isEnded()).isTrue();
    }
    try (RawClient client = edge.connect()) {
      client.send("GET /o/x HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(300) + "\r\n");
      assertThat(client.answer().status()).isEqualTo(431);
    }
    try (RawClient client = edge.connect()) {
      client.send("GET /o/x HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(33_000));
      assertThat(client.answer().status()).isEqualTo(431);
    }
  }

  @Test
  void refusesOtherMajorVersions() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(505);
    }
  }

  @Test
  void answersTheSameHoweverTheBytesArrive() throws Exception {
    byte[] request =
        ("\r\nGET "
                + pixel
                + " HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\n"
                + post("Transfer-Encoding: chunked\r\n")
                + "1;x=y\r\n[\r\n001\r\n]\r\n0\r\nTrailer: x\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    try (RawClient client = edge.connect()) {
      for (byte b : request) {
        client.send(new byte[] {b});
      }
      assertThat(client.answer().status()).isEqualTo(200);
      RawClient.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.text()).isEqualTo("{\"accepted\":0,\"rejected\":[]}");
    }
  }

  @Test
  void answersPipelinedRequestsInOrder() throws Exception {
    StringBuilder requests = new StringBuilder();
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      requests.append("GET ").append(pixel).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
      requests.append(post("Content-Length: 19\r\n")).append("[{\"type\":\"opened\"}]");
      requests.append("GET /none HTTP/1.1\r\nHost: a\r\n\r\n");
      expected.addAll(List.of(200, 202, 404));
    }
    try (RawClient client = edge.connect()) {
      client.send(requests.toString());
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < expected.size(); i++) {
        statuses.add(client.answer().status());
      }
      assertThat(statuses).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Connection: close", "connection: x, CLOSE ,y"})
  void closesWhenTheClientAsksForIt(String header) throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("GET " + pixel + " HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n");
      assertThat(client.answer().header("Connection")).isEqualTo("close");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void closesAfterHttp10UnlessAskedToKeepAlive() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("GET " + pixel + " HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertThat(client.answer().header("Connection")).isEqualTo("keep-alive");
      client.send("GET " + pixel + " HTTP/1.0\r\n\r\n");
      assertThat(client.answer().header("Connection")).isEqualTo("close");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void invitesABodyThatWaitsForIt() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(post("Content-Length: 2\r\nExpect: 100-Continue\r\n"));
      assertThat(client.answer().status()).isEqualTo(100);
      assertThat(client.send("[]").answer().status()).isEqualTo(202);
    }
    try (RawClient client = edge.connect()) {
      client.send(post("Content-Length: 2\r\nExpect: 200-maybe\r\n"));
      assertThat(client.answer().status()).isEqualTo(417);
    }
  }

  @Test
  void doesNotInviteABodyThatItRefuses() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(post("Content-Length: 6000000\r\nExpect: 100-continue\r\n"));
      RawClient.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void readsOverTheBodyOfAGet() throws Exception {
    try (RawClient client = edge.connect()) {
      String get = "GET " + pixel + " HTTP/1.1\r\nHost: a\r\n";
      client.send(get + "Content-Length: 5\r\n\r\nhello" + get + "\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void answersAClientThatHasEndedItsSide() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(post("Content-Length: 19\r\n") + "[{\"type\":\"opened\"}]").endOutput();
      assertThat(client.answer().status()).isEqualTo(202);
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void letsTheClientReadARefusalWhileItStillSends() throws Exception {
    try (RawClient client = edge.connect()) {
      String wrong = post("Content-Length: 4000000\r\n").replace("Bearer as_", "Bearer xx_");
      client.send(wrong + "x".repeat(50_000));
      assertThat(client.answer().status()).isEqualTo(401);
    }
  }

  @Test
  void acceptsNoMoreConnectionsThanAllowed() throws Exception {
    try (RunningEdge small = RunningEdge.start(Map.of("AFTERSEND_EDGE_MAX_CONNECTIONS", "2"));
        RawClient one = small.connect();
        RawClient two = small.connect()) {
      String get = "GET " + pixel + " HTTP/1.1\r\nHost: a\r\n\r\n";
      assertThat(one.send(get).answer().status()).isEqualTo(200);
      assertThat(two.send(get).answer().status()).isEqualTo(200);
      try (RawClient three = small.connect()) {
        assertThat(three.isEnded()).isTrue();
      }
      assertThat(one.send(get).answer().status()).isEqualTo(200);
      assertThat(small.metrics())
          .contains("aftersend_edge_connections_closed_total{reason=\"too_many_connections\"} 1.0");
    }
  }

  @Test
  void closesSlowClientsAndServesOthers() throws Exception {
    Map<String, String> quick =
        Map.of(
            "AFTERSEND_EDGE_HEADER_TIMEOUT", "200ms",
            "AFTERSEND_EDGE_BODY_TIMEOUT", "200ms",
            "AFTERSEND_EDGE_IDLE_TIMEOUT", "3s");
    try (RunningEdge hasty = RunningEdge.start(quick);
        RawClient silent = hasty.connect();
        RawClient slowHead = hasty.connect();
        RawClient slowBody = hasty.connect()) {
      slowHead.send("GET /o/x HT");
      slowBody.send(
          post("Content-Length: 2\r\n")
                  .replace(edge.tenants.ingestKey.text(), hasty.tenants.ingestKey.text())
              + "[");
      assertThat(silent.isEnded()).isTrue();
      assertThat(slowHead.isEnded()).isTrue();
      assertThat(slowBody.isEnded()).isTrue();
      assertThat(hasty.get(pixel).statusCode()).isEqualTo(200);
      assertThat(hasty.metrics())
          .contains(
              "connections_closed_total{reason=\"header_timeout\"} 1.0",
              "connections_closed_total{reason=\"body_timeout\"} 1.0");
    }
  }
}
