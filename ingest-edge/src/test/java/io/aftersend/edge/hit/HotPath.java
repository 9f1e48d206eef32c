package io.aftersend.edge.hit;

import io.aftersend.edge.Router;
import io.aftersend.edge.TestTenants;
import io.aftersend.edge.http.HttpLimits;
import io.aftersend.edge.http.ImmediateRequests;
import io.aftersend.edge.metrics.EdgeMetrics;
import io.aftersend.edge.network.NetworkTable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;

/// The handlers of an event loop without a socket, from a request's bytes to the answer's bytes and
/// the record in the lane.
final class HotPath {
  private static final HttpLimits LIMITS =
      new HttpLimits(
          16 * 1024,
          32 * 1024,
          10,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));

  final PrometheusRegistry registry = new PrometheusRegistry();
  final KeptRecords lane;
  private final ImmediateRequests requests;

  /// Not watched for leaks, since watching allocates.
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);

  private final ByteBuf in = allocator.directBuffer(64 * 1024);
  private final ByteBuf out = allocator.directBuffer(1024 * 1024);

  HotPath(
      TestTenants tenants,
      NetworkTable networks,
      InstantSource clock,
      byte[] client,
      KeptRecords lane) {
    this.lane = lane;
    EdgeMetrics metrics = new EdgeMetrics(registry);
    HitParts parts =
        new HitParts(
            new KeyRings(() -> tenants.tenants), () -> networks, metrics, Duration.ofSeconds(1));
    Router router =
        new Router(
            new HitHandler(parts, lane),
            (head, exchange) -> {
              throw new AssertionError("no hit");
            });
    requests = new ImmediateRequests(LIMITS, router, metrics, clock, client);
  }

  void load(String request) {
    in.clear().writeBytes(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Answers what was loaded.
  int answer() {
    in.readerIndex(0);
    out.clear();
    return requests.answer(in, out);
  }

  String answered() {
    return out.toString(StandardCharsets.ISO_8859_1);
  }
}
