package io.aftersend.edge.http;

import io.netty.buffer.ByteBuf;

/// Where a request's body goes, piece by piece, on the connection's event loop. After the first
/// piece either [#end()] or [#abort()] is called, once; neither after `take` has returned false.
public interface BodySink {
  /// Takes the next piece.
  ///
  /// @param piece borrowed: to be copied during the call
  /// @return false when the sink has answered the request and wants no more
  boolean take(ByteBuf piece);

  /// The body is whole.
  void end();

  /// The body will never be whole: the client left, was too slow, or broke the protocol.
  void abort();

  /// The answer to a client whose body breaks HTTP or the limit; asked for after [#abort()].
  ///
  /// @param detail one line that says what was expected
  default Answer refusal(int status, String detail) {
    return Answer.text(status, detail + "\n");
  }
}
