package io.aftersend.standalone.command;

import picocli.CommandLine.Option;

/// The option of a command that only leads to others.
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean isHelpAsked;
}
