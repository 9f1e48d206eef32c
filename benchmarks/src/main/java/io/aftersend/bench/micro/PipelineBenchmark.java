package io.aftersend.bench.micro;

import io.aftersend.bench.bare.CodecHandler;
import io.aftersend.bench.bare.RawHandler;
import io.aftersend.links.Endpoint;
import io.aftersend.links.TokenVerifier;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A pixel through a whole pipeline, bytes in to bytes out, in a channel without a socket, whose own
/// cost is in all the figures.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PipelineBenchmark {
  private final EmbeddedChannel codec =
      new EmbeddedChannel(new HttpServerCodec(), new CodecHandler(verifier()));
  private final EmbeddedChannel raw = new EmbeddedChannel(new RawHandler(verifier()));
  private final ByteBuf request = Unpooled.directBuffer().writeBytes(request());

  private static TokenVerifier verifier() {
    return new TokenVerifier(() -> Tokens.RING);
  }

  private static byte[] request() {
    byte[] token = Tokens.token(Endpoint.OPEN, Tokens.pixel());
    return Tokens.request("/o/" + new String(token, StandardCharsets.US_ASCII) + ".gif");
  }

  /// Netty's HttpServerCodec, and a handler that verifies and answers.
  @Benchmark
  public int bareNettyCodec() {
    return exchange(codec);
  }

  /// The least that verifies and answers.
  @Benchmark
  public int bareRaw() {
    return exchange(raw);
  }

  private int exchange(EmbeddedChannel channel) {
    channel.writeInbound(request.retainedDuplicate());
    int bytes = 0;
    for (ByteBuf answer = channel.readOutbound();
        answer != null;
        answer = channel.readOutbound()) {
      bytes += answer.readableBytes();
      answer.release();
    }
    return bytes;
  }
}
