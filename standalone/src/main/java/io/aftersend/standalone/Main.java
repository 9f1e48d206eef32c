package io.aftersend.standalone;

import io.aftersend.standalone.command.Commands;

/// The start of the program `aftersend`, which the launcher at the repository's root calls.
public final class Main {
  private Main() {}

  /// Runs one command and ends the JVM with its exit code.
  public static void main(String[] args) {
    Program.runAndExit(args, Commands::build);
  }
}
