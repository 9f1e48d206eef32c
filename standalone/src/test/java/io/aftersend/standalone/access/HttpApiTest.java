package io.aftersend.standalone.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpApiTest {
  private final AtomicInteger requests = new AtomicInteger();
  private final HttpServer server;

  HttpApiTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(requests.incrementAndGet() == 1 ? 503 : 204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int ask(Duration patience) throws InterruptedException {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    try (HttpApi api = new HttpApi(url, "k", patience)) {
      return api.send("GET", "/", null).status();
    }
  }

  @Test
  void answerOfABusyApiIsToldAtOnceWithoutPatience() throws InterruptedException {
    assertThat(ask(Duration.ZERO)).isEqualTo(503);
    assertThat(requests).hasValue(1);
  }

  @Test
  void busyApiIsAskedAgainWithPatience() throws InterruptedException {
    assertThat(ask(Duration.ofMinutes(1))).isEqualTo(204);
    assertThat(requests).hasValue(2);
  }
}
