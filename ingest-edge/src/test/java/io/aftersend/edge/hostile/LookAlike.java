package io.aftersend.edge.hostile;

import java.util.List;

/// Requests that look like an attack and have one reading only, with the answers of that reading.
record LookAlike(String name, String bytes, List<Integer> statuses) {

  /// All look-alikes.
  ///
  /// @param key an API key that may post events
  /// @param pixel path of a valid pixel
  static List<LookAlike> all(String key, String pixel) {
    String get = "GET " + pixel + " HTTP/1.1\r\nHost: a\r\n";
    String hidden = get + "\r\n";
    String size = Integer.toHexString(hidden.length());
    String hiddenChunk = size + "\r\n" + hidden + "\r\n0\r\n\r\n";
    String length = "Content-Length: " + hidden.length() + "\r\n";
    return List.of(
        of("one empty line before", "\r\n" + get + "\r\n", 200),
        of("a request within a GET's body", get + length + "\r\n" + hidden, 200),
        of("a request within a posted body", post(key, length) + hidden, 400),
        of(
            "a request within a chunk",
            post(key, "Transfer-Encoding: chunked\r\n") + hiddenChunk,
            400),
        of("coding in capitals", chunked(key, "Transfer-Encoding: CHUNKED"), 202),
        of("coding after a tab", chunked(key, "Transfer-Encoding:\tchunked"), 202),
        of("coding without space", chunked(key, "Transfer-Encoding:chunked"), 202),
        of("coding with spaces around", chunked(key, "Transfer-Encoding:  chunked \t "), 202),
        of("coding under another name", get + "Transfer_Encoding: chunked\r\n\r\n", 200),
        of("length under another name", get + "X-Content-Length: 40\r\n\r\n", 200),
        of("length with zeros before", post(key, "Content-Length: 0002\r\n") + "[]", 202),
        of("length with spaces around", post(key, "Content-Length:  2 \r\n") + "[]", 202),
        of(
            "chunks with extensions, zeros and capitals",
            post(key, "Transfer-Encoding: chunked\r\n")
                + "01;a=b;c=\"d\"\r\n[\r\n001\r\n]\r\n0A\r\n          \r\n0000;x\r\n\r\n",
            202),
        of(
            "trailer that says nothing of the message",
            post(key, "Transfer-Encoding: chunked\r\n") + "2\r\n[]\r\n0\r\nX-Sum: 1\r\n\r\n",
            202),
        of("target that is absolute", get.replace("GET ", "GET http://a") + "\r\n", 200),
        of(
            "target that is absolute, in capitals",
            get.replace("GET ", "GET HTTP://A") + "\r\n",
            200),
        of("later minor version", get.replace("HTTP/1.1", "HTTP/1.2") + "\r\n", 200),
        of(
            "HTTP/1.0 without Host",
            "GET " + pixel + " HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
            200),
        of("asterisk of OPTIONS", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 404));
  }

  private static LookAlike of(String name, String bytes, Integer... statuses) {
    return new LookAlike(name, bytes, List.of(statuses));
  }

  private static String chunked(String key, String header) {
    return post(key, header + "\r\n") + "2\r\n[]\r\n0\r\n\r\n";
  }

  private static String post(String key, String headers) {
    return SmugglingShapes.postHead(key, headers);
  }

  @Override
  public String toString() {
    return name;
  }
}
