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
    /// The client had all the places that one address may have.
    TOO_MANY_OF_ADDRESS,
    /// A trusted proxy began without a PROXY header, or with a broken one.
    PROXY_HEADER,
    PROXY_TIMEOUT,
    /// The handshake failed: no common version, a client that refused our certificate, no TLS at
    /// all.
    TLS_HANDSHAKE,
    TLS_TIMEOUT,
    HEADER_TIMEOUT,
    BODY_TIMEOUT,
    IDLE_TIMEOUT
  }
}
