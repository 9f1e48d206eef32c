package io.aftersend.edge.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The reader of a request's head, as strict as RFC 9112 lets a server be: whatever two parsers
/// could read in two ways is refused. Confined to one event loop; allocates nothing for a request
/// that it accepts.
final class HeadParser {
  private static final byte[] HTTP = {'h', 't', 't', 'p', ':', '/', '/'};
  private static final byte[] HTTPS = {'h', 't', 't', 'p', 's', ':', '/', '/'};

  /// What is looked at first of what there may be; few heads are longer.
  private static final int FIRST_LOOK_BYTES = 2 * 1024;

  /// Space, version, and the line's end.
  private static final int LINE_REST_BYTES = 11;

  private static final int INCOMPLETE = -1;

  private final RequestHead head;
  private final int maxRequestLineBytes;
  private final int maxHeaderBytes;

  /// @param head the loop's
  HeadParser(HttpLimits limits, RequestHead head) {
    this.head = head;
    this.maxRequestLineBytes = limits.maxRequestLineBytes();
    this.maxHeaderBytes = limits.maxHeaderBytes();
  }

  /// Reads a head into the loop's [RequestHead] if it is here whole.
  ///
  /// @param in borrowed; begins with the head; nothing is read of an incomplete one
  /// @return null when it is incomplete, or longer than any that passes
  @Nullable RequestHead parse(ByteBuf in) throws RefusedRequestException {
    int readable = Math.min(in.readableBytes(), head.bytes.length);
    int length = parse(in, Math.min(readable, FIRST_LOOK_BYTES));
    if (length == INCOMPLETE && readable > FIRST_LOOK_BYTES) {
      length = parse(in, readable);
    }
    if (length == INCOMPLETE) {
      return null;
    }
    in.skipBytes(length);
    return head;
  }

  /// Reads a whole head into the loop's [RequestHead].
  ///
  /// @param in borrowed; `length` bytes are read from it
  /// @param length as [HeadScanner] found it: the end of an empty line
  RequestHead parseWhole(ByteBuf in, int length) throws RefusedRequestException {
    if (parse(in, length) != length) {
      throw malformedRequestLine();
    }
    in.skipBytes(length);
    return head;
  }

  /// @return the head's length
  private int parse(ByteBuf in, int available) throws RefusedRequestException {
    byte[] bytes = head.bytes;
    in.getBytes(in.readerIndex(), bytes, 0, available);
    head.clear();
    int headers = parseRequestLine(bytes, available);
    int at = headers;
    while (at != INCOMPLETE && at < available) {
      if (bytes[at] == '\r') {
        return endOfLine(bytes, at, available);
      }
      at = parseHeader(bytes, at, available);
      if (at - headers > maxHeaderBytes) {
        throw RefusedRequestException.of(
            431, "expected headers of at most " + maxHeaderBytes + " bytes in all");
      }
    }
    return INCOMPLETE;
  }

  /// Where the line ends whose carriage return stands at `at`.
  private static int endOfLine(byte[] bytes, int at, int available) throws RefusedRequestException {
    if (at + 1 == available) {
      return INCOMPLETE;
    }
    if (bytes[at + 1] != '\n') {
      throw RefusedRequestException.badRequest("expected LF after CR");
    }
    return at + 2;
  }

  private int parseRequestLine(byte[] bytes, int available) throws RefusedRequestException {
    int at = Ascii.endOfToken(bytes, 0, available);
    if (at == available) {
      return INCOMPLETE;
    }
    if (at == 0 || bytes[at] != ' ') {
      throw malformedRequestLine();
    }
    head.method = method(bytes, at);
    int target = at + 1;
    // Bytes over 0x7F are let through, for clients that do not escape a query.
    int targetEnd = Ascii.indexOfControl(bytes, target, available, ' ' + 1);
    if (targetEnd < available && (targetEnd == target || bytes[targetEnd] != ' ')) {
      throw malformedRequestLine();
    }
    int end = targetEnd + LINE_REST_BYTES;
    if (end > available) {
      return INCOMPLETE;
    }
    if (end - 2 > maxRequestLineBytes) {
      throw RefusedRequestException.of(
          414, "expected a request line of at most " + maxRequestLineBytes + " bytes");
    }
    parseVersion(bytes, targetEnd + 1);
    parseTarget(bytes, target, targetEnd);
    return end;
  }

  private static Method method(byte[] bytes, int length) {
    if (length == 3 && bytes[0] == 'G' && bytes[1] == 'E' && bytes[2] == 'T') {
      return Method.GET;
    }
    if (length != 4) {
      return Method.OTHER;
    }
    if (bytes[0] == 'H' && bytes[1] == 'E' && bytes[2] == 'A' && bytes[3] == 'D') {
      return Method.HEAD;
    }
    boolean isPost = bytes[0] == 'P' && bytes[1] == 'O' && bytes[2] == 'S' && bytes[3] == 'T';
    return isPost ? Method.POST : Method.OTHER;
  }

  private void parseVersion(byte[] bytes, int at) throws RefusedRequestException {
    if (bytes[at] != 'H'
        || bytes[at + 1] != 'T'
        || bytes[at + 2] != 'T'
        || bytes[at + 3] != 'P'
        || bytes[at + 4] != '/'
        || !Ascii.isDigit(bytes[at + 5])
        || bytes[at + 6] != '.'
        || !Ascii.isDigit(bytes[at + 7])
        || bytes[at + 8] != '\r'
        || bytes[at + 9] != '\n') {
      throw malformedRequestLine();
    }
    if (bytes[at + 5] != '1') {
      throw RefusedRequestException.of(505, "expected HTTP/1.1 or HTTP/1.0");
    }
    head.isHttp11 = bytes[at + 7] != '0';
  }

  private void parseTarget(byte[] bytes, int from, int to) throws RefusedRequestException {
    int at = from;
    head.authorityLength = -1;
    if (bytes[at] != '/') {
      at = afterAuthority(bytes, from, to);
      if (head.authorityLength < 0 && head.method != Method.OTHER) {
        throw malformedRequestLine();
      }
    }
    int pathEnd = Ascii.indexOfEither(bytes, at, to, '?', '#');
    boolean hasQuery = pathEnd < to && bytes[pathEnd] == '?';
    head.pathOffset = at;
    head.pathLength = pathEnd - at;
    head.queryOffset = pathEnd + 1;
    head.queryLength =
        hasQuery ? Ascii.indexOfEither(bytes, pathEnd + 1, to, '#', '#') - pathEnd - 1 : 0;
  }

  /// Where the path of an absolute target begins; `to` for `*`, an authority, and anything else.
  private int afterAuthority(byte[] bytes, int from, int to) {
    int start;
    if (to - from >= HTTP.length && Ascii.equalsIgnoreCase(bytes, from, HTTP)) {
      start = from + HTTP.length;
    } else if (to - from >= HTTPS.length && Ascii.equalsIgnoreCase(bytes, from, HTTPS)) {
      start = from + HTTPS.length;
    } else {
      return to;
    }
    int at = start;
    while (at < to && bytes[at] != '/') {
      at++;
    }
    head.authorityOffset = start;
    head.authorityLength = at - start;
    return at;
  }

  /// @return where the line ends
  private int parseHeader(byte[] bytes, int from, int available) throws RefusedRequestException {
    int colon = Ascii.endOfToken(bytes, from, available);
    if (colon == available) {
      return INCOMPLETE;
    }
    if (colon == from || bytes[colon] != ':') {
      throw RefusedRequestException.badRequest(
          "expected a header name directly followed by a colon in every header line");
    }
    int start = colon + 1;
    int lineEnd = endOfValue(bytes, start, available);
    int next = lineEnd == available ? INCOMPLETE : endOfLine(bytes, lineEnd, available);
    if (next == INCOMPLETE) {
      return INCOMPLETE;
    }
    int end = lineEnd;
    while (start < end && isBlank(bytes[start])) {
      start++;
    }
    while (end > start && isBlank(bytes[end - 1])) {
      end--;
    }
    if (!head.addHeader(Header.slotOf(bytes, from, colon - from), start, end - start)) {
      throw RefusedRequestException.of(
          431, "expected at most " + RequestHead.MAX_HEADER_LINES + " headers");
    }
    return next;
  }

  /// The place of the line's carriage return, or `available`.
  private static int endOfValue(byte[] bytes, int from, int available)
      throws RefusedRequestException {
    int at = Ascii.indexOfControl(bytes, from, available, ' ');
    while (at < available && bytes[at] == '\t') {
      at = Ascii.indexOfControl(bytes, at + 1, available, ' ');
    }
    if (at < available && bytes[at] != '\r') {
      throw RefusedRequestException.badRequest("expected no control character in a header");
    }
    return at;
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }

  private static RefusedRequestException malformedRequestLine() {
    return RefusedRequestException.badRequest(
        "expected a request line of method, space, target, space, HTTP version");
  }
}
