package io.aftersend.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.edge.RawClient;
import io.aftersend.edge.metrics.EdgeMetrics;
import io.aftersend.runtime.lifecycle.StartupException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class ListenersTest {
  private static final int LOOPS = 4;
  private static final HttpLimits LIMITS =
      new HttpLimits(
          4_096,
          4_096,
          1_000,
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30));

  private final AtomicIntegerArray served = new AtomicIntegerArray(LOOPS);

  private HttpServer start(int port) {
    Answer answer = Answer.text(200, "hello");
    return HttpServer.start(
        new HttpConfig("127.0.0.1", port, LOOPS, LIMITS),
        new EdgeMetrics(new PrometheusRegistry()),
        InstantSource.fixed(Instant.EPOCH),
        loop ->
            (head, exchange) -> {
              served.incrementAndGet(loop);
              exchange.answer(answer);
            });
  }

  /// On a port that systems give to no outgoing connection, which would else take it while nobody
  /// listens on it.
  private HttpServer startBelowOutgoingPorts() {
    while (true) {
      try {
        return start(ThreadLocalRandom.current().nextInt(15_000, 30_000));
      } catch (StartupException e) {
        // Taken: try another.
      }
    }
  }

  private static int statusOf(int port) throws Exception {
    try (RawClient client = new RawClient(port)) {
      return client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").answer().status();
    }
  }

  @Test
  void everyLoopGetsItsShareOfTheConnections() throws Exception {
    try (HttpServer server = start(0)) {
      for (int i = 0; i < 200; i++) {
        assertThat(statusOf(server.port())).isEqualTo(200);
      }
    }
    for (int loop = 0; loop < LOOPS; loop++) {
      assertThat(served.get(loop)).as("loop %d", loop).isPositive();
    }
  }

  @Test
  void noOtherServerOfTheSameUserSharesThePort() throws Exception {
    try (HttpServer server = start(0)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> start(server.port()))
            .isInstanceOf(StartupException.class)
            .hasMessageContainingAll(Integer.toString(server.port()), "in use");
      }
      assertThat(statusOf(server.port())).isEqualTo(200);
    }
  }

  @Test
  void aPortIsFreeAgainAfterTheStop() throws Exception {
    HttpServer first = startBelowOutgoingPorts();
    int port = first.port();
    try (first) {
      assertThat(statusOf(port)).isEqualTo(200);
      assertThat(first.drain(Duration.ofSeconds(2))).isZero();
      assertThatThrownBy(() -> statusOf(port)).isInstanceOf(IOException.class);
    }
    try (HttpServer server = start(port)) {
      assertThat(server.port()).isEqualTo(port);
      assertThat(statusOf(port)).isEqualTo(200);
    }
  }
}
