package io.aftersend.bench.process;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command that runs another of our programs as the launcher would: in this JVM, from this
/// class path and with these options.
public final class JavaCommand {
  private JavaCommand() {}

  /// The command of a program.
  ///
  /// @param mainClass the program
  public static List<String> of(Class<?> mainClass, String... arguments) {
    return of(List.of(), mainClass, arguments);
  }

  /// The command of a program with options of its own.
  ///
  /// @param options of the JVM, which win over this one's
  /// @param mainClass the program
  public static List<String> of(List<String> options, Class<?> mainClass, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // An archive of classes is written at exit, and by one process alone.
      if (!option.contains("SharedArchive")) {
        command.add(option);
      }
    }
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(mainClass.getName());
    command.addAll(List.of(arguments));
    return command;
  }
}
