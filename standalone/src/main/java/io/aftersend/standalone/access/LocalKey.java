package io.aftersend.standalone.access;

import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.runtime.tenants.ApiKeys;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The file `local-key` in the data directory: the API key of this machine's `up`, in clear, mode
/// 0600.
public final class LocalKey {
  private final OwnerFile file;

  public LocalKey(Path dataDirectory) {
    this.file = new OwnerFile(dataDirectory.resolve("local-key"));
  }

  /// The key; null when there is none yet.
  ///
  /// @throws StartupException when the file cannot be read or holds something else
  public ApiKeys.@Nullable Drawn read() {
    String text = file.read();
    if (text == null) {
      return null;
    }
    try {
      return ApiKeys.read(text.strip());
    } catch (IllegalArgumentException e) {
      throw new StartupException(
          file.path() + ": " + e.getMessage() + "; remove the file to have a new key made", e);
    }
  }

  /// Keeps a key in the place of the former one.
  ///
  /// @throws StartupException when it cannot be written
  public void write(ApiKeys.Drawn key) {
    file.write(key.text() + "\n");
  }
}
