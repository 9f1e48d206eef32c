package io.aftersend.bench.load;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command that runs another of our programs as the launcher would: in this JVM, from this class
/// path and with these options.
final class JavaCommand {
  private JavaCommand() {}

  /// @param mainClass the program
  static List<String> of(Class<?> mainClass, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // An archive of classes is written at exit, and by one process alone.
      if (!option.contains("SharedArchive")) {
        command.add(option);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(mainClass.getName());
    command.addAll(List.of(arguments));
    return command;
  }
}
