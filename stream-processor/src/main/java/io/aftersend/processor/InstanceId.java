package io.aftersend.processor;

import io.aftersend.runtime.lifecycle.StartupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// The name under which this installation is a member of its consumer groups: drawn once and kept
/// in the state directory, so that Kafka takes a restart for the same member and need not wait for
/// the former one's session to end.
final class InstanceId {
  private static final String FILE_NAME = "instance-id";
  private static final String PATTERN = "[0-9a-f]{16}";

  private InstanceId() {}

  /// The id of the directory, drawn when there is none yet.
  ///
  /// @throws StartupException where the directory cannot be used or the file holds something else
  static String ofDirectory(Path directory, RandomGenerator random) {
    Path file = directory.resolve(FILE_NAME);
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(directory);
        Path drawn = Files.createTempFile(directory, FILE_NAME, ".new");
        Files.writeString(drawn, HexFormat.of().toHexDigits(random.nextLong()) + "\n");
        Files.move(drawn, file, StandardCopyOption.ATOMIC_MOVE);
      }
      String id = Files.readString(file, StandardCharsets.US_ASCII).strip();
      if (!id.matches(PATTERN)) {
        throw new StartupException(
            "expected 16 hexadecimal digits in %s, got \"%s\": delete the file"
                .formatted(file, id));
      }
      return id;
    } catch (IOException e) {
      throw new StartupException("cannot use the state directory " + directory + ": " + e, e);
    }
  }
}
