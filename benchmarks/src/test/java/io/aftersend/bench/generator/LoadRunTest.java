package io.aftersend.bench.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadRunTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  /// Enough for some requests on a machine that has no time for us.
  private static final Duration LONG = Duration.ofSeconds(3);

  @TempDir private Path directory;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Requests requests;

  @BeforeEach
  void writeRequests() throws IOException {
    Path file = directory.resolve("requests");
    Requests.write(file, List.of(BrowserRequest.of("/o/one.gif"), BrowserRequest.of("/o/two.gif")));
    requests = Requests.read(file);
  }

  private static LoadOrder order(int connections, int rate) {
    return new LoadOrder(0, connections, rate, SHORT, Duration.ZERO, 1, false);
  }

  /// As fast as it is answered.
  private static LoadOrder order(int connections) {
    return new LoadOrder(0, connections, 0, LONG, Duration.ZERO, 1, false);
  }

  @Test
  void everyArrivalIsSentAndItsAnswerCounted() throws IOException {
    try (TestServer server = new TestServer(request -> TestServer.PIXEL);
        LoadRun run = LoadRun.at(server.address(), requests)) {
      LoadResult result = run.run(order(4, 500));

      long arrivals = arrivals(500);
      assertThat(result.answered()).isEqualTo(arrivals);
      assertThat(result.failed()).isZero();
      assertThat(result.unsent()).isZero();
      assertThat(server.requests()).isEqualTo(arrivals + 1);
      assertThat(result.p99Ns()).isGreaterThanOrEqualTo(result.p50Ns()).isPositive();
    }
  }

  @Test
  void generatorThatSharesItsProcessorSendsEveryArrivalToo() throws IOException {
    try (TestServer server = new TestServer(request -> TestServer.PIXEL);
        LoadRun run = LoadRun.at(server.address(), requests)) {
      LoadOrder order = new LoadOrder(0, 4, 500, SHORT, Duration.ZERO, 1, true);

      assertThat(run.run(order).answered()).isEqualTo(arrivals(500));
    }
  }

  @Test
  void clicksGetARedirectAndPixelsAnImage() throws IOException {
    Path file = directory.resolve("mixed");
    Requests.write(file, List.of(BrowserRequest.of("/o/one.gif"), BrowserRequest.of("/c/two")));
    String redirect = "HTTP/1.1 302 Found\r\nLocation: a:b\r\nContent-Length: 0\r\n\r\n";
    // The first pixel and the first click are asked to learn their answers, the click then again.
    try (TestServer server =
            new TestServer(n -> n == 2 || (n > 1 && n % 2 == 1) ? redirect : TestServer.PIXEL);
        LoadRun run = LoadRun.at(server.address(), Requests.read(file))) {
      LoadResult result = run.run(order(1, 0));

      assertThat(result.answered()).isEqualTo(server.requests() - 2);
      assertThat(result.failed()).isZero();
    }
  }

  private static long arrivals(int rate) {
    Arrivals arrivals = new Arrivals(rate, 1);
    long count = 0;
    for (long ns = arrivals.nextGapNs(); ns < SHORT.toNanos(); ns += arrivals.nextGapNs()) {
      count++;
    }
    return count;
  }

  @Test
  void withoutARateEachConnectionSendsAgainWhenItIsAnswered() throws IOException {
    try (TestServer server = new TestServer(request -> TestServer.PIXEL);
        LoadRun run = LoadRun.at(server.address(), requests)) {
      LoadResult result = run.run(order(4));

      assertThat(result.answered()).isGreaterThan(4).isEqualTo(server.requests() - 1);
    }
  }

  @Test
  void secondRunUsesTheConnectionsOfTheFirst() throws IOException {
    try (TestServer server = new TestServer(request -> TestServer.PIXEL);
        LoadRun run = LoadRun.at(server.address(), requests)) {
      LoadResult first = run.run(order(4, 500));
      LoadResult second = run.run(order(2, 500));

      assertThat(second.answered()).isEqualTo(first.answered());
    }
  }

  @Test
  void otherStatusInTheMiddleEndsTheRunNamingIt() throws IOException {
    String broken = "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nGIF8";
    try (TestServer server = new TestServer(n -> n == 20 ? broken : TestServer.PIXEL);
        LoadRun run = LoadRun.at(server.address(), requests)) {
      assertThatThrownBy(() -> run.run(order(1)))
          .isInstanceOf(WrongAnswerException.class)
          .hasMessageContaining("HTTP/1.1 503 Busy");
    }
  }

  @Test
  void serverThatDoesNotServeThePixelIsRefusedAtOnce() throws IOException {
    try (TestServer server =
        new TestServer(request -> "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>")) {
      assertThatThrownBy(() -> LoadRun.at(server.address(), requests))
          .isInstanceOf(WrongAnswerException.class)
          .hasMessageContaining("expected a GIF");
    }
  }

  @Test
  void requestWhoseConnectionBreaksHasFailed() throws IOException {
    try (TestServer server = new TestServer(n -> n == 20 ? "" : TestServer.PIXEL);
        LoadRun run = LoadRun.at(server.address(), requests)) {
      LoadResult result = run.run(order(2));

      assertThat(result.failed()).isEqualTo(1);
      assertThat(result.answered()).isEqualTo(server.requests() - 2);
    }
  }

  @Test
  void fileWithHalfARequestIsRefused() throws IOException {
    Path file = directory.resolve("half");
    Requests.write(file, List.of("GET / HTTP/1.1\r\nHost: a\r\n"));

    assertThatThrownBy(() -> Requests.read(file)).hasMessageContaining("whole requests");
  }
}
