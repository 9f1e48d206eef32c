package io.aftersend.edge.http;

import io.aftersend.edge.http.HttpEvents.CloseReason;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long a connection still waits, and for what. Confined to its event loop.
final class Patience {
  private static final Duration LINGER_TIMEOUT = Duration.ofSeconds(5);

  /// What the client, or for [#NOTHING] the edge, is to do next.
  enum Awaited {
    REQUEST,
    REST_OF_HEAD,
    REST_OF_BODY,
    ANSWERS_TAKEN,
    LAST_ANSWER_TAKEN,
    NOTHING
  }

  private final HttpLimits limits;
  private final HttpEvents events;
  private final Runnable close;
  private final Deadline deadline;
  private Awaited awaited = Awaited.REQUEST;

  /// @param close called when the client has taken too long, after the event
  Patience(HttpLimits limits, HttpEvents events, EventExecutor loop, Runnable close) {
    this.limits = limits;
    this.events = events;
    this.close = close;
    this.deadline = new Deadline(loop, this::end);
    deadline.set(limits.idleTimeout(), loop.ticker().nanoTime());
  }

  /// Begins to wait, unless it already waits for the same.
  ///
  /// @param isAnew whether the client has done something since, so that its time begins anew
  /// @param nowNs as of the loop's ticker
  void await(Awaited next, boolean isAnew, long nowNs) {
    if (next == awaited && !isAnew) {
      return;
    }
    awaited = next;
    switch (next) {
      case REQUEST, ANSWERS_TAKEN -> deadline.set(limits.idleTimeout(), nowNs);
      case REST_OF_HEAD -> deadline.set(limits.headerTimeout(), nowNs);
      case REST_OF_BODY -> deadline.set(limits.bodyTimeout(), nowNs);
      case LAST_ANSWER_TAKEN -> deadline.set(LINGER_TIMEOUT, nowNs);
      case NOTHING -> deadline.clear();
    }
  }

  /// Waits no more, for ever.
  void cancel() {
    deadline.cancel();
  }

  private void end() {
    CloseReason reason = reason();
    if (reason != null) {
      events.closed(reason);
    }
    close.run();
  }

  private @Nullable CloseReason reason() {
    return switch (awaited) {
      case REQUEST, ANSWERS_TAKEN -> CloseReason.IDLE_TIMEOUT;
      case REST_OF_HEAD -> CloseReason.HEADER_TIMEOUT;
      case REST_OF_BODY -> CloseReason.BODY_TIMEOUT;
      case LAST_ANSWER_TAKEN, NOTHING -> null;
    };
  }
}
