package io.aftersend.edge.append;

import io.aftersend.edge.http.Answer;
import io.aftersend.edge.http.Exchange;
import io.aftersend.edge.journal.Durability;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An answer that is given once the request's events are durable, or after a bounded wait says that
/// they are not. Safe for any thread.
public final class DurableAnswer implements Durability {
  private final Exchange exchange;
  private final Answer whenDurable;
  private final Answer whenNot;
  private final Consumer<Boolean> onSettled;
  private final AtomicBoolean isSettled = new AtomicBoolean();
  private volatile @Nullable Future<?> timer;

  private DurableAnswer(
      Exchange exchange, Answer whenDurable, Answer whenNot, Consumer<Boolean> onSettled) {
    this.exchange = exchange;
    this.whenDurable = whenDurable;
    this.whenNot = whenNot;
    this.onSettled = onSettled;
  }

  /// Begins to wait.
  ///
  /// @param timeout longest wait until the events are durable
  /// @param onSettled called once with whether they are, on any thread; must not block
  public static DurableAnswer expect(
      Exchange exchange,
      Duration timeout,
      Answer whenDurable,
      Answer whenNot,
      Consumer<Boolean> onSettled) {
    DurableAnswer answer = new DurableAnswer(exchange, whenDurable, whenNot, onSettled);
    answer.giveUpAfter(timeout);
    return answer;
  }

  @Override
  public void settle(boolean isDurable) {
    if (!isSettled.compareAndSet(false, true)) {
      return;
    }
    cancelTimer();
    onSettled.accept(isDurable);
    exchange.answerSoon(isDurable ? whenDurable : whenNot);
  }

  private void giveUpAfter(Duration timeout) {
    timer = exchange.loop().schedule(() -> settle(false), timeout.toNanos(), TimeUnit.NANOSECONDS);
    if (isSettled.get()) {
      cancelTimer();
    }
  }

  private void cancelTimer() {
    Future<?> present = timer;
    if (present != null) {
      present.cancel(false);
    }
  }
}
