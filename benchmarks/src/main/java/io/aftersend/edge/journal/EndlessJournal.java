package io.aftersend.edge.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;

/// A journal with one lane that never fills: the real writer over memory that is used again and
/// again. In this package since a journal's disk can be chosen only here.
public final class EndlessJournal {
  private static final int SEGMENT_BYTES = 32 * 1024 * 1024;

  private EndlessJournal() {}

  /// A journal without end.
  ///
  /// @param directory gets files of some 128 MiB
  public static Journal open(Path directory) throws IOException {
    JournalConfig config =
        new JournalConfig(
            directory, Long.MAX_VALUE, SEGMENT_BYTES, Duration.ZERO, Duration.ofMillis(50));
    RecycledDisk disk = new RecycledDisk(directory.resolve("memory"), SEGMENT_BYTES);
    return Journal.open(config, 1, 0, "benchmark", new Random(1), InstantSource.system(), disk);
  }
}
