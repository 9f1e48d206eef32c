package io.aftersend.edge.hostile;

import java.util.ArrayList;
import java.util.List;

/// Requests that two parsers in a row could read in two ways. Each is to be refused as a whole:
/// 400, and nothing behind it is served.
final class SmugglingShapes {
  private static final String GET = "GET /o/x HTTP/1.1\r\nHost: a\r\n";
  private static final String HIDDEN = "GET /o/hidden HTTP/1.1\r\nHost: a\r\n\r\n";

  private final String key;
  private final List<Shape> shapes = new ArrayList<>();

  private SmugglingShapes(String key) {
    this.key = key;
  }

  /// All shapes.
  ///
  /// @param key an API key that may post events
  static List<Shape> all(String key) {
    SmugglingShapes table = new SmugglingShapes(key);
    table.lineEnds();
    table.requestLines();
    table.headerLines();
    table.hosts();
    table.lengths();
    table.codings();
    table.lengthAndCoding();
    table.chunks();
    table.trailers();
    return table.shapes;
  }

  private void add(String name, String bytes) {
    shapes.add(new Shape(name, bytes));
  }

  private void lineEnds() {
    add("LF alone ends every line", "GET /o/x HTTP/1.1\nHost: a\n\n");
    add("LF alone ends the request line", "GET /o/x HTTP/1.1\nHost: a\r\n\r\n");
    add("LF alone ends a header", GET + "X: b\nY: c\r\n\r\n");
    add("LF alone ends the head", GET + "\n");
    add("LF within a header's value", GET + "X: b\nTransfer-Encoding: chunked\r\n\r\n");
    add("CR alone ends the request line", "GET /o/x HTTP/1.1\rHost: a\r\n\r\n");
    add("CR alone ends a header", "GET /o/x HTTP/1.1\r\nHost: a\rX: b\r\n\r\n");
    add("CR within a header's value", GET + "X: b\rContent-Length: 5\r\n\r\n");
    add("CR doubled before LF", "GET /o/x HTTP/1.1\r\r\nHost: a\r\n\r\n");
    add("CR doubled at the end of the head", GET + "\r\r\n\r\n");
    add("LF before the request line", "\nGET /o/x HTTP/1.1\r\nHost: a\r\n\r\n");
    add("CR alone before the request line", "\rGET /o/x HTTP/1.1\r\nHost: a\r\n\r\n");
    add("two empty lines before the request line", "\r\n\r\n" + GET + "\r\n");
    add("no empty line after the headers", GET);
  }

  private void requestLines() {
    add("two spaces before the target", "GET  /o/x HTTP/1.1\r\nHost: a\r\n\r\n");
    add("two spaces before the version", "GET /o/x  HTTP/1.1\r\nHost: a\r\n\r\n");
    add("space after the version", "GET /o/x HTTP/1.1 \r\nHost: a\r\n\r\n");
    add("space before the method", " GET /o/x HTTP/1.1\r\nHost: a\r\n\r\n");
    add("space within the target", "GET /o/x y HTTP/1.1\r\nHost: a\r\n\r\n");
    add("two versions", "GET /o/x HTTP/1.1 HTTP/1.0\r\nHost: a\r\n\r\n");
    add("tab before the target", "GET\t/o/x HTTP/1.1\r\nHost: a\r\n\r\n");
    add("tab before the version", "GET /o/x\tHTTP/1.1\r\nHost: a\r\n\r\n");
    add("vertical tab before the version", "GET /o/x\u000bHTTP/1.1\r\nHost: a\r\n\r\n");
    add("form feed before the target", "GET\f/o/x HTTP/1.1\r\nHost: a\r\n\r\n");
    add("NUL within the target", "GET /o/\u0000x HTTP/1.1\r\nHost: a\r\n\r\n");
    add("DEL within the target", "GET /o/\u007fx HTTP/1.1\r\nHost: a\r\n\r\n");
    add("no version, as HTTP/0.9 has it", "GET /o/x\r\n\r\n");
    add("no version, with headers", "GET /o/x\r\nHost: a\r\n\r\n");
    add("no target", "GET HTTP/1.1\r\nHost: a\r\n\r\n");
    add("no method", "/o/x HTTP/1.1\r\nHost: a\r\n\r\n");
    add("method alone", "GET\r\nHost: a\r\n\r\n");
    add("method with another character", "G@T /o/x HTTP/1.1\r\nHost: a\r\n\r\n");
    add("version without minor", "GET /o/x HTTP/1\r\nHost: a\r\n\r\n");
    add("version with two minor digits", "GET /o/x HTTP/1.10\r\nHost: a\r\n\r\n");
    add("version with a leading zero", "GET /o/x HTTP/01.1\r\nHost: a\r\n\r\n");
    add("version in lower case", "GET /o/x http/1.1\r\nHost: a\r\n\r\n");
    add("version of another protocol", "GET /o/x ICAP/1.1\r\nHost: a\r\n\r\n");
    add("target without slash", "GET o/x HTTP/1.1\r\nHost: a\r\n\r\n");
    add("authority as a target of GET", "GET a:80 HTTP/1.1\r\nHost: a\r\n\r\n");
    add("asterisk as a target of GET", "GET * HTTP/1.1\r\nHost: a\r\n\r\n");
    add("absolute target of another scheme", "GET ftp://a/o/x HTTP/1.1\r\nHost: a\r\n\r\n");
    add("absolute target with one slash", "GET http:/o/x HTTP/1.1\r\nHost: a\r\n\r\n");
  }

  private void headerLines() {
    add("space before a colon", GET + "X : b\r\n\r\n");
    add("tab before a colon", GET + "X\t: b\r\n\r\n");
    add("space before the colon of a length", post("Content-Length : 2\r\n") + "[]");
    add("space before the first header's name", "GET /o/x HTTP/1.1\r\n Host: a\r\n\r\n");
    add("space before a later header's name", GET + " X: b\r\n\r\n");
    add("value folded by a space", GET + "X: b\r\n folded\r\n\r\n");
    add("value folded by a tab", GET + "X: b\r\n\tfolded\r\n\r\n");
    add("coding folded", post("Transfer-Encoding:\r\n chunked\r\n") + "0\r\n\r\n");
    add("length folded", post("Content-Length:\r\n\t2\r\n") + "[]");
    add("name without colon", GET + "X\r\n\r\n");
    add("colon without name", GET + ": b\r\n\r\n");
    add("NUL within a name", GET + "X\u0000: b\r\n\r\n");
    add("NUL within a value", GET + "X: a\u0000b\r\n\r\n");
    add("control character within a value", GET + "X: a\u0007b\r\n\r\n");
    add("bracket within a name", GET + "X(: b\r\n\r\n");
    add("byte over 0x7F within a name", GET + "Content-L\u00e9ngth: 5\r\n\r\n");
  }

  private void hosts() {
    add("no Host", "GET /o/x HTTP/1.1\r\n\r\n");
    add("two equal Hosts", GET + "Host: a\r\n\r\n");
    add("two different Hosts", GET + "host: b\r\n\r\n");
    add("space within Host", "GET /o/x HTTP/1.1\r\nHost: a b\r\n\r\n");
    add("list in Host", "GET /o/x HTTP/1.1\r\nHost: a,b\r\n\r\n");
    add("path in Host", "GET /o/x HTTP/1.1\r\nHost: a/b\r\n\r\n");
    add("user in Host", "GET /o/x HTTP/1.1\r\nHost: b@a\r\n\r\n");
    add("absolute target of another host", "GET http://b/o/x HTTP/1.1\r\nHost: a\r\n\r\n");
    add("absolute target of another port", "GET http://a:81/o/x HTTP/1.1\r\nHost: a\r\n\r\n");
    add("absolute target with a user", "GET http://b@a/o/x HTTP/1.1\r\nHost: a\r\n\r\n");
    add("absolute target without a host", "GET http:///o/x HTTP/1.1\r\nHost: a\r\n\r\n");
    add("absolute target, no Host", "GET http://a/o/x HTTP/1.1\r\n\r\n");
  }

  private void lengths() {
    add("two equal lengths", post("Content-Length: 2\r\nContent-Length: 2\r\n") + "[]");
    add("two different lengths", post("Content-Length: 2\r\nContent-Length: 45\r\n") + "[]");
    add("lengths in two cases", post("content-length: 2\r\nCONTENT-LENGTH: 3\r\n") + "[]");
    add("list of equal lengths", post("Content-Length: 2, 2\r\n") + "[]");
    add("list of different lengths", post("Content-Length: 2,3\r\n") + "[]");
    add("length with plus", post("Content-Length: +2\r\n") + "[]");
    add("length with minus", post("Content-Length: -2\r\n") + "[]");
    add("length in hexadecimal", post("Content-Length: 0x2\r\n") + "[]");
    add("length with a space inside", post("Content-Length: 2 2\r\n") + "[]");
    add("length with a fraction", post("Content-Length: 2.0\r\n") + "[]");
    add("length with an exponent", post("Content-Length: 2e0\r\n") + "[]");
    add("length in quotes", post("Content-Length: \"2\"\r\n") + "[]");
    add("length with a vertical tab", post("Content-Length: \u000b2\r\n") + "[]");
    add("length in Arabic digits, UTF-8", post("Content-Length: \u00d9\u00a2\r\n") + "[]");
    add("length in superscript", post("Content-Length: \u00b2\r\n") + "[]");
    add("length of letters", post("Content-Length: two\r\n") + "[]");
    add("length without digits", post("Content-Length:\r\n") + "[]");
    add("wrong length of a GET", GET + "Content-Length: +5\r\n\r\nhello");
  }

  private void codings() {
    String chunks = "2\r\n[]\r\n0\r\n\r\n";
    add("coding xchunked", post("Transfer-Encoding: xchunked\r\n") + chunks);
    add("coding chunkedx", post("Transfer-Encoding: chunkedx\r\n") + chunks);
    add("coding chunked twice in a list", post("Transfer-Encoding: chunked, chunked\r\n") + chunks);
    add(
        "coding chunked in two headers",
        post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") + chunks);
    add("coding chunked, identity", post("Transfer-Encoding: chunked, identity\r\n") + chunks);
    add(
        "coding identity in a second header",
        post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n") + chunks);
    add("coding gzip, chunked", post("Transfer-Encoding: gzip, chunked\r\n") + chunks);
    add("coding identity", post("Transfer-Encoding: identity\r\n"));
    add("coding empty", post("Transfer-Encoding:\r\n") + chunks);
    add("coding with a comma before", post("Transfer-Encoding: ,chunked\r\n") + chunks);
    add("coding with a comma behind", post("Transfer-Encoding: chunked,\r\n") + chunks);
    add("coding with a parameter", post("Transfer-Encoding: chunked;q=1\r\n") + chunks);
    add("coding in quotes", post("Transfer-Encoding: \"chunked\"\r\n") + chunks);
    add("coding with a vertical tab before", post("Transfer-Encoding: \u000bchunked\r\n") + chunks);
    add("coding with a vertical tab behind", post("Transfer-Encoding: chunked\u000b\r\n") + chunks);
    add("coding with NUL behind", post("Transfer-Encoding: chunked\u0000\r\n") + chunks);
    add("coding with a hard space", post("Transfer-Encoding: \u00a0chunked\r\n") + chunks);
    add("coding with a space before its colon", post("Transfer-Encoding : chunked\r\n") + chunks);
    add(
        "coding in HTTP/1.0",
        post("Transfer-Encoding: chunked\r\n").replace("HTTP/1.1", "HTTP/1.0") + chunks);
    add("coding of a GET that nobody knows", GET + "Transfer-Encoding: cow\r\n\r\n");
  }

  private void lengthAndCoding() {
    String hidden = "0\r\n\r\n" + HIDDEN;
    String length = "Content-Length: " + hidden.length() + "\r\n";
    add("length, then coding", post(length + "Transfer-Encoding: chunked\r\n") + hidden);
    add("coding, then length", post("Transfer-Encoding: chunked\r\n" + length) + hidden);
    add(
        "coding, and a length for the size line alone",
        post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n") + "2\r\n[]\r\n0\r\n\r\n");
    add("length and coding of a GET", GET + length + "Transfer-Encoding: chunked\r\n\r\n" + hidden);
    add("length zero and coding", post("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n"));
  }

  private void chunks() {
    add("chunk size ended by LF alone", chunked("2\n[]\r\n0\r\n\r\n"));
    add("chunk size ended by CR alone", chunked("2\r[]\r\n0\r\n\r\n"));
    add("chunk without line end", chunked("2\r\n[]0\r\n\r\n"));
    add("chunk ended by LF alone", chunked("2\r\n[]\n0\r\n\r\n"));
    add("chunk ended by CR alone", chunked("2\r\n[]\r0\r\n\r\n"));
    add("chunk longer than its size", chunked("1\r\n[]\r\n0\r\n\r\n"));
    add("chunk shorter than its size", chunked("3\r\n[]\r\n0\r\n\r\n"));
    add("chunk size of another letter", chunked("x\r\n[]\r\n0\r\n\r\n"));
    add("chunk size with plus", chunked("+2\r\n[]\r\n0\r\n\r\n"));
    add("chunk size with minus", chunked("-2\r\n[]\r\n0\r\n\r\n"));
    add("chunk size with 0x", chunked("0x2\r\n[]\r\n0\r\n\r\n"));
    add("chunk size with a space before", chunked(" 2\r\n[]\r\n0\r\n\r\n"));
    add("chunk size with a space behind", chunked("2 \r\n[]\r\n0\r\n\r\n"));
    add("chunk size with a tab before its extension", chunked("2\t;a\r\n[]\r\n0\r\n\r\n"));
    add("chunk size empty", chunked("\r\n[]\r\n0\r\n\r\n"));
    add("chunk size that wraps 64 bits", chunked("10000000000000002\r\n[]\r\n0\r\n\r\n"));
    add("chunk size of more than 64 bits", chunked("FFFFFFFFFFFFFFFF2\r\n[]\r\n0\r\n\r\n"));
    add("chunk size with too many zeros", chunked("0".repeat(40) + "2\r\n[]\r\n0\r\n\r\n"));
    add("extension with CR inside", chunked("2;a=\rb\r\n[]\r\n0\r\n\r\n"));
    add("extension with LF inside", chunked("2;a=\nb\r\n[]\r\n0\r\n\r\n"));
    add("extension with NUL inside", chunked("2;a=\u0000b\r\n[]\r\n0\r\n\r\n"));
    add("extension without end", chunked("2;" + "e".repeat(300) + "\r\n[]\r\n0\r\n\r\n"));
    add("last chunk ended by LF alone", chunked("2\r\n[]\r\n0\n\r\n"));
    add("body ended by LF alone", chunked("2\r\n[]\r\n0\r\n\n"));
    add("last line end of the body missing", chunked("2\r\n[]\r\n0\r\n"));
  }

  private void trailers() {
    add("trailer with a space before its colon", chunked("0\r\nX : b\r\n\r\n"));
    add("trailer without colon", chunked("0\r\nX\r\n\r\n"));
    add("trailer folded", chunked("0\r\nX: b\r\n folded\r\n\r\n"));
    add("trailer ended by LF alone", chunked("0\r\nX: b\n\r\n"));
    add("trailer with CR inside", chunked("0\r\nX: b\rc\r\n\r\n"));
    add("trailer with NUL inside", chunked("0\r\nX: b\u0000c\r\n\r\n"));
    add("length in a trailer", chunked("0\r\nContent-Length: 40\r\n\r\n"));
    add("coding in a trailer", chunked("0\r\nTransfer-Encoding: chunked\r\n\r\n"));
    add("Host in a trailer", chunked("0\r\nX: b\r\nhost: b\r\n\r\n"));
  }

  private String chunked(String body) {
    return post("Transfer-Encoding: chunked\r\n") + body;
  }

  private String post(String headers) {
    return postHead(key, headers);
  }

  /// A request to post events, up to its body.
  static String postHead(String key, String headers) {
    return "POST /v1/events HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        + "Authorization: Bearer "
        + key
        + "\r\n"
        + headers
        + "\r\n";
  }
}
