package io.aftersend.standalone;

import io.aftersend.standalone.console.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/// Runs commands as a user would, with a data directory of their own, and keeps what they print.
public final class CommandLineRun {
  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Random random = new Random(1);

  public CommandLineRun(Path dataDirectory) {
    environment.put("AFTERSEND_DATA_DIR", dataDirectory.toString());
  }

  public CommandLineRun with(String key, String value) {
    environment.put(key, value);
    return this;
  }

  /// Runs one command; what former ones printed is forgotten.
  ///
  /// @return the exit code
  public int run(String... args) {
    out.reset();
    err.reset();
    Surroundings surroundings =
        new Surroundings(
            environment,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            InstantSource.fixed(Instant.parse("2026-11-20T12:00:00.123Z")),
            random);
    return new Program(surroundings).run(args);
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
