package io.aftersend.edge.http;

import java.time.InstantSource;

/// What the connections of one event loop share. Confined to that loop.
///
/// @param handler answers requests
/// @param parser its head is filled anew for each request
record LoopParts(
    HttpLimits limits,
    RequestHandler handler,
    HttpEvents events,
    HeadParser parser,
    AnswerWriter writer) {

  static LoopParts of(
      HttpLimits limits, RequestHandler handler, HttpEvents events, InstantSource clock) {
    RequestHead head = new RequestHead(HeadScanner.maxHeadBytes(limits));
    return new LoopParts(
        limits, handler, events, new HeadParser(head), new AnswerWriter(new DateHeader(clock)));
  }
}
