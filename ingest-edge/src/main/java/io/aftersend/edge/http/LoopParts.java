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
    LoopClock clock,
    HeadParser parser,
    Exchanges exchanges,
    AnswerWriter writer) {

  static LoopParts of(
      HttpLimits limits, RequestHandler handler, HttpEvents events, InstantSource source) {
    RequestHead head = new RequestHead(HeadScanner.maxHeadBytes(limits));
    LoopClock clock = new LoopClock(source, events.answerTimes());
    return new LoopParts(
        limits,
        handler,
        events,
        clock,
        new HeadParser(limits, head),
        new Exchanges(),
        new AnswerWriter(new DateHeader(clock)));
  }
}
