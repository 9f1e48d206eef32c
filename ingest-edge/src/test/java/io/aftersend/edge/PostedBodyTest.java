package io.aftersend.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersend.schemas.event.EmailEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostedBodyTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunningEdge edge = RunningEdge.start();

  @AfterEach
  void stop() {
    edge.close();
  }

  private HttpRequest.Builder post(byte[] body, String type) {
    return edge.request("/v1/events")
        .header("Content-Type", type)
        .header("Authorization", "Bearer " + edge.tenants.ingestKey.text())
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  private HttpResponse<String> postLines(String body) throws Exception {
    return edge.send(post(body.getBytes(StandardCharsets.UTF_8), "application/x-ndjson"));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static void assertProblem(HttpResponse<String> answer, int status) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("type").textValue()).isNotEmpty();
    assertThat(problem.get("title").textValue()).isNotEmpty();
    assertThat(problem.get("detail").textValue()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "[{]",
        "[{\"type\":\"sent\"}",
        "[{\"type\":\"sent\"}]]",
        "[] x",
        "{\"type\":\"sent\"}",
        "\"x\"",
        "null",
        "[{\"type\":\"sent\"},]",
        "[{\"type\":'sent'}]",
        "[{\"type\":\"sent\"} {\"type\":\"sent\"}]",
        "[NaN]",
        "[01]"
      })
  void refusesBrokenJsonAsAWhole(String body) throws Exception {
    assertProblem(edge.postEvents(body), 400);
    assertThat(edge.records()).isEmpty();
  }

  @Test
  void refusesWhatIsNoUtf8AndWhatIsTooDeep() throws Exception {
    byte[] latin1 =
        "[{\"type\":\"sent\",\"goal\":\"\u00e9\"}]".getBytes(StandardCharsets.ISO_8859_1);
    assertProblem(edge.send(post(latin1, "application/json")), 400);
    assertProblem(edge.postEvents("[".repeat(100_000)), 400);
  }

  @Test
  void readsLinesAndCountsElementsNotBlankLines() throws Exception {
    HttpResponse<String> answer =
        postLines(
            "\n{\"type\":\"sent\",\"message\":\"m1\"}\r\n\r\n  \n{\"type\":\n{\"type\":\"x\"}\n"
                + "{\"type\":\"sent\"} {}\n[]\n{\"type\":\"sent\",\"message\":\"m2\"}");
    assertThat(answer.statusCode()).isEqualTo(202);
    JsonNode result = JSON.readTree(answer.body());
    assertThat(result.get("accepted").intValue()).isEqualTo(2);
    List<String> places = new ArrayList<>();
    result
        .get("rejected")
        .forEach(r -> places.add(r.get("index").intValue() + ":" + r.get("field").textValue()));
    assertThat(places).containsExactly("1:", "2:type", "3:", "4:");
    assertThat(edge.events(2)).extracting(EmailEvent::getMessage).containsExactly("m1", "m2");
  }

  /// A byte order mark, and white space in what looks like UTF-16: no value, and no blank line.
  @ParameterizedTest
  @ValueSource(strings = {"\uFEFF  ", "\u0000 \u0000 "})
  void refusesALineWithoutAValue(String line) throws Exception {
    HttpResponse<String> answer = postLines(line + "\n{\"type\":\"sent\",\"message\":\"m1\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    JsonNode result = JSON.readTree(answer.body());
    assertThat(result.get("accepted").intValue()).isEqualTo(1);
    assertThat(result.get("rejected").get(0).get("index").intValue()).isZero();
    assertThat(result.get("rejected").get(0).get("error").textValue())
        .isEqualTo("expected a JSON object, got none");
    assertThat(edge.events(1)).extracting(EmailEvent::getMessage).containsExactly("m1");
  }

  @Test
  void takesNoLinesAtAll() throws Exception {
    assertThat(postLines("").body()).isEqualTo("{\"accepted\":0,\"rejected\":[]}");
  }

  @Test
  void inflatesGzip() throws Exception {
    byte[] body = gzip("[{\"type\":\"sent\"}]".getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> answer =
        edge.send(post(body, "application/json").header("Content-Encoding", "gzip"));
    assertThat(answer.body()).startsWith("{\"accepted\":1");
  }

  @Test
  void refusesABodyThatInflatesBeyondTheLimit() throws Exception {
    byte[] zeros = gzip(new byte[100 * 1024 * 1024]);
    byte[] lines = gzip("\n".repeat(6_000_000).getBytes(StandardCharsets.UTF_8));
    HttpRequest.Builder request = post(zeros, "application/x-ndjson");
    assertProblem(edge.send(request.header("Content-Encoding", "gzip")), 413);
    request = post(lines, "application/x-ndjson");
    assertProblem(edge.send(request.header("Content-Encoding", "gzip")), 413);
    byte[] blank = gzip(("[" + " ".repeat(6_000_000) + "]").getBytes(StandardCharsets.UTF_8));
    request = post(blank, "application/json");
    assertProblem(edge.send(request.header("Content-Encoding", "gzip")), 413);
  }

  @Test
  void refusesBrokenGzip() throws Exception {
    byte[] good = gzip("[{\"type\":\"sent\"}]".getBytes(StandardCharsets.UTF_8));
    byte[] cut = Arrays.copyOf(good, good.length - 9);
    for (byte[] body : List.of("[]".getBytes(StandardCharsets.UTF_8), cut, new byte[0])) {
      HttpRequest.Builder request = post(body, "application/json");
      assertProblem(edge.send(request.header("Content-Encoding", "gzip")), 400);
    }
  }

  @Test
  void refusesTooManyEventsAndTooManyBytes() throws Exception {
    String event = "{\"type\":\"sent\"},";
    String most = "[" + event.repeat(9_999) + "{\"type\":\"sent\"}]";
    assertThat(edge.postEvents(most).body()).startsWith("{\"accepted\":10000,");
    assertProblem(edge.postEvents("[" + event.repeat(10_000) + "{}]"), 413);
    assertProblem(postLines("{}\n".repeat(10_001)), 413);
    String large = "[" + " ".repeat(5 * 1024 * 1024 - 2) + "]";
    assertThat(edge.postEvents(large).statusCode()).isEqualTo(202);
    assertProblem(edge.postEvents(large + " "), 413);
    HttpRequest.Builder chunked =
        edge.request("/v1/events")
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + edge.tenants.ingestKey.text())
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () ->
                        new ByteArrayInputStream((large + " ").getBytes(StandardCharsets.UTF_8))));
    assertProblem(edge.send(chunked), 413);
  }

  @Test
  void wantsAKeyWithTheScopeIngest() throws Exception {
    String type = "application/json";
    HttpResponse<String> none = edge.post("/v1/events", "[]", "Content-Type", type);
    assertProblem(none, 401);
    assertThat(none.headers().firstValue("WWW-Authenticate")).get().asString().startsWith("Bearer");
    String ingest = edge.tenants.ingestKey.text();
    for (String wrong : List.of("Bearer " + ingest + "x", "Bearer", "Basic " + ingest, ingest)) {
      assertProblem(
          edge.post("/v1/events", "[]", "Content-Type", type, "Authorization", wrong), 401);
    }
    String reader = "Bearer " + edge.tenants.readKey.text();
    assertProblem(
        edge.post("/v1/events", "[]", "Content-Type", type, "Authorization", reader), 403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/jsonx",
        "application/json; charset=latin1"
      })
  void wantsAKnownContentType(String type) throws Exception {
    assertProblem(edge.send(post("[]".getBytes(StandardCharsets.UTF_8), type)), 415);
    HttpRequest.Builder known =
        post("[]".getBytes(StandardCharsets.UTF_8), "Application/JSON; charset=UTF-8");
    assertThat(edge.send(known).statusCode()).isEqualTo(202);
    HttpRequest.Builder brotli = post("[]".getBytes(StandardCharsets.UTF_8), "application/json");
    assertProblem(edge.send(brotli.header("Content-Encoding", "br")), 415);
  }

  @Test
  void wantsPost() throws Exception {
    HttpResponse<String> answer = edge.get("/v1/events");
    assertProblem(answer, 405);
    assertThat(answer.headers().firstValue("Allow")).contains("POST");
    assertProblem(edge.get("/v1/other"), 404);
  }

  @Test
  void keepsTenantsApartByTheirKeys() throws Exception {
    String other = "Bearer " + new TestTenants(99).ingestKey.text();
    assertProblem(
        edge.post("/v1/events", "[]", "Content-Type", "application/json", "Authorization", other),
        401);
  }
}
