package io.aftersend.edge.http;

/// What answers requests. One per event loop and confined to it; never blocks.
public interface RequestHandler {
  /// Answers the request through `exchange`, now or later, or asks it for the body first.
  ///
  /// @param head borrowed: to be read during the call only
  /// @param exchange taken: to be answered once
  void onRequest(RequestHead head, Exchange exchange);
}
