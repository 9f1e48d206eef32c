package io.aftersend.edge.http;

import org.jspecify.annotations.Nullable;

/// The exchanges of an event loop. One that is over when the handler returns, and that nobody can
/// have kept, is used again for the next request; all others are their request's alone, so that a
/// late answer can never reach another. Confined to its event loop.
final class Exchanges {
  private @Nullable Exchange spare;

  /// Begins an exchange.
  ///
  /// @param receivedMs epoch milliseconds
  /// @param receivedNs as of the loop's ticker
  Exchange open(
      RequestSource source, Framing framing, RequestHead head, long receivedMs, long receivedNs) {
    Exchange exchange = spare == null ? new Exchange() : spare;
    spare = null;
    exchange.open(source, framing, head, receivedMs, receivedNs);
    return exchange;
  }

  /// Takes note that the handler has returned.
  void handled(Exchange exchange) {
    if (exchange.isOver()) {
      spare = exchange;
    }
  }
}
