package io.aftersend.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.query.TestApi;
import io.aftersend.runtime.lifecycle.StartupException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
  private static final TestApi api = new TestApi();
  private static HttpServer server;
  private static HttpClient client;

  @BeforeAll
  static void start() {
    server = HttpServer.start("127.0.0.1", 0, api.routes);
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
    server.close();
  }

  private static HttpResponse<String> send(String method, String target, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + target))
            .method(method, body)
            .header("Authorization", "Bearer " + TestApi.ALL_SCOPES)
            .header("Content-Type", "application/json")
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String target) throws Exception {
    return send("GET", target, BodyPublishers.noBody());
  }

  /// The first bytes of the answer to exactly these bytes.
  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.url().getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      InputStream answer = socket.getInputStream();
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void passesRequestAndAnswerThrough() throws Exception {
    String body = "{\"name\":\"Früh\"}";
    HttpResponse<String> put =
        send("PUT", "/api/v1/campaigns/a%7Eb", BodyPublishers.ofString(body));

    assertThat(put.statusCode()).isEqualTo(200);
    assertThat(put.body()).contains("\"campaign\":\"a~b\"", "Früh");
    assertThat(get("/api/v1/campaigns?limit=0").body()).contains("\"parameter\":\"limit\"");
  }

  @Test
  void answersHeadWithTheLengthOfTheBodyThatItLeavesOut() throws Exception {
    HttpResponse<String> head = send("HEAD", "/", BodyPublishers.noBody());

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValueAsLong("Content-Length").orElse(-1))
        .isEqualTo(get("/").body().getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void refusesABodyOverTheLimitHoweverItIsSent() throws Exception {
    byte[] large = new byte[3 * TestApi.MAX_BODY_BYTES];
    Supplier<InputStream> stream = () -> new java.io.ByteArrayInputStream(large);

    assertThat(send("PUT", "/api/v1/campaigns/c", BodyPublishers.ofByteArray(large)).statusCode())
        .isEqualTo(413);
    assertThat(
            send("PUT", "/api/v1/campaigns/c", BodyPublishers.ofInputStream(stream)).statusCode())
        .isEqualTo(413);
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void takesNothingOfARefusedBodyForTheNextRequest() throws IOException {
    String smuggled = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
    String body = smuggled.repeat(3 * TestApi.MAX_BODY_BYTES / smuggled.length());
    String answers =
        raw(
            "PUT /api/v1/campaigns/c HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + TestApi.ALL_SCOPES
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);

    assertThat(answers).startsWith("HTTP/1.1 413 ");
    assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /?a=%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
      })
  void refusesMalformedHttpWithAProblem(String request) throws IOException {
    assertThat(raw(request))
        .startsWith("HTTP/1.1 400 ")
        .containsIgnoringCase("Content-Type: application/problem+json")
        .contains("X-Content-Type-Options: nosniff");
  }

  @Test
  void refusesARequestLineThatIsTooLong() throws IOException {
    assertThat(raw("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 414 ")
        .contains("application/problem+json");
  }

  @Test
  void refusesAnEncodedBody() throws Exception {
    String head =
        "PUT /api/v1/campaigns/c HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
            .formatted(TestApi.ALL_SCOPES);

    assertThat(
            raw(
                head
                    + "Content-Type: application/json\r\nContent-Encoding: gzip\r\n"
                    + "Content-Length: 2\r\n\r\n{}"))
        .startsWith("HTTP/1.1 415 ");
  }

  @Test
  void answersABodyThatBreaksOffWithAProblemOrNothing() throws IOException {
    String head =
        "PUT /api/v1/campaigns/c HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
            .formatted(TestApi.ALL_SCOPES);

    assertThat(raw(head + "Content-Type: application/json\r\nContent-Length: 90\r\n\r\n{"))
        .doesNotStartWith("HTTP/1.1 200 ")
        .doesNotStartWith("HTTP/1.1 500 ");
  }

  @Test
  void doesNotTakeAPathApart() throws IOException {
    assertThat(raw("GET /../icon.svg HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 404 ");
  }

  @Test
  void saysWhichPortIsTaken() {
    int port = server.url().getPort();

    assertThatThrownBy(() -> HttpServer.start("127.0.0.1", port, api.routes))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("port " + port)
        .hasMessageContaining("AFTERSEND_API_PORT");
  }
}
