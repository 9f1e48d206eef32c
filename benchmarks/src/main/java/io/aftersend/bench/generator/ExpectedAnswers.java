package io.aftersend.bench.generator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The answers that requests of each endpoint must get. The first request to an endpoint is asked
/// twice, once to learn what its answer is. For one thread.
final class ExpectedAnswers {
  /// The endpoint's letter stands behind `GET /`.
  private static final int LETTER_AT = 5;

  private static final int LETTERS = 128;

  private final InetSocketAddress server;
  private final @Nullable ExpectedAnswer[] byLetter = new ExpectedAnswer[LETTERS];

  ExpectedAnswers(InetSocketAddress server) {
    this.server = server;
  }

  /// The answer that a request must get.
  ExpectedAnswer of(ByteBuffer request) throws IOException {
    int letter = request.get(LETTER_AT) & (LETTERS - 1);
    ExpectedAnswer known = byLetter[letter];
    if (known == null) {
      known = ExpectedAnswer.learn(server, request);
      byLetter[letter] = known;
    }
    return known;
  }
}
