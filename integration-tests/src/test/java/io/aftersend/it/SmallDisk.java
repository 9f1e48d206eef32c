package io.aftersend.it;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A file system of its own in a file, small enough to be filled. Making one takes root.
final class SmallDisk implements AutoCloseable {
  private static final int SIZE_BYTES = 64 << 20;
  private static final int CHUNK_BYTES = 64 << 10;
  private static final Duration UNMOUNTED = Duration.ofMinutes(1);

  private final Path image;
  private final Path directory;

  private SmallDisk(Path image, Path directory) {
    this.image = image;
    this.directory = directory;
  }

  /// Makes and mounts it.
  ///
  /// @param parent gets the file and the place where it is mounted
  /// @throws IOException when this machine or user cannot
  static SmallDisk mountIn(Path parent) throws IOException {
    Path image = parent.resolve("disk.ext4");
    Path directory = Files.createDirectories(parent.resolve("disk"));
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(SIZE_BYTES);
    }
    run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
    run("mount", "-o", "loop", image.toString(), directory.toString());
    return new SmallDisk(image, directory);
  }

  Path directory() {
    return directory;
  }

  /// Takes all the space that is left.
  void fill() throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    try (RandomAccessFile file = new RandomAccessFile(filler().toFile(), "rw")) {
      file.seek(file.length());
      for (int size = chunk.length; size > 0; size /= 2) {
        fill(file, chunk, size);
      }
    }
  }

  private static void fill(RandomAccessFile file, byte[] chunk, int size) {
    try {
      while (true) {
        file.write(chunk, 0, size);
      }
    } catch (IOException e) {
      // No space left on the device, which is what was wanted.
    }
  }

  /// Gives back what was taken.
  void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  private Path filler() {
    return directory.resolve("filler");
  }

  @Override
  public void close() throws IOException {
    Await.untilAsserted(
        UNMOUNTED,
        () -> {
          run("umount", directory.toString());
          return null;
        });
    Files.deleteIfExists(image);
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + output.strip());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
