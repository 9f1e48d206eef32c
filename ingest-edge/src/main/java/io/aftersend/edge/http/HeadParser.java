package io.aftersend.edge.http;

import io.netty.buffer.ByteBuf;

/// The reader of a request's head, as strict as RFC 9112 lets a server be: whatever two parsers
/// could read in two ways is refused. Confined to one event loop; allocates nothing for a request
/// that it accepts.
final class HeadParser {
  private static final byte[] HTTP = {'h', 't', 't', 'p', ':', '/', '/'};
  private static final byte[] HTTPS = {'h', 't', 't', 'p', 's', ':', '/', '/'};

  private final RequestHead head;

  HeadParser(RequestHead head) {
    this.head = head;
  }

  /// Reads a whole head into the loop's [RequestHead].
  ///
  /// @param in borrowed; `length` bytes are read from it
  /// @param length as [HeadScanner] found it: the end of an empty line
  RequestHead parse(ByteBuf in, int length) throws RefusedRequestException {
    byte[] bytes = head.bytes;
    in.readBytes(bytes, 0, length);
    head.clear();
    int end = length - 2;
    int lineEnd = endOfLine(bytes, 0, end);
    parseRequestLine(bytes, lineEnd);
    for (int at = lineEnd + 2; at < end; at = lineEnd + 2) {
      lineEnd = endOfLine(bytes, at, end);
      parseHeader(bytes, at, lineEnd);
    }
    return head;
  }

  /// Every line ends in CR LF: the scanner has seen to the LF.
  private static int endOfLine(byte[] bytes, int from, int end) throws RefusedRequestException {
    int at = from;
    while (at < end && bytes[at] != '\r') {
      at++;
    }
    if (bytes[at + 1] != '\n') {
      throw RefusedRequestException.badRequest("expected LF after CR");
    }
    return at;
  }

  private void parseRequestLine(byte[] bytes, int end) throws RefusedRequestException {
    int at = 0;
    while (at < end && Ascii.isTokenCharacter(bytes[at])) {
      at++;
    }
    if (at == 0 || at == end || bytes[at] != ' ') {
      throw malformedRequestLine();
    }
    head.method = method(bytes, at);
    int target = at + 1;
    int targetEnd = target;
    // Bytes over 0x7F (negative ones) are let through, for clients that do not escape a query.
    while (targetEnd < end
        && (bytes[targetEnd] < 0 || bytes[targetEnd] > ' ')
        && bytes[targetEnd] != 0x7F) {
      targetEnd++;
    }
    if (targetEnd == target || targetEnd == end || bytes[targetEnd] != ' ') {
      throw malformedRequestLine();
    }
    parseVersion(bytes, targetEnd + 1, end);
    parseTarget(bytes, target, targetEnd);
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

  private void parseVersion(byte[] bytes, int at, int end) throws RefusedRequestException {
    if (end - at != 8
        || bytes[at] != 'H'
        || bytes[at + 1] != 'T'
        || bytes[at + 2] != 'T'
        || bytes[at + 3] != 'P'
        || bytes[at + 4] != '/'
        || !Ascii.isDigit(bytes[at + 5])
        || bytes[at + 6] != '.'
        || !Ascii.isDigit(bytes[at + 7])) {
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
    int query = -1;
    int end = at;
    for (; end < to && bytes[end] != '#'; end++) {
      if (bytes[end] == '?' && query < 0) {
        query = end;
      }
    }
    head.pathOffset = at;
    head.pathLength = (query < 0 ? end : query) - at;
    head.queryOffset = query + 1;
    head.queryLength = query < 0 ? 0 : end - query - 1;
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

  private void parseHeader(byte[] bytes, int from, int to) throws RefusedRequestException {
    int colon = from;
    while (colon < to && Ascii.isTokenCharacter(bytes[colon])) {
      colon++;
    }
    if (colon == from || colon == to || bytes[colon] != ':') {
      throw RefusedRequestException.badRequest(
          "expected a header name directly followed by a colon in every header line");
    }
    int start = colon + 1;
    int end = to;
    while (start < end && isBlank(bytes[start])) {
      start++;
    }
    while (end > start && isBlank(bytes[end - 1])) {
      end--;
    }
    for (int i = start; i < end; i++) {
      byte c = bytes[i];
      if ((c >= 0 && c < ' ' && c != '\t') || c == 0x7F) {
        throw RefusedRequestException.badRequest("expected no control character in a header");
      }
    }
    if (!head.addHeader(Header.slotOf(bytes, from, colon - from), start, end - start)) {
      throw RefusedRequestException.of(
          431, "expected at most " + RequestHead.MAX_HEADER_LINES + " headers");
    }
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }

  private static RefusedRequestException malformedRequestLine() {
    return RefusedRequestException.badRequest(
        "expected a request line of method, space, target, space, HTTP version");
  }
}
