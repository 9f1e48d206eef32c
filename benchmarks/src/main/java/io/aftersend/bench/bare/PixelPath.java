package io.aftersend.bench.bare;

import io.aftersend.links.Endpoint;
import io.aftersend.links.TokenStatus;
import io.aftersend.links.TokenVerifier;

/// The check of a pixel's path, `/o/TOKEN.gif`. Confined to one thread.
final class PixelPath {
  private static final int LINE_PREFIX = "GET /o/".length();
  private static final int PATH_PREFIX = "/o/".length();
  private static final int EXTENSION = ".gif".length();

  private final TokenVerifier verifier;

  PixelPath(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  /// Whether a request that begins with `GET /o/` carries a valid token.
  boolean isValid(byte[] request) {
    int end = LINE_PREFIX;
    while (request[end] != ' ') {
      end++;
    }
    return isValid(request, LINE_PREFIX, end - LINE_PREFIX);
  }

  /// Whether a path that begins with `/o/` carries a valid token.
  boolean isValidPath(byte[] path) {
    return isValid(path, PATH_PREFIX, path.length - PATH_PREFIX);
  }

  private boolean isValid(byte[] bytes, int offset, int length) {
    return verifier.verify(bytes, offset, length - EXTENSION, Endpoint.OPEN) == TokenStatus.VALID;
  }
}
