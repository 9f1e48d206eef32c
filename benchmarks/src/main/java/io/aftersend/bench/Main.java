package io.aftersend.bench;

import io.aftersend.bench.command.BenchCommands;
import io.aftersend.standalone.Arguments;
import io.aftersend.standalone.Program;
import io.aftersend.standalone.console.Surroundings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;

/// The start of `./aftersend bench`, which the launcher calls.
public final class Main {
  private Main() {}

  /// Runs a benchmark and ends the JVM with its exit code.
  public static void main(String[] args) {
    Surroundings surroundings =
        new Surroundings(
            Map.copyOf(System.getenv()),
            System.out,
            System.err,
            Boolean.getBoolean("aftersend.terminal"),
            InstantSource.system(),
            new SecureRandom());
    System.exit(run(surroundings, args));
  }

  private static int run(Surroundings surroundings, String[] args) {
    String[] typed;
    try {
      typed = Arguments.typed(args);
    } catch (IllegalArgumentException e) {
      surroundings.err().println("aftersend: " + e.getMessage());
      return Program.WRONG_USAGE;
    }
    return new Program(surroundings, BenchCommands.build(surroundings)).run(typed);
  }
}
