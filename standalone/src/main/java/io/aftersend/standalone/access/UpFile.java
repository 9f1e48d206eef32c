package io.aftersend.standalone.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.aftersend.runtime.lifecycle.StartupException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The file `up.json` in the data directory: where a running `up` can be reached, and its key. Mode
/// 0600; there only while `up` runs, unless it was killed.
public final class UpFile {
  private static final JsonMapper JSON = new JsonMapper();

  private final OwnerFile file;

  public UpFile(Path dataDirectory) {
    this.file = new OwnerFile(dataDirectory.resolve("up.json"));
  }

  public Path path() {
    return file.path();
  }

  /// Writes the file, in the place of a former one.
  ///
  /// @throws StartupException when it cannot be written
  public void write(ReadyFields fields) {
    file.write(JSON.valueToTree(fields).toPrettyString() + "\n");
  }

  /// What it says; null when there is none.
  ///
  /// @throws StartupException when it cannot be read or is no such file
  public @Nullable ReadyFields read() {
    String text = file.read();
    if (text == null) {
      return null;
    }
    try {
      return JSON.readValue(text, ReadyFields.class);
    } catch (JsonProcessingException e) {
      // The parser's own words would repeat what stands there, which is a secret.
      throw new StartupException(path() + ": expected what `up` writes, got something else", e);
    }
  }

  /// Removes it where it exists.
  public void remove() throws IOException {
    file.remove();
  }
}
