package io.aftersend.edge.http;

/// What happens to connections, for counters. Called on event loops; never blocks.
public interface HttpEvents {
  /// A request broke HTTP or a limit, and was answered with `status`.
  void refused(int status);

  /// A connection was closed by us before it was served or for being too slow.
  void closed(CloseReason reason);

  /// A request failed by a defect of ours.
  void failed(Throwable defect);

  /// Called once for each event loop.
  ///
  /// @return what is told how long the loop's answers took; by default nothing looks at it
  default AnswerTimes answerTimes() {
    return (count, tookNs) -> {};
  }

  /// Why we closed a connection.
  enum CloseReason {
    TOO_MANY_CONNECTIONS,
    HEADER_TIMEOUT,
    BODY_TIMEOUT,
    IDLE_TIMEOUT
  }
}
