package io.aftersend.runtime.tenants;

import io.aftersend.runtime.lifecycle.StartupException;
import java.nio.file.Path;

/// A tenants file that cannot be used. Its message names the file, the place in it, and what was
/// expected there; it never holds a secret.
public final class TenantsFileException extends StartupException {
  TenantsFileException(Path file, String problem) {
    super(file + ": " + problem);
  }

  TenantsFileException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
