package io.aftersend.standalone.console;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/// What the program was started in: everything of the outside that a command uses.
///
/// @param environment the environment variables
/// @param out for what was asked for, fit for scripts
/// @param err for progress, warnings and errors
/// @param isTerminal whether people look at `err`
/// @param random a cryptographically strong source
public record Surroundings(
    Map<String, String> environment,
    PrintStream out,
    PrintStream err,
    boolean isTerminal,
    InstantSource clock,
    RandomGenerator random) {}
