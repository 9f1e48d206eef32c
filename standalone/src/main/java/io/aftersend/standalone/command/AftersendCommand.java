package io.aftersend.standalone.command;

import picocli.CommandLine.Command;

/// The program itself.
@Command(
    name = "aftersend",
    description = "Tells a sender what happened after \"send\".",
    footer = {
      "",
      "`aftersend COMMAND --help` explains a command. Settings are AFTERSEND_* variables of the",
      "environment, or the same keys in a file that --config names: see docs/configuration.md."
    })
final class AftersendCommand extends Group {}
