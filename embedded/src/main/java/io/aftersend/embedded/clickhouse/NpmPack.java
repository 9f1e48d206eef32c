package io.aftersend.embedded.clickhouse;

import io.aftersend.embedded.EmbeddedStartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The npm client, used to fetch one packed package: it knows the user's registry, proxy and
/// credentials.
final class NpmPack {
  private static final Duration TIMEOUT = Duration.ofMinutes(30);
  private static final long POLL_MS = 250;

  private final List<String> npm;
  private final EngineRelease release;

  NpmPack(List<String> npm, EngineRelease release) {
    this.npm = npm;
    this.release = release;
  }

  /// Fetches the packed file into a directory and returns it.
  Path fetch(Path directory, EngineStore.Progress progress)
      throws IOException, EmbeddedStartException {
    Path cache = Files.createDirectory(directory.resolve("npm"));
    Path log = directory.resolve("npm.log");
    List<String> command = new ArrayList<>(npm);
    command.addAll(
        List.of(
            "pack",
            release.packageName() + "@" + release.version(),
            "--pack-destination=" + directory,
            // Its own cache: the package would otherwise stay on the disk a second time.
            "--cache=" + cache,
            "--ignore-scripts",
            "--no-audit",
            "--no-update-notifier",
            "--loglevel=error"));
    Process process = start(command, directory, log);
    try {
      await(process, directory, progress);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new EmbeddedStartException(
          "npm cannot fetch the ClickHouse engine "
              + release.packageName()
              + "@"
              + release.version()
              + ": "
              + firstError(log));
    }
    return packed(directory);
  }

  private static Process start(List<String> command, Path directory, Path log)
      throws EmbeddedStartException {
    try {
      return new ProcessBuilder(command)
          .directory(directory.toFile())
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
    } catch (IOException e) {
      throw new EmbeddedStartException(
          "The ClickHouse engine is fetched with npm, which cannot be run as '"
              + command.getFirst()
              + "'; install Node 20 with npm",
          e);
    }
  }

  private void await(Process process, Path directory, EngineStore.Progress progress)
      throws IOException, EmbeddedStartException {
    long deadlineNs = System.nanoTime() + TIMEOUT.toNanos();
    try {
      while (!process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
        progress.at(
            "fetching", Math.min(sizeOf(directory), release.packedBytes()), release.packedBytes());
        if (System.nanoTime() - deadlineNs > 0) {
          throw new EmbeddedStartException(
              "npm did not fetch the ClickHouse engine within " + TIMEOUT.toMinutes() + " minutes");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedStartException("Fetching the ClickHouse engine was interrupted", e);
    }
  }

  private static long sizeOf(Path directory) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
      }
    } catch (java.io.UncheckedIOException | java.nio.file.NoSuchFileException vanished) {
      // npm moves its files while they are counted; the next look counts again.
    }
    return bytes;
  }

  private static String firstError(Path log) throws IOException {
    for (String line : Files.readString(log, StandardCharsets.UTF_8).split("\n", -1)) {
      String text = line.replaceFirst("^npm (error|ERR!)", "").strip();
      if (!line.startsWith("npm warn") && !text.isEmpty() && !text.startsWith("code ")) {
        return text;
      }
    }
    return "it gave no reason";
  }

  private static Path packed(Path directory) throws IOException, EmbeddedStartException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".tgz"))
          .findFirst()
          .orElseThrow(() -> new EmbeddedStartException("npm left no package in " + directory));
    }
  }
}
