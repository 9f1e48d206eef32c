package io.aftersend.standalone.stack;

import io.aftersend.embedded.clickhouse.EngineStore;
import io.aftersend.standalone.console.ProgressLine;
import io.aftersend.standalone.console.Surroundings;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/// The progress of fetching ClickHouse's engine, in megabytes. Thread-safe.
public final class EngineFetch implements EngineStore.Progress {
  private static final int MEGABYTE_SHIFT = 20;

  private final PrintStream err;
  private final boolean isTerminal;
  private @Nullable ProgressLine line;
  private String step = "";
  private long shownMegabytes;

  public EngineFetch(PrintStream err, boolean isTerminal) {
    this.err = err;
    this.isTerminal = isTerminal;
  }

  public static EngineFetch on(Surroundings surroundings) {
    return new EngineFetch(surroundings.err(), surroundings.isTerminal());
  }

  @Override
  public synchronized void at(String nextStep, long bytes, long expectedBytes) {
    ProgressLine current = line;
    if (current == null || !nextStep.equals(step)) {
      finish();
      step = nextStep;
      shownMegabytes = 0;
      current =
          new ProgressLine(
              err,
              isTerminal,
              "ClickHouse engine (MB): " + nextStep,
              expectedBytes >> MEGABYTE_SHIFT,
              System::nanoTime);
      line = current;
    }
    long megabytes = bytes >> MEGABYTE_SHIFT;
    current.add(megabytes - shownMegabytes);
    shownMegabytes = megabytes;
  }

  /// Ends the line, if there is one.
  public synchronized void finish() {
    if (line != null) {
      line.finish();
      line = null;
    }
  }
}
