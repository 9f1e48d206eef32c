package io.aftersend.edge.hit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.RawClient;
import io.aftersend.edge.Router;
import io.aftersend.edge.TestTenants;
import io.aftersend.edge.http.HttpConfig;
import io.aftersend.edge.http.HttpLimits;
import io.aftersend.edge.http.HttpServer;
import io.aftersend.edge.journal.Durability;
import io.aftersend.edge.metrics.EdgeMetrics;
import io.aftersend.edge.network.NetworkTable;
import io.aftersend.links.Endpoint;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Where no request may be answered before its record is on the disk, and the disk takes its time.
class DurableHitsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final HttpLimits LIMITS =
      new HttpLimits(16 * 1024, 32 * 1024, 10, LONG, LONG, LONG);
  private static final int PATIENCE_MS = 150;

  private final TestTenants tenants = new TestTenants(5);
  private final BlockingQueue<Durability> waiting = new LinkedBlockingQueue<>();
  private final HttpServer server = server(LONG);

  private HttpServer server(Duration durableTimeout) {
    KeptRecords lane = new KeptRecords("00000000000000ab", 0);
    lane.waiting = waiting;
    EdgeMetrics metrics = new EdgeMetrics(new PrometheusRegistry());
    NetworkTable networks = NetworkTable.builtIn();
    HitParts parts =
        new HitParts(new KeyRings(() -> tenants.tenants), () -> networks, metrics, durableTimeout);
    return HttpServer.start(
        new HttpConfig("127.0.0.1", 0, 1, LIMITS),
        metrics,
        InstantSource.system(),
        loop ->
            new Router(
                new HitHandler(parts, lane),
                (head, exchange) -> {
                  throw new AssertionError("expected hits alone");
                }));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String get(Endpoint endpoint) {
    return "GET /%s/%s HTTP/1.1\r\nHost: a\r\n\r\n"
        .formatted(endpoint.letter(), tenants.token(endpoint));
  }

  private Durability nextWaiting() throws InterruptedException {
    return Objects.requireNonNull(waiting.poll(10, TimeUnit.SECONDS), "nobody waits for the disk");
  }

  @Test
  void answersOnlyOnceTheRecordIsOnTheDisk() throws Exception {
    try (Socket socket = RawClient.connected(server.port());
        RawClient client = new RawClient(socket)) {
      client.send(get(Endpoint.OPEN));
      Durability opened = nextWaiting();
      socket.setSoTimeout(PATIENCE_MS);
      assertThat(isSilent(client)).isTrue();
      socket.setSoTimeout(10_000);
      opened.settle(true);
      RawClient.Answer pixel = client.answer();
      assertThat(pixel.status()).isEqualTo(200);
      assertThat(pixel.header("Content-Type")).isEqualTo("image/gif");

      client.send(get(Endpoint.CLICK));
      nextWaiting().settle(true);
      RawClient.Answer redirect = client.answer();
      assertThat(redirect.status()).isEqualTo(302);
      assertThat(redirect.header("Location")).isEqualTo("https://shop.example/a?b=1&c=%20#top");

      client.send(get(Endpoint.UNSUBSCRIBE));
      nextWaiting().settle(true);
      assertThat(client.answer().text()).contains("<button");
    }
  }

  private static boolean isSilent(RawClient client) throws Exception {
    try {
      client.answer();
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  /// A recipient does not pay for a disk that fails.
  @Test
  void answersAlsoWhenTheDiskFails() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send(get(Endpoint.CLICK));
      nextWaiting().settle(false);
      assertThat(client.answer().status()).isEqualTo(302);
    }
  }

  /// The disk settles each request twice, the second time while the next one waits.
  @Test
  void answersPipelinedHitsInTheirOrderAndEachOnce() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send(get(Endpoint.CLICK) + get(Endpoint.OPEN) + get(Endpoint.UNSUBSCRIBE));
      Durability first = nextWaiting();
      first.settle(true);
      Durability second = nextWaiting();
      first.settle(true);
      assertThat(client.answer().status()).isEqualTo(302);
      second.settle(true);
      assertThat(client.answer().header("Content-Type")).isEqualTo("image/gif");
      Durability third = nextWaiting();
      second.settle(true);
      third.settle(true);
      assertThat(client.answer().text()).contains("<button");
    }
  }

  @Test
  void answersWhenTheDiskTakesTooLong() throws Exception {
    try (HttpServer hasty = server(Duration.ofMillis(20));
        RawClient client = new RawClient(hasty.port())) {
      client.send(get(Endpoint.CLICK));
      Durability late = nextWaiting();
      assertThat(client.answer().status()).isEqualTo(302);
      client.send(get(Endpoint.OPEN));
      late.settle(true);
      assertThat(client.answer().status()).isEqualTo(200);
    }
  }
}
