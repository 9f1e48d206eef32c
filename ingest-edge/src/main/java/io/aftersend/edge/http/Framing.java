package io.aftersend.edge.http;

import java.nio.charset.StandardCharsets;

/// What a request's headers say about its message: where its body ends and whether the connection
/// lives on.
///
/// @param contentLength of a body of known length, 0 for none; meaningless when chunked
/// @param keepsAlive whether the client lets the connection live on
/// @param expectsContinue whether the client waits for `100 Continue` before it sends the body
record Framing(boolean isChunked, long contentLength, boolean keepsAlive, boolean expectsContinue) {
  private static final byte[] CHUNKED = ascii("chunked");
  private static final byte[] CONTINUE = ascii("100-continue");
  private static final byte[] CLOSE = ascii("close");
  private static final byte[] KEEP_ALIVE = ascii("keep-alive");

  /// The usual requests share these.
  private static final Framing PLAIN = new Framing(false, 0, true, false);

  private static final Framing LAST = new Framing(false, 0, false, false);

  /// More digits than any length that could ever be allowed.
  private static final int MAX_LENGTH_DIGITS = 18;

  boolean hasBody() {
    return isChunked || contentLength > 0;
  }

  static Framing of(RequestHead head) throws RefusedRequestException {
    checkHost(head);
    boolean isChunked = isChunked(head);
    long length = contentLength(head);
    if (isChunked && head.has(Header.CONTENT_LENGTH)) {
      throw RefusedRequestException.badRequest(
          "expected Content-Length or Transfer-Encoding, got both");
    }
    boolean keepsAlive = keepsAlive(head);
    if (!isChunked && length == 0) {
      return keepsAlive ? PLAIN : LAST;
    }
    return new Framing(isChunked, length, keepsAlive, expectsContinue(head));
  }

  private static void checkHost(RequestHead head) throws RefusedRequestException {
    int hosts = head.count(Header.HOST);
    if (hosts > 1 || (hosts == 0 && head.isHttp11)) {
      throw RefusedRequestException.badRequest("expected one Host header, got " + hosts);
    }
    int end = head.offset(Header.HOST) + head.length(Header.HOST);
    for (int at = head.offset(Header.HOST); at < end; at++) {
      if (!Ascii.isHostCharacter(head.bytes[at])) {
        throw RefusedRequestException.badRequest("expected a host and port in Host");
      }
    }
    boolean isOfTarget =
        head.authorityLength > 0
            && (hosts == 0
                || (head.length(Header.HOST) == head.authorityLength
                    && Ascii.areEqualIgnoringCase(
                        head.bytes,
                        head.authorityOffset,
                        head.offset(Header.HOST),
                        head.authorityLength)));
    if (head.authorityLength >= 0 && !isOfTarget) {
      throw RefusedRequestException.badRequest("expected the same host in the target and in Host");
    }
  }

  private static boolean isChunked(RequestHead head) throws RefusedRequestException {
    if (!head.has(Header.TRANSFER_ENCODING)) {
      return false;
    }
    if (!head.isHttp11) {
      throw RefusedRequestException.badRequest("expected no Transfer-Encoding in HTTP/1.0");
    }
    if (head.count(Header.TRANSFER_ENCODING) > 1 || !head.is(Header.TRANSFER_ENCODING, CHUNKED)) {
      throw RefusedRequestException.badRequest("expected Transfer-Encoding: chunked, alone");
    }
    return true;
  }

  private static long contentLength(RequestHead head) throws RefusedRequestException {
    if (!head.has(Header.CONTENT_LENGTH)) {
      return 0;
    }
    if (head.count(Header.CONTENT_LENGTH) > 1) {
      throw RefusedRequestException.badRequest("expected one Content-Length, got more");
    }
    int offset = head.offset(Header.CONTENT_LENGTH);
    int length = head.length(Header.CONTENT_LENGTH);
    long value = 0;
    for (int i = offset; i < offset + length; i++) {
      if (!Ascii.isDigit(head.bytes[i])) {
        length = 0;
        break;
      }
      value = Math.min(value, Long.MAX_VALUE / 10 - 1) * 10 + (head.bytes[i] - '0');
    }
    if (length == 0) {
      throw RefusedRequestException.badRequest("expected digits in Content-Length");
    }
    return length > MAX_LENGTH_DIGITS ? Long.MAX_VALUE : value;
  }

  private static boolean keepsAlive(RequestHead head) {
    boolean keepsAlive = head.isHttp11;
    for (int line = 0; line < head.lines() && head.has(Header.CONNECTION); line++) {
      if (!head.isLine(line, Header.CONNECTION)) {
        continue;
      }
      if (lists(head, line, CLOSE)) {
        return false;
      }
      keepsAlive |= lists(head, line, KEEP_ALIVE);
    }
    return keepsAlive;
  }

  /// Whether a comma-separated list has the element.
  private static boolean lists(RequestHead head, int line, byte[] lower) {
    byte[] bytes = head.bytes;
    int end = head.lineOffset(line) + head.lineLength(line);
    for (int at = head.lineOffset(line); at < end; at++) {
      int start = at;
      while (at < end && bytes[at] != ',') {
        at++;
      }
      int stop = at;
      while (start < stop && (bytes[start] == ' ' || bytes[start] == '\t')) {
        start++;
      }
      while (stop > start && (bytes[stop - 1] == ' ' || bytes[stop - 1] == '\t')) {
        stop--;
      }
      if (Ascii.equalsIgnoreCase(bytes, start, stop - start, lower)) {
        return true;
      }
    }
    return false;
  }

  private static boolean expectsContinue(RequestHead head) throws RefusedRequestException {
    if (!head.isHttp11 || !head.has(Header.EXPECT)) {
      return false;
    }
    if (!head.is(Header.EXPECT, CONTINUE)) {
      throw RefusedRequestException.of(417, "expected Expect: 100-continue");
    }
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
