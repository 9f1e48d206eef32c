package io.aftersend.processor.verdict;

import io.aftersend.runtime.lifecycle.StartupException;

/// A file of rules that cannot be used. Its message names the file, the rule and the field, and
/// what was expected there.
public final class RuleFileException extends StartupException {
  RuleFileException(String file, String problem) {
    super(file + ": " + problem);
  }

  RuleFileException(String file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
