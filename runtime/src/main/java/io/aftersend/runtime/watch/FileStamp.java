package io.aftersend.runtime.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/// What changes about a file when its content does, the grain of its time aside.
///
/// @param fileKey what tells a file from another one that took its name; null where the file system
///   has no such thing
public record FileStamp(FileTime modified, long sizeBytes, @Nullable Object fileKey) {
  /// The stamp of a file as it is now; null when it cannot be seen.
  public static @Nullable FileStamp of(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileStamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (IOException e) {
      return null;
    }
  }
}
