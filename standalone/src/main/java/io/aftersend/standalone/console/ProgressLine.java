package io.aftersend.standalone.console;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Progress of one piece of work: a bar that is drawn over itself on a terminal, elsewhere a plain
/// line now and then. Thread-safe.
public final class ProgressLine {
  private static final int BAR_WIDTH = 30;
  private static final Duration REDRAW_EVERY = Duration.ofMillis(100);
  private static final Duration REPEAT_EVERY = Duration.ofSeconds(5);

  private final PrintStream err;
  private final boolean isTerminal;
  private final String what;
  private final long total;
  private final LongSupplier nanoTime;
  private long done;
  private long nextDrawNs;

  /// Nothing is drawn before the first [#add(long)].
  ///
  /// @param what is being done, such as `posting events`
  /// @param total how much there is to do, in the unit of [#add(long)]
  public ProgressLine(
      PrintStream err, boolean isTerminal, String what, long total, LongSupplier nanoTime) {
    this.err = err;
    this.isTerminal = isTerminal;
    this.what = what;
    this.total = total;
    this.nanoTime = nanoTime;
    this.nextDrawNs = nanoTime.getAsLong();
  }

  /// Adds what was done, and draws when it is time.
  public synchronized void add(long amount) {
    done += amount;
    long nowNs = nanoTime.getAsLong();
    if (nowNs - nextDrawNs >= 0) {
      nextDrawNs = nowNs + (isTerminal ? REDRAW_EVERY : REPEAT_EVERY).toNanos();
      draw();
    }
  }

  /// Draws the last state and ends the line.
  public synchronized void finish() {
    draw();
    if (isTerminal) {
      err.println();
    }
    err.flush();
  }

  private void draw() {
    long percent = total == 0 ? 100 : Math.min(100, done * 100 / total);
    if (!isTerminal) {
      err.println("%s: %d of %d (%d %%)".formatted(what, done, total, percent));
      return;
    }
    int filled = Math.toIntExact(percent * BAR_WIDTH / 100);
    String bar = "#".repeat(filled) + "-".repeat(BAR_WIDTH - filled);
    err.print("\r%-16s [%s] %3d %%  %d of %d ".formatted(what, bar, percent, done, total));
    err.flush();
  }
}
