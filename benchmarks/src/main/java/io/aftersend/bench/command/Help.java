package io.aftersend.bench.command;

import picocli.CommandLine.Option;

/// The option that every command has.
final class Help {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean isHelpAsked;
}
