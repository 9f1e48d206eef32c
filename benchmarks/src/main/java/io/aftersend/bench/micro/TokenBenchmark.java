package io.aftersend.bench.micro;

import io.aftersend.links.Endpoint;
import io.aftersend.links.LinkClaims;
import io.aftersend.links.TokenSigner;
import io.aftersend.links.TokenStatus;
import io.aftersend.links.TokenVerifier;
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

/// Signing and verifying a click whose target URL has 120 characters.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TokenBenchmark {
  private final LinkClaims claims = Tokens.click();
  private final TokenSigner signer = new TokenSigner(() -> Tokens.RING);
  private final TokenVerifier verifier = new TokenVerifier(() -> Tokens.RING);
  private final byte[] token = Tokens.token(Endpoint.CLICK, claims);

  @Benchmark
  public String sign() {
    return signer.sign(Endpoint.CLICK, claims);
  }

  @Benchmark
  public TokenStatus verify() {
    return verifier.verify(token, 0, token.length, Endpoint.CLICK);
  }
}
