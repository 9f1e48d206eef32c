package io.aftersend.query.http;

import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import io.helidon.http.RequestException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A body whose server stops it where it grows too large, which it tells as a problem.
final class LimitedBody extends FilterInputStream {
  private static final int TOO_LARGE = 413;

  LimitedBody(InputStream body) {
    super(body);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return super.read(bytes, offset, length);
    } catch (RequestException e) {
      if (e.status().code() == TOO_LARGE) {
        throw new ProblemException(
            Problem.of(TOO_LARGE, "the body: expected a smaller one")
                .withHeader("Connection", "close"),
            e);
      }
      throw e;
    }
  }
}
