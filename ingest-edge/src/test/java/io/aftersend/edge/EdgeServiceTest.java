package io.aftersend.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.links.Endpoint;
import io.aftersend.runtime.config.ConfigException;
import io.aftersend.runtime.lifecycle.LifecycleState;
import io.aftersend.runtime.lifecycle.StartupException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EdgeServiceTest {
  private static final String POST =
      "POST /v1/events HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
          + "Content-Length: 17\r\nAuthorization: Bearer ";

  @Test
  void isReadyAndShowsItsMetrics() throws Exception {
    try (RunningEdge edge = RunningEdge.start()) {
      assertThat(edge.service.health().state()).isEqualTo(LifecycleState.READY);
      edge.get("/o/" + edge.tenants.token(Endpoint.OPEN));
      edge.postEvents("[{\"type\":\"sent\"},{\"type\":\"x\"}]");
      edge.events(2);
      assertThat(edge.metrics())
          .contains(
              "aftersend_edge_hits_total{endpoint=\"open\",outcome=\"recorded\"} 1.0",
              "aftersend_edge_events_accepted_total 1.0",
              "aftersend_edge_events_rejected_total{field=\"type\"} 1.0",
              "aftersend_edge_posts_total{outcome=\"accepted\"} 1.0",
              "aftersend_edge_lag_events ",
              "aftersend_edge_lag_bytes ",
              "aftersend_edge_lag_seconds ",
              "aftersend_edge_journal_damaged_bytes 0.0",
              "aftersend_edge_events_lost_total{reason=\"budget_spent\"} 0.0",
              "aftersend_edge_connections ",
              "aftersend_edge_publish_seconds_count ");
    }
  }

  @Test
  void tellsInOneLineThatItsPortIsInUse() {
    try (RunningEdge edge = RunningEdge.start()) {
      String port = Integer.toString(edge.port());
      assertThatThrownBy(() -> RunningEdge.start(Map.of("AFTERSEND_EDGE_PORT", port)))
          .isInstanceOf(StartupException.class)
          .hasMessageContainingAll(port, "AFTERSEND_EDGE_PORT", "in use");
      String admin = Integer.toString(edge.service.adminUrl().getPort());
      assertThatThrownBy(() -> RunningEdge.start(Map.of("AFTERSEND_EDGE_ADMIN_PORT", admin)))
          .isInstanceOf(StartupException.class)
          .hasMessageContainingAll(admin, "AFTERSEND_EDGE_ADMIN_PORT", "in use");
    }
  }

  @Test
  void reportsAllProblemsOfItsConfigurationAtOnce() {
    assertThatThrownBy(
            () ->
                EdgeConfig.from(
                    Map.of("AFTERSEND_EDGE_PORT", "http", "AFTERSEND_EDGE_MAX_BODY", "1GiB")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(
            "AFTERSEND_EDGE_PORT", "AFTERSEND_EDGE_MAX_BODY", "AFTERSEND_KAFKA_BOOTSTRAP");
  }

  @Test
  void finishesWhatIsUnderWayBeforeItStops() throws Exception {
    RunningEdge edge = RunningEdge.start(Map.of("AFTERSEND_EDGE_DRAIN_TIMEOUT", "1m"));
    try (RawClient idle = edge.connect();
        RawClient client = edge.connect()) {
      idle.send("GET /o/x HTTP/1.1\r\nHost: a\r\n\r\n").answer();
      edge.get("/o/" + edge.tenants.token(Endpoint.OPEN));
      client.send(POST + edge.tenants.ingestKey.text() + "\r\n\r\n[{\"type\":");
      RunningEdge.await(() -> !metricsOf(edge).contains("aftersend_edge_body_bytes 0.0"));
      CompletableFuture<Void> closing = CompletableFuture.runAsync(edge::close);
      assertThat(idle.isEnded()).isTrue();
      assertThat(edge.service.health().state()).isEqualTo(LifecycleState.DRAINING);
      client.send("\"sent\"}]");
      RawClient.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.header("Connection")).isEqualTo("close");
      closing.join();
      assertThat(edge.service.health().state()).isEqualTo(LifecycleState.STOPPED);
      assertThat(edge.records()).hasSize(2);
    } finally {
      edge.close();
    }
  }

  @Test
  void sendsAnsweredHitsThoughASlowClientTakesTheWholeDrainTimeout() throws Exception {
    AtomicBoolean isKafkaThere = new AtomicBoolean();
    Map<String, String> hasty = Map.of("AFTERSEND_EDGE_DRAIN_TIMEOUT", "100ms");
    RunningEdge edge = RunningEdge.startWithLateKafka(hasty, isKafkaThere::get);
    try (RawClient slow = edge.connect()) {
      slow.send("GET /o/x HTTP/1.1\r\nHost: a\r\n\r\n").answer();
      slow.send("GET /o/");
      edge.get("/o/" + edge.tenants.token(Endpoint.OPEN));
      CompletableFuture<Void> closing = CompletableFuture.runAsync(edge::close);
      assertThat(slow.isEnded()).isTrue();
      isKafkaThere.set(true);
      closing.join();
      assertThat(edge.records()).hasSize(1);
    } finally {
      edge.close();
    }
  }

  @Test
  void stopsInBoundedTimeWhenKafkaStaysSilent() throws Exception {
    RunningEdge edge =
        RunningEdge.startWithSilentKafka(Map.of("AFTERSEND_EDGE_DRAIN_TIMEOUT", "100ms"));
    edge.get("/o/" + edge.tenants.token(Endpoint.OPEN));
    edge.close();
    edge.close();
    assertThat(edge.service.health().state()).isEqualTo(LifecycleState.STOPPED);
  }

  @Test
  void givesBackTheMemoryOfBodies() throws Exception {
    try (RunningEdge edge = RunningEdge.start()) {
      HttpResponse<String> answer = edge.postEvents("[{\"type\":\"sent\"}]");
      assertThat(answer.statusCode()).isEqualTo(202);
      RunningEdge.await(() -> metricsOf(edge).contains("aftersend_edge_body_bytes 0.0"));
    }
  }

  private static String metricsOf(RunningEdge edge) {
    try {
      return edge.metrics();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
