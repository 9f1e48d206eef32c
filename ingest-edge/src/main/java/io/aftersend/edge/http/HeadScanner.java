package io.aftersend.edge.http;

import io.netty.buffer.ByteBuf;

/// The search for the end of a request's head in bytes that arrive piece by piece. One per
/// connection; looks at every byte once.
final class HeadScanner {
  private final int maxRequestLineBytes;
  private final int maxHeaderBytes;
  private int scanned;
  private int lineStart;
  private int headersStart;

  HeadScanner(HttpLimits limits) {
    maxRequestLineBytes = limits.maxRequestLineBytes();
    maxHeaderBytes = limits.maxHeaderBytes();
  }

  void reset() {
    scanned = 0;
    lineStart = 0;
    headersStart = 0;
  }

  /// Whether it has looked at a part of the present head.
  boolean hasBegun() {
    return scanned > 0;
  }

  /// The largest head that passes.
  static int maxHeadBytes(HttpLimits limits) {
    return limits.maxRequestLineBytes() + limits.maxHeaderBytes() + 4;
  }

  /// Looks for the empty line that ends the head.
  ///
  /// @param in borrowed; begins with the head, and has all that the last call saw
  /// @return the head's length, the empty line included; -1 when there is more to come
  int findEnd(ByteBuf in) throws RefusedRequestException {
    int start = in.readerIndex();
    while (true) {
      int lineFeed = in.indexOf(start + scanned, in.writerIndex(), (byte) '\n');
      if (lineFeed < 0) {
        scanned = in.readableBytes();
        // One byte of slack: the carriage return of a line end may be here already.
        checkLimits(scanned - 1);
        return -1;
      }
      int at = lineFeed - start;
      if (at == lineStart || in.getByte(lineFeed - 1) != '\r') {
        throw RefusedRequestException.badRequest("expected CR before LF");
      }
      scanned = at + 1;
      if (at - 1 == lineStart && headersStart > 0) {
        return scanned;
      }
      checkLimits(at - 1);
      lineStart = scanned;
      if (headersStart == 0) {
        headersStart = scanned;
      } else if (scanned - headersStart > maxHeaderBytes) {
        throw tooManyHeaders();
      }
    }
  }

  private void checkLimits(int end) throws RefusedRequestException {
    if (headersStart == 0) {
      if (end > maxRequestLineBytes) {
        throw RefusedRequestException.of(
            414, "expected a request line of at most " + maxRequestLineBytes + " bytes");
      }
    } else if (end - headersStart > maxHeaderBytes) {
      throw tooManyHeaders();
    }
  }

  private RefusedRequestException tooManyHeaders() {
    return RefusedRequestException.of(
        431, "expected headers of at most " + maxHeaderBytes + " bytes in all");
  }
}
