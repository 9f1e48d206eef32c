package io.aftersend.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.lifecycle.Health;
import io.aftersend.runtime.lifecycle.LifecycleState;
import io.aftersend.runtime.lifecycle.StartupException;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminServerTest {
  private final Health health = new Health();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final AdminServer server = AdminServer.start("127.0.0.1", 0, health, registry);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void isReadyInReadyWithoutProblems() throws Exception {
    health.moveTo(LifecycleState.READY);
    HttpResponse<String> answer = request("GET", "/health/ready");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"state\":\"READY\",\"problems\":{}}");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void isNotReadyWhileACheckHasAProblem() throws Exception {
    health.moveTo(LifecycleState.READY);
    health.addCheck("kafka", () -> "no \"broker\" answers");
    HttpResponse<String> answer = request("GET", "/health/ready");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .isEqualTo("{\"state\":\"READY\",\"problems\":{\"kafka\":\"no \\\"broker\\\" answers\"}}");
    assertThat(request("GET", "/health/live").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "READY")
  void isNotReadyInAnyOtherState(LifecycleState state) throws Exception {
    health.moveTo(state);
    HttpResponse<String> answer = request("GET", "/health/ready");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo("{\"state\":\"" + state + "\",\"problems\":{}}");
  }

  @ParameterizedTest
  @EnumSource
  void isLiveUntilItIsStopped(LifecycleState state) throws Exception {
    health.moveTo(state);

    assertThat(request("GET", "/health/live").statusCode())
        .isEqualTo(state == LifecycleState.STOPPED ? 503 : 200);
  }

  @Test
  void givesMetricsAsPrometheusText() throws Exception {
    Counter hits =
        Counter.builder()
            .name("edge_hits_total")
            .help("Hits.")
            .labelNames("kind")
            .register(registry);
    hits.labelValues("click").inc(3);
    HttpResponse<String> answer = request("GET", "/metrics");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body())
        .contains("# TYPE edge_hits_total counter\n")
        .contains("edge_hits_total{kind=\"click\"} 3.0\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/health", "/health/ready/", "/health/live/x", "/metricsx"})
  void doesNotKnowOtherPaths(String path) throws Exception {
    assertThat(request("GET", path).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/health/ready", "/metrics"})
  void allowsOnlyGetAndHead(String path) throws Exception {
    HttpResponse<String> answer = request("POST", path);

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void answersHeadWithTheHeadersOfGet() throws Exception {
    HttpResponse<String> get = request("GET", "/health/live");
    HttpResponse<String> head = request("HEAD", "/health/live");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String name : new String[] {"Content-Type", "Content-Length", "Cache-Control"}) {
      assertThat(head.headers().allValues(name)).isEqualTo(get.headers().allValues(name));
    }
  }

  @Test
  void namesThePortInUseAndItsKey() {
    assertThatThrownBy(
            () ->
                AdminServer.start(
                    "127.0.0.1", server.port(), health, registry, ConfigKey.EDGE_ADMIN_PORT))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith(
            "port " + server.port() + " (AFTERSEND_EDGE_ADMIN_PORT) is in use: ");
  }

  @Test
  void namesAHostThatDoesNotExist() {
    assertThatThrownBy(() -> AdminServer.start("no host", 0, health, registry))
        .isInstanceOf(StartupException.class)
        .hasMessage("cannot listen on no host: no such host or address");
  }

  @Test
  void listensNoMoreOnceClosed() throws Exception {
    URI url = server.url();
    assertThat(request("GET", "/health/live").statusCode()).isEqualTo(200);
    server.close();
    server.close();

    assertThatThrownBy(
            () ->
                client.send(
                    HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString()))
        .isInstanceOf(ConnectException.class);
  }

  private HttpResponse<String> request(String method, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
