package io.aftersend.bench.micro;

import io.aftersend.edge.journal.AppendOutcome;
import io.aftersend.edge.journal.LaneWriter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Appending a record of a usual size to the journal.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class JournalBenchmark {
  private static final int KEY_BYTES = 20;
  private static final int VALUE_BYTES = 400;

  private final JournalDirectory directory = new JournalDirectory();
  private final LaneWriter lane = directory.journal().writer(0);
  private final byte[] record = new byte[KEY_BYTES + VALUE_BYTES];
  private long timestampMs = 1_790_000_000_000L;

  /// Nothing else is done between two records, so the next segment may be late now and then.
  @Benchmark
  public void append() {
    while (lane.append(record, 0, KEY_BYTES, VALUE_BYTES, timestampMs++) != AppendOutcome.KEPT) {
      Thread.onSpinWait();
    }
  }

  @TearDown
  public void close() throws IOException {
    directory.close();
  }
}
