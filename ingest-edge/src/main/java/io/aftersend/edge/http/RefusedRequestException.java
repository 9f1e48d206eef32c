package io.aftersend.edge.http;

/// A request that breaks HTTP or a limit: it gets one last answer, and the connection is closed.
/// Carries no stack trace, since a hostile client decides how often it is made.
final class RefusedRequestException extends Exception {
  private final int status;
  private final String detail;

  private RefusedRequestException(int status, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.detail = detail;
  }

  static RefusedRequestException badRequest(String detail) {
    return of(400, detail);
  }

  /// @param detail one line that says what was expected; it is shown to the client
  static RefusedRequestException of(int status, String detail) {
    return new RefusedRequestException(status, detail);
  }

  int status() {
    return status;
  }

  String detail() {
    return detail;
  }
}
