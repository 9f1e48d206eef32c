package io.aftersend.standalone.command;

import picocli.CommandLine.Command;

/// What concerns API keys and signing keys.
@Command(name = "key", description = "Adds, lists and revokes API keys and signing keys.")
final class KeyCommand extends Group {}
