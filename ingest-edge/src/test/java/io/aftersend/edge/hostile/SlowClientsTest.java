package io.aftersend.edge.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.RawClient;
import io.aftersend.edge.RunningEdge;
import io.aftersend.edge.TestTenants;
import io.aftersend.links.Endpoint;
import io.aftersend.links.LinkClaims;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Thousands of clients that send or read as slowly as they can, beside one that does not.
class SlowClientsTest {
  private static final int SLOW_HEADS = 800;
  private static final int SLOW_BODIES = 900;
  private static final int SLOW_READERS = 300;
  private static final int GREEDY_READERS = 20;

  /// Every slow client sends something in one of so many rounds.
  private static final int ROUNDS_BETWEEN_DROPS = 5;

  /// What a client that never reads would have the edge hold, if the edge let it.
  private static final long GREEDY_BYTES = 32L * 1024 * 1024;

  /// For one connection: what is read ahead, what is written but not taken, and the slack of both.
  private static final long MAX_HELD_BYTES = 1024 * 1024;

  private static final Map<String, String> HASTY =
      Map.of(
          "AFTERSEND_EDGE_HEADER_TIMEOUT", "1s",
          "AFTERSEND_EDGE_BODY_TIMEOUT", "1s",
          "AFTERSEND_EDGE_IDLE_TIMEOUT", "5s");

  private final List<SlowClient> clients = new ArrayList<>();
  private RunningEdge edge;
  private LoopbackAddresses sources;
  private String pixel;
  private String click;

  @BeforeEach
  void start() throws IOException {
    edge = RunningEdge.start(HASTY);
    sources = LoopbackAddresses.ofThisMachine();
    pixel = "GET /o/" + edge.tenants.token(Endpoint.OPEN) + ".gif HTTP/1.1\r\nHost: a\r\n";
    LinkClaims longTarget =
        TestTenants.claims().targetUrl("https://shop.example/" + "x".repeat(2_000)).build();
    click =
        "GET /c/" + edge.tenants.token(Endpoint.CLICK, longTarget) + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  @AfterEach
  void stop() throws IOException {
    for (SlowClient client : clients) {
      client.close();
    }
    edge.close();
  }

  @Test
  void cutsOffSlowClientsForTheirReasonAndAnswersTheOthers() throws Exception {
    for (int i = 0; i < SLOW_HEADS; i++) {
      clients.add(SlowClient.sender(sources.get(i), edge.port(), slowHead(i)));
    }
    for (int i = 0; i < SLOW_BODIES; i++) {
      clients.add(SlowClient.sender(sources.get(i), edge.port(), slowBody(i)));
    }
    for (int i = 0; i < SLOW_READERS; i++) {
      clients.add(SlowClient.reader(sources.get(i), edge.port(), click.repeat(20)));
    }
    try (RawClient lasting = edge.connect()) {
      List<SlowClient> left = new ArrayList<>(clients);
      int[] round = {0};
      RunningEdge.await(
          () -> {
            dripSome(left, round[0]++);
            left.removeIf(SlowClient::isCutOff);
            assertHitsAreAnswered(lasting);
            return left.isEmpty();
          });
    }
    MetricsPage metrics = MetricsPage.of(edge);
    assertThat(metrics.value("connections_closed_total{reason=\"header_timeout\"}"))
        .isEqualTo(SLOW_HEADS);
    assertThat(metrics.value("connections_closed_total{reason=\"body_timeout\"}"))
        .isEqualTo(SLOW_BODIES);
    assertThat(metrics.value("connections_closed_total{reason=\"idle_timeout\"}"))
        .isEqualTo(SLOW_READERS);
    assertThat(metrics.value("failures_total")).isZero();
    RunningEdge.await(() -> openConnections() == 0);
  }

  @Test
  void holdsLittleForClientsThatNeverReadAndCutsThemOff() throws Exception {
    long before = nettyBytes();
    for (int i = 0; i < GREEDY_READERS; i++) {
      clients.add(SlowClient.reader(sources.get(i), edge.port(), click.repeat(20)));
    }
    long[] most = {0};
    RunningEdge.await(
        () -> {
          clients.stream().filter(c -> c.sentBytes() < GREEDY_BYTES).forEach(SlowClient::drip);
          most[0] = Math.max(most[0], nettyBytes() - before);
          return clients.stream().allMatch(SlowClient::isCutOff);
        });
    assertThat(clients).allMatch(client -> client.sentBytes() < GREEDY_BYTES);
    assertThat(most[0]).isLessThan(GREEDY_READERS * MAX_HELD_BYTES);
    assertThat(MetricsPage.of(edge).value("connections_closed_total{reason=\"idle_timeout\"}"))
        .isEqualTo(GREEDY_READERS);
  }

  private static String slowHead(int i) {
    return switch (i % 4) {
      case 0 -> "G";
      case 1 -> "GET /o/";
      case 2 -> "GET /o/x HTTP/1.1\r\nHost: a\r\nX: ";
      default -> "GET /o/x HTTP/1.1\r\nHost: a\r\n\r\nGET /o/x HTTP/1.1\r\nHost: ";
    };
  }

  private String slowBody(int i) {
    String key = edge.tenants.ingestKey.text();
    return switch (i % 3) {
      case 0 -> SmugglingShapes.postHead(key, "Content-Length: 10000\r\n") + "[";
      case 1 -> SmugglingShapes.postHead(key, "Transfer-Encoding: chunked\r\n") + "2710\r\n[";
      default -> "GET /o/x HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\n";
    };
  }

  private static void dripSome(List<SlowClient> clients, int round) {
    for (int i = round % ROUNDS_BETWEEN_DROPS; i < clients.size(); i += ROUNDS_BETWEEN_DROPS) {
      clients.get(i).drip();
    }
  }

  private void assertHitsAreAnswered(RawClient lasting) {
    try (RawClient fresh = edge.connect()) {
      assertThat(lasting.send(pixel + "\r\n").answer().status()).isEqualTo(200);
      assertThat(fresh.send(pixel + "Connection: close\r\n\r\n").answer().status()).isEqualTo(200);
      assertThat(fresh.isEnded()).isTrue();
    } catch (IOException e) {
      throw new AssertionError("a hit got no answer", e);
    }
  }

  private double openConnections() {
    try {
      return MetricsPage.of(edge).value("connections");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static long nettyBytes() {
    return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
  }
}
