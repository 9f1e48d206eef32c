package io.aftersend.edge.http;

import io.netty.util.concurrent.Ticker;
import java.time.InstantSource;

/// The time of an event loop, looked at once for each piece of input: requests that came together
/// have the same time of day, and their answers took the same time. Confined to its event loop.
final class LoopClock {
  private final InstantSource clock;
  private final AnswerTimes times;
  private long nowMs;
  private long startNs;
  private boolean isReading;
  private int answers;

  LoopClock(InstantSource clock, AnswerTimes times) {
    this.clock = clock;
    this.times = times;
  }

  /// Takes note that a connection begins to read a piece of input.
  ///
  /// @param nowNs as of the loop's ticker
  void begin(long nowNs) {
    nowMs = clock.millis();
    startNs = nowNs;
    isReading = true;
    answers = 0;
  }

  /// Takes note that the piece of input is read as far as can be.
  ///
  /// @param nowNs as of the loop's ticker
  void end(long nowNs) {
    isReading = false;
    if (answers > 0) {
      times.answered(answers, nowNs - startNs);
    }
  }

  /// Takes note that a request is about to be answered.
  ///
  /// @param ticker the loop's; looked at when the request came with an earlier piece of input
  void answered(Exchange exchange, Ticker ticker) {
    if (isReading && exchange.receivedNs() == startNs) {
      answers++;
    } else {
      nowMs = clock.millis();
      times.answered(1, ticker.nanoTime() - exchange.receivedNs());
    }
  }

  /// When it was looked at last, in epoch milliseconds.
  long nowMs() {
    return nowMs;
  }

  /// When the reading of the present piece of input began, as of the loop's ticker.
  long startNs() {
    return startNs;
  }
}
