package io.aftersend.edge.hostile;

import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/// A maker of damaged requests: takes valid ones and flips, cuts, inserts, deletes, doubles and
/// splices. The same generator gives the same requests. Texts have one character for each byte.
final class RequestMutator {
  private static final String[] TELLING_PIECES = {
    "\r\n",
    "\n",
    "\r",
    "\r\n\r\n",
    " ",
    "\t",
    "\u000b",
    "\u0000",
    ":",
    ";",
    ",",
    "#",
    "?",
    "/",
    "\u007f",
    "\u00a0",
    "\u00ff",
    "0",
    "2",
    "f",
    "+",
    "-",
    "0x",
    "0\r\n\r\n",
    "0\r\n",
    "2\r\n[]\r\n",
    "HTTP/1.0",
    "HTTP/2.0",
    "http://a",
    "Content-Length: 3\r\n",
    "Content-Length: 0\r\n",
    "Content-Length: 99999999999999999999\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Transfer-Encoding: identity\r\n",
    "Transfer-Encoding : chunked\r\n",
    "Expect: 100-continue\r\n",
    "Connection: close\r\n",
    "Connection: keep-alive\r\n",
    "Host: b\r\n",
    " folded: x\r\n",
    "GET /o/x HTTP/1.1\r\nHost: a\r\n\r\n"
  };

  /// One in so many pieces is longer than a request line or nearly the headers may be.
  private static final int LONG_PIECES = 2_000;

  private static final int LONG_PIECE_BYTES = 17_000;

  private final List<String> valid;
  private final RandomGenerator random;

  RequestMutator(List<String> valid, RandomGenerator random) {
    this.valid = valid;
    this.random = random;
  }

  /// A valid request.
  String valid() {
    return valid.get(random.nextInt(valid.size()));
  }

  /// A request with one to three damages.
  String damaged() {
    String request = valid();
    for (int damages = 1 + random.nextInt(3); damages > 0 && !request.isEmpty(); damages--) {
      request = damage(request);
    }
    return request;
  }

  private String damage(String request) {
    int at = random.nextInt(request.length());
    int end = Math.min(request.length(), at + 1 + random.nextInt(20));
    String before = request.substring(0, at);
    String after = request.substring(at);
    return switch (random.nextInt(8)) {
      case 0 ->
          before + (char) (request.charAt(at) ^ (1 << random.nextInt(8))) + after.substring(1);
      case 1 -> before + (char) random.nextInt(256) + after.substring(1);
      case 2 -> before + piece() + after;
      case 3 -> insertAtLineStart(request);
      case 4 -> before + request.substring(end);
      case 5 -> before + request.substring(at, end) + after;
      case 6 -> before;
      default -> spliced(before);
    };
  }

  private String piece() {
    return random.nextInt(LONG_PIECES) == 0
        ? "x".repeat(LONG_PIECE_BYTES)
        : TELLING_PIECES[random.nextInt(TELLING_PIECES.length)];
  }

  /// Where a header is read as one.
  private String insertAtLineStart(String request) {
    int lineEnd = request.indexOf("\r\n", random.nextInt(request.length()));
    int at = lineEnd < 0 ? 0 : lineEnd + 2;
    return request.substring(0, at) + piece() + request.substring(at);
  }

  private String spliced(String before) {
    String other = valid();
    return before + other.substring(random.nextInt(other.length()));
  }

  /// Valid requests for every endpoint, in all the ways in which a body may come.
  ///
  /// @param token gives a valid token for an endpoint's letter
  /// @param key an API key that may post events
  static List<String> corpus(IntFunction<String> token, String key) {
    String browser =
        " HTTP/1.1\r\nHost: t.example\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n"
            + "Accept: image/avif,*/*;q=0.8\r\nReferer: https://mail.example/\r\n\r\n";
    String plain = " HTTP/1.1\r\nHost: a\r\n";
    String unsubscribe = "POST /u/" + token.apply('u') + plain;
    String events = "[{\"type\":\"sent\",\"message\":\"m\"},{\"type\":\"nonsense\"}]";
    String json = SmugglingShapes.postHead(key, "Content-Length: " + events.length() + "\r\n");
    String chunked = SmugglingShapes.postHead(key, "Transfer-Encoding: chunked\r\n");
    String size = Integer.toHexString(events.length());
    return List.of(
        "GET /o/" + token.apply('o') + ".gif" + browser,
        "GET /c/" + token.apply('c') + browser,
        "GET /c/" + token.apply('c') + "?a=b#c" + plain + "\r\n",
        "HEAD /c/" + token.apply('c') + browser,
        "GET /a/" + token.apply('a') + plain + "\r\n",
        "GET /f/" + token.apply('f') + plain + "\r\n",
        "GET /u/" + token.apply('u') + browser,
        "GET /p/" + token.apply('p') + plain + "\r\n",
        "GET /x/" + token.apply('x') + "?goal=buy&value=1.50&currency=EUR&order=7" + plain + "\r\n",
        "GET http://a/o/x" + plain + "\r\n",
        "GET /o/x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        "GET /o/x" + plain + "Content-Length: 5\r\n\r\nhello",
        "GET /o/x"
            + plain
            + "Transfer-Encoding: chunked\r\n\r\n5;e=1\r\nhello\r\n0\r\nX: y\r\n\r\n",
        "OPTIONS *" + plain + "\r\n",
        "DELETE /o/x" + plain + "\r\n",
        unsubscribe + "Content-Length: 26\r\n\r\nList-Unsubscribe=One-Click",
        unsubscribe + "Transfer-Encoding: chunked\r\n\r\n2\r\na=\r\n0\r\n\r\n",
        json + events,
        json.replace(key, key + "x") + events,
        json.replace("/json", "/x-ndjson") + events,
        chunked + size + "\r\n" + events + "\r\n0\r\n\r\n",
        chunked + "1;x=y\r\n[\r\n001\r\n]\r\n0\r\nTrailer: x\r\n\r\n",
        SmugglingShapes.postHead(key, "Content-Length: 2\r\nExpect: 100-continue\r\n") + "[]");
  }
}
