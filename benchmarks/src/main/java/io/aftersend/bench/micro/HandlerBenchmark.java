package io.aftersend.bench.micro;

import io.aftersend.edge.Router;
import io.aftersend.edge.hit.HitHandler;
import io.aftersend.edge.hit.HitParts;
import io.aftersend.edge.http.HttpLimits;
import io.aftersend.edge.http.ImmediateRequests;
import io.aftersend.edge.metrics.EdgeMetrics;
import io.aftersend.edge.network.NetworkTable;
import io.aftersend.links.Endpoint;
import io.aftersend.links.LinkClaims;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// The edge's whole way from a browser's bytes to the bytes of the answer: parse, verify, classify
/// the network, encode the event, append it to the journal, answer. The requests are those of many
/// recipients in turn.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HandlerBenchmark {
  private static final int RECIPIENTS = 64;
  private static final double MOST_LOST = 1e-3;
  private static final byte[] CLIENT = {(byte) 203, 0, 113, 77};

  private final JournalDirectory directory = new JournalDirectory();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ImmediateRequests requests = requests();
  private final ByteBuf[] pixels = new ByteBuf[RECIPIENTS];
  private final ByteBuf[] clicks = new ByteBuf[RECIPIENTS];
  private final ByteBuf out = Unpooled.directBuffer(64 * 1024);
  private int next;

  public HandlerBenchmark() {
    for (int i = 0; i < RECIPIENTS; i++) {
      String recipient = "r-%07d".formatted(i);
      pixels[i] = request(Endpoint.OPEN, Tokens.pixel().toBuilder().recipient(recipient).build());
      clicks[i] = request(Endpoint.CLICK, Tokens.click().toBuilder().recipient(recipient).build());
    }
    require(pixels[0], "HTTP/1.1 200 ");
    require(clicks[0], "HTTP/1.1 302 ");
  }

  private ImmediateRequests requests() {
    EdgeMetrics metrics = new EdgeMetrics(registry);
    NetworkTable networks = NetworkTable.builtIn();
    HitParts parts =
        new HitParts(() -> Tokens.RING, () -> networks, metrics, Duration.ofSeconds(10));
    Router router =
        new Router(
            new HitHandler(parts, directory.journal().writer(0)),
            (head, exchange) -> {
              throw new IllegalStateException("expected no posts");
            });
    Duration timeout = Duration.ofSeconds(10);
    HttpLimits limits = new HttpLimits(16 * 1024, 32 * 1024, 1, timeout, timeout, timeout);
    return new ImmediateRequests(limits, router, metrics, InstantSource.system(), CLIENT);
  }

  private static ByteBuf request(Endpoint endpoint, LinkClaims claims) {
    String token = new String(Tokens.token(endpoint, claims), StandardCharsets.US_ASCII);
    String extension = endpoint == Endpoint.OPEN ? ".gif" : "";
    return Unpooled.directBuffer()
        .writeBytes(Tokens.request("/" + endpoint.letter() + "/" + token + extension));
  }

  private void require(ByteBuf request, String beginning) {
    int _ = answer(request);
    String answer = out.toString(StandardCharsets.ISO_8859_1);
    if (!answer.startsWith(beginning)) {
      throw new IllegalStateException("expected " + beginning + ", got " + answer);
    }
  }

  @Benchmark
  public int pixel() {
    return answer(pixels[next++ & (RECIPIENTS - 1)]);
  }

  @Benchmark
  public int click() {
    return answer(clicks[next++ & (RECIPIENTS - 1)]);
  }

  private int answer(ByteBuf request) {
    request.readerIndex(0);
    out.clear();
    return requests.answer(request, out) + out.readableBytes();
  }

  /// A hit that the journal did not keep has cost less. That must be rare.
  @TearDown
  public void requireHardlyAnythingLost() throws IOException {
    double lost = sum("aftersend_edge_events_lost");
    double hits = sum("aftersend_edge_hits");
    directory.close();
    if (lost > MOST_LOST * hits) {
      throw new IllegalStateException(
          "expected the journal to keep the hits, lost %.0f of %.0f".formatted(lost, hits));
    }
  }

  private double sum(String counter) {
    return registry.scrape(counter::equals).stream()
        .flatMap(metric -> ((CounterSnapshot) metric).getDataPoints().stream())
        .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
        .sum();
  }
}
