package io.aftersend.edge.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What tells one run of the machine from the next.
public final class BootId {
  private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");
  private static final long FIRST_PROCESS = 1;

  private BootId() {}

  /// The id that Linux draws at every boot; elsewhere when the first process began, or a constant
  /// where that cannot be seen.
  public static String ofThisMachine() {
    try {
      if (Files.isReadable(LINUX)) {
        return Files.readString(LINUX).strip();
      }
    } catch (IOException e) {
      // The next best will do.
    }
    return ProcessHandle.of(FIRST_PROCESS)
        .flatMap(first -> first.info().startInstant())
        .map(started -> "since " + started)
        .orElse("unknown");
  }
}
