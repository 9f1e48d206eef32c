package io.aftersend.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import io.aftersend.standalone.CommandLineRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinksCommandTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path directory;
  private final AtomicReference<String> asked = new AtomicReference<>("");
  private HttpServer api;
  private CommandLineRun program;
  private int status = 200;
  private String answer = "{}";

  @BeforeEach
  void start() throws IOException {
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext(
        "/api/v1/links",
        exchange -> {
          try (exchange) {
            asked.set(
                exchange.getRequestHeaders().getFirst("Authorization")
                    + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    api.start();
    program =
        new CommandLineRun(directory)
            .with("AFTERSEND_API_URL", "http://127.0.0.1:" + api.getAddress().getPort())
            .with("AFTERSEND_KEY", "k");
  }

  @AfterEach
  void stop() {
    api.stop(0);
  }

  private int links(String... more) {
    String[] args = new String[7 + more.length];
    System.arraycopy(
        new String[] {"links", "--campaign", "c", "--message", "m", "--recipient", "r"},
        0,
        args,
        0,
        7);
    System.arraycopy(more, 0, args, 7, more.length);
    return program.run(args);
  }

  @Test
  void apiIsAskedForTheLinksInTheOrderGiven() throws IOException {
    assertThat(links("--url", "https://example.com/å?q=سلام", "--url", "https://b.example"))
        .isZero();

    assertThat(asked.get()).startsWith("Bearer k ");
    JsonNode body = JSON.readTree(asked.get().substring("Bearer k ".length()));
    assertThat(body)
        .isEqualTo(
            JSON.readTree(
                """
                {"campaign": "c", "message": "m", "recipient": "r", "urls": [
                  {"url": "https://example.com/å?q=سلام", "link": "1"},
                  {"url": "https://b.example", "link": "2"}]}
                """));
  }

  @Test
  void jsonIsThatOfTheContract() throws IOException {
    answer =
        """
        {"message": "m", "open": ["o1", "o2"],
         "clicks": [{"link": "1", "url": "u", "tracked": "t"}],
         "unsubscribe": "un", "conversion": "co", "warnings": ["long"]}
        """;

    assertThat(links("--json")).isZero();

    assertThat(JSON.readTree(program.out()))
        .isEqualTo(
            JSON.readTree(
                """
                {"open": ["o1", "o2"], "clicks": [{"link": "1", "url": "u", "tracked": "t"}],
                 "unsubscribe": "un", "conversion": "co", "warnings": ["long"]}
                """));
    assertThat(program.err()).contains("warning: long");
  }

  @Test
  void valueThatTheApiFindsWrongIsWrongUsage() {
    status = 400;
    answer = "{\"title\": \"Bad Request\", \"detail\": \"urls[0].url: expected a URL\"}";

    assertThat(links("--url", "ftp://x")).isEqualTo(2);
    assertThat(program.err().lines()).singleElement().asString().contains("expected a URL");
  }

  @Test
  void refusedKeyIsOneLine() {
    status = 403;
    answer = "{\"title\": \"Forbidden\", \"detail\": \"the key lacks the scope ingest\"}";

    assertThat(links()).isEqualTo(1);
    assertThat(program.err().lines()).singleElement().asString().contains("scope ingest");
  }

  @Test
  void nobodyThereIsOneLineThatSaysWhatToDo() {
    api.stop(0);

    assertThat(links()).isEqualTo(1);
    assertThat(program.err().lines()).singleElement().asString().contains("aftersend up");
  }

  @Test
  void linksOfAnotherTenantAreSignedWithTheKeysOfThisMachine() throws IOException {
    CommandLineRun operator =
        new CommandLineRun(directory).with("AFTERSEND_EDGE_URL", "http://edge.example");
    operator.run("tenant", "add", "acme");
    String[] line = {
      "links",
      "--campaign",
      "c",
      "--message",
      "m",
      "--recipient",
      "r",
      "--url",
      "https://e.example",
      "--tenant",
      "acme",
      "--json"
    };

    assertThat(operator.run(line)).as(operator.err()).isZero();

    JsonNode links = JSON.readTree(operator.out());
    assertThat(links.path("clicks").get(0).path("tracked").asText())
        .startsWith("http://edge.example/c/");
    assertThat(links.path("open").get(0).asText()).startsWith("http://edge.example/o/");
    assertThat(asked.get()).isEmpty();
    line[10] = "nobody";
    assertThat(operator.run(line)).isEqualTo(1);
  }

  @Test
  void tenantThatIsNotTheKeysIsRefused() {
    program.with("AFTERSEND_TENANT", "acme");

    assertThat(links("--tenant", "bolt")).isEqualTo(1);
    assertThat(asked.get()).isEmpty();
  }
}
