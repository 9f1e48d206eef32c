package io.aftersend.standalone.access;

import io.aftersend.runtime.lifecycle.StartupException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A small text file that only its owner may read (mode 0600), replaced as a whole.
final class OwnerFile {
  private final Path file;

  OwnerFile(Path file) {
    this.file = file;
  }

  /// Its text; null when there is no such file.
  ///
  /// @throws StartupException when it cannot be read
  @Nullable String read() {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new StartupException(file + ": expected a readable file, got " + e, e);
    }
  }

  /// Writes the file, in the place of a former one.
  ///
  /// @throws StartupException when it cannot be written
  void write(String text) {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(next);
      try (FileChannel channel =
              FileChannel.open(
                  next,
                  Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("rw-------")));
          var out = Channels.newOutputStream(channel)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        channel.force(true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StartupException(file + ": expected a writable place, got " + e, e);
    }
  }

  /// Removes it where it exists.
  void remove() throws IOException {
    Files.deleteIfExists(file);
  }

  Path path() {
    return file;
  }
}
