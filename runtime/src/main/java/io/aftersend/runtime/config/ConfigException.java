package io.aftersend.runtime.config;

import io.aftersend.runtime.lifecycle.StartupException;
import java.util.List;

/// A configuration that cannot be used; its message is all of its problems, one a line.
public final class ConfigException extends StartupException {
  private final List<String> problems;

  ConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  ConfigException(String problem, Throwable cause) {
    super(problem, cause);
    this.problems = List.of(problem);
  }

  /// The problems, each one line that names the key or the file, what was expected and what came.
  public List<String> problems() {
    return problems;
  }
}
