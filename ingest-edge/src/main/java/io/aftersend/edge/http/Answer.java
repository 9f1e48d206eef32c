package io.aftersend.edge.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// An answer whose bytes are ready but for the fields that depend on the moment and the connection
/// (`Date`, `Connection`, `Location`). Immutable; constant ones are made once.
public final class Answer {
  private final int status;
  private final byte[] head;
  private final byte[] body;

  private Answer(int status, byte[] head, byte[] body) {
    this.status = status;
    this.head = head;
    this.body = body;
  }

  /// An answer with a body; `Content-Length` is added.
  ///
  /// @param headers in their order; values are ours, never a client's bytes
  public static Answer of(int status, Map<String, String> headers, byte[] body) {
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(status).append(' ').append(reason(status)).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\n");
    return new Answer(status, head.toString().getBytes(StandardCharsets.ISO_8859_1), body.clone());
  }

  /// A short plain page.
  public static Answer text(int status, String text) {
    return text(status, text, Map.of());
  }

  /// A short plain page with further headers.
  public static Answer text(int status, String text, Map<String, String> further) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "text/plain; charset=utf-8");
    headers.put("Cache-Control", "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.putAll(further);
    return of(status, headers, text.getBytes(StandardCharsets.UTF_8));
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// Status line and headers, without the empty line. Borrowed: never written to.
  byte[] head() {
    return head;
  }

  /// Borrowed: never written to.
  byte[] body() {
    return body;
  }

  /// The standard's words for a status.
  public static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 202 -> "Accepted";
      case 302 -> "Found";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 415 -> "Unsupported Media Type";
      case 417 -> "Expectation Failed";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      case 505 -> "HTTP Version Not Supported";
      default -> throw new IllegalArgumentException("no reason phrase for status " + status);
    };
  }
}
