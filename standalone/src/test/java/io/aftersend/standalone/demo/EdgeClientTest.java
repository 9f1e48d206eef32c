package io.aftersend.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.aftersend.runtime.lifecycle.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EdgeClientTest {
  private final Traffic traffic = new Traffic();
  private final AtomicInteger hits = new AtomicInteger();
  private HttpServer edge = listenBelowOutgoingPorts();

  /// On a port that systems give to no outgoing connection, which would else take it while nobody
  /// listens on it.
  private HttpServer listenBelowOutgoingPorts() {
    while (true) {
      try {
        return listen(ThreadLocalRandom.current().nextInt(15_000, 30_000));
      } catch (UncheckedIOException e) {
        // Taken: try another.
      }
    }
  }

  private HttpServer listen(int port) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      server.createContext(
          "/o/",
          exchange -> {
            hits.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      server.createContext(
          "/lost/",
          exchange -> {
            hits.incrementAndGet();
            throw new UncheckedIOException(new IOException("the answer is lost"));
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void stop() {
    edge.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + edge.getAddress().getPort();
  }

  private EdgeClient client() {
    return new EdgeClient(url(), "k", traffic);
  }

  @Test
  void hitThatNobodyTookIsMadeAgainUntilTheEdgeIsBack() throws Exception {
    try (EdgeClient client = client()) {
      // So that there is a kept-alive connection to lose.
      assertThat(client.hit("GET", url() + "/o/1", null, "agent", false)).isTrue();
      edge.stop(0);
      CompletableFuture<Boolean> answered =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return client.hit("GET", url() + "/o/2", null, "agent", false);
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      while (traffic.retries() == 0 && !answered.isDone()) {
        Thread.onSpinWait();
      }
      edge = listen(edge.getAddress().getPort());

      assertThat(answered.get()).isTrue();
    }
    assertThat(hits).hasValue(2);
    assertThat(traffic.hits()).isEqualTo(2);
  }

  @Test
  void hitWhoseAnswerIsLostIsNotMadeAgain() throws InterruptedException {
    try (EdgeClient client = client()) {
      assertThat(client.hit("GET", url() + "/lost/1", null, "agent", false)).isFalse();
    }
    assertThat(hits).hasValue(1);
    assertThat(traffic.retries()).isZero();
  }

  @Test
  void urlThatTheEdgeDoesNotKnowIsTold() {
    try (EdgeClient client = client()) {
      assertThatThrownBy(() -> client.hit("GET", url() + "/x/1", null, "agent", false))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("404");
    }
  }
}
