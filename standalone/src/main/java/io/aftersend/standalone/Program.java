package io.aftersend.standalone;

import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.schemas.migrate.MigrationException;
import io.aftersend.standalone.command.Commands;
import io.aftersend.standalone.console.Surroundings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line: finds the command, runs it, and tells errors in one place. What a user can
/// mend is one line without a stack trace.
public final class Program {
  /// All went well.
  public static final int OK = 0;

  /// Something failed; the line on standard error says what, and what to do.
  public static final int FAILED = 1;

  /// The command was not used as it should be.
  public static final int WRONG_USAGE = 2;

  private final Surroundings surroundings;
  private final CommandLine commands;

  /// The program with its own commands.
  public Program(Surroundings surroundings) {
    this(surroundings, Commands.build(surroundings));
  }

  /// The program with other commands.
  public Program(Surroundings surroundings, CommandLine commands) {
    this.surroundings = surroundings;
    this.commands = commands;
    commands.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
    commands.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
    commands.setParameterExceptionHandler(this::tellWrongUsage);
    commands.setExecutionExceptionHandler(this::tellFailure);
  }

  /// Runs one command in this process's own surroundings and ends the JVM with its exit code.
  ///
  /// @param args as the launcher passed them
  /// @param commands what there is
  public static void runAndExit(String[] args, Function<Surroundings, CommandLine> commands) {
    Surroundings surroundings =
        new Surroundings(
            Map.copyOf(System.getenv()),
            System.out,
            System.err,
            Boolean.getBoolean("aftersend.terminal"),
            InstantSource.system(),
            new SecureRandom());
    String[] typed;
    try {
      typed = Arguments.typed(args);
    } catch (IllegalArgumentException e) {
      surroundings.err().println("aftersend: " + e.getMessage());
      System.exit(WRONG_USAGE);
      return;
    }
    System.exit(new Program(surroundings, commands.apply(surroundings)).run(typed));
  }

  /// Runs the command that the arguments name.
  ///
  /// @return the exit code
  public int run(String... args) {
    return commands.execute(args);
  }

  private int tellWrongUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    surroundings
        .err()
        .println(
            "%s: %s; expected: %s (see `%s --help`)"
                .formatted(name, problem(e), synopsis(command), name));
    return WRONG_USAGE;
  }

  private static String problem(ParameterException e) {
    String message =
        e instanceof UnmatchedArgumentException unmatched
            ? "unknown: " + String.join(" ", unmatched.getUnmatched())
            : String.valueOf(e.getMessage());
    String line = message.lines().map(String::strip).collect(Collectors.joining(" "));
    String shown = line.replaceAll("\\p{Cntrl}", "?").replaceAll("\\.$", "");
    return shown.isEmpty() ? shown : Character.toLowerCase(shown.charAt(0)) + shown.substring(1);
  }

  private static String synopsis(CommandLine command) {
    if (!command.getSubcommands().isEmpty()) {
      return command.getSubcommands().keySet().stream()
          .collect(Collectors.joining(" | ", command.getCommandSpec().qualifiedName() + " ", ""));
    }
    return Arrays.stream(command.getHelp().synopsis(0).split("\\s+"))
        .collect(Collectors.joining(" "));
  }

  private int tellFailure(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      surroundings.err().println("aftersend: interrupted");
      return FAILED;
    }
    if (e instanceof StartupException || e instanceof MigrationException) {
      String.valueOf(e.getMessage())
          .lines()
          .forEach(line -> surroundings.err().println("aftersend: " + line));
      return FAILED;
    }
    surroundings.err().println("aftersend: this should not have happened, please report it:");
    e.printStackTrace(surroundings.err());
    return FAILED;
  }
}
