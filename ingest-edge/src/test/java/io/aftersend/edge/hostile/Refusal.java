package io.aftersend.edge.hostile;

import java.util.List;

/// A request that breaks a limit or asks for what this edge does not speak, and the status that
/// says which.
record Refusal(String name, String bytes, int status) {
  private static final String GET = "GET /o/x HTTP/1.1\r\nHost: a\r\n";

  /// All refusals, with the edge's default limits.
  ///
  /// @param key an API key that may post events
  static List<Refusal> all(String key) {
    String chunked = SmugglingShapes.postHead(key, "Transfer-Encoding: chunked\r\n");
    return List.of(
        new Refusal(
            "request line over the limit",
            "GET /o/" + "x".repeat(16 * 1024) + " HTTP/1.1\r\nHost: a\r\n\r\n",
            414),
        new Refusal("request line without end", "GET /o/" + "x".repeat(17_000), 414),
        new Refusal("headers over the limit", GET + "X: " + "x".repeat(32_768) + "\r\n\r\n", 431),
        new Refusal("header without end", GET + "X: " + "x".repeat(33_000), 431),
        new Refusal("many short headers over the limit", GET + "X: y\r\n".repeat(6_000), 431),
        new Refusal("more headers than allowed", GET + "X: y\r\n".repeat(200) + "\r\n", 431),
        new Refusal("HTTP/2 by prior knowledge", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        new Refusal("HTTP/0.9 by name", "GET /o/x HTTP/0.9\r\nHost: a\r\n\r\n", 505),
        new Refusal("HTTP/3.0", "GET /o/x HTTP/3.0\r\nHost: a\r\n\r\n", 505),
        new Refusal(
            "another expectation",
            SmugglingShapes.postHead(key, "Content-Length: 2\r\nExpect: 200-ok\r\n") + "[]",
            417),
        new Refusal(
            "length over the limit",
            SmugglingShapes.postHead(key, "Content-Length: 5242881\r\n") + "[]",
            413),
        new Refusal(
            "length that wraps 32 bits",
            SmugglingShapes.postHead(key, "Content-Length: 4294967298\r\n") + "[]",
            413),
        new Refusal(
            "length that wraps 64 bits",
            SmugglingShapes.postHead(key, "Content-Length: 18446744073709551618\r\n") + "[]",
            413),
        new Refusal(
            "length of a thousand digits",
            SmugglingShapes.postHead(key, "Content-Length: " + "9".repeat(1_000) + "\r\n") + "[]",
            413),
        new Refusal("chunk over the limit", chunked + "500001\r\n", 413),
        new Refusal("chunk that wraps 32 bits", chunked + "100000002\r\n[]\r\n0\r\n\r\n", 413));
  }

  @Override
  public String toString() {
    return name + ": " + status;
  }
}
