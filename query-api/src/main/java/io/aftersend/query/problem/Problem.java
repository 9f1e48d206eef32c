package io.aftersend.query.problem;

import java.util.List;
import java.util.Map;

/// An error as the client sees it: the members of a problem document (RFC 9457) and the headers
/// that go with its status.
///
/// @param status the HTTP status, 400 to 599
/// @param detail one or more sentences for the person who reads the answer
/// @param wrong the parameters at fault, empty where it is no parameter's
/// @param headers such as `Retry-After` or `Allow`
public record Problem(
    int status, String detail, List<WrongParameter> wrong, Map<String, String> headers) {
  /// Long enough for a ClickHouse or Kafka that restarts, short enough for a person who waits.
  private static final String RETRY_AFTER_SECONDS = "5";

  public Problem {
    wrong = List.copyOf(wrong);
    headers = Map.copyOf(headers);
  }

  /// A problem without parameters and headers.
  public static Problem of(int status, String detail) {
    return new Problem(status, detail, List.of(), Map.of());
  }

  /// Status 400 that names all parameters at fault, of which there is at least one.
  public static Problem wrongParameters(List<WrongParameter> wrong) {
    WrongParameter first = wrong.getFirst();
    String detail = first.parameter() + ": " + first.detail();
    return new Problem(400, detail, wrong, Map.of());
  }

  /// Status 400 that names the one parameter at fault.
  public static Problem wrongParameter(String parameter, String detail) {
    return wrongParameters(List.of(new WrongParameter(parameter, detail)));
  }

  /// Status 404.
  public static Problem notFound(String detail) {
    return of(404, detail);
  }

  /// Status 503 with `Retry-After`.
  public static Problem unavailable(String detail) {
    return of(503, detail).withHeader("Retry-After", RETRY_AFTER_SECONDS);
  }

  /// The same with one header, of which there was none.
  public Problem withHeader(String name, String value) {
    return new Problem(status, detail, wrong, Map.of(name, value));
  }

  /// The standard words for the status.
  public String title() {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 415 -> "Unsupported Media Type";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      case 505 -> "HTTP Version Not Supported";
      default -> status < 500 ? "Bad Request" : "Internal Server Error";
    };
  }
}
