package io.aftersend.bench;

import io.aftersend.bench.command.BenchCommands;
import io.aftersend.standalone.Program;

/// The start of `./aftersend bench`, which the launcher calls.
public final class Main {
  private Main() {}

  /// Runs a benchmark and ends the JVM with its exit code.
  public static void main(String[] args) {
    Program.runAndExit(args, BenchCommands::build);
  }
}
