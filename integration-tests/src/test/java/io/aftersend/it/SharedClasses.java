package io.aftersend.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// An archive of the classes that the program loads, as its launcher keeps one: a process that
/// starts with it takes a quarter less of the processor. Made by the first process of a run, unless
/// that of an earlier run still fits.
final class SharedClasses {
  /// The program's class path. A directory, as the tests have some, would bar the archive.
  static final String CLASS_PATH =
      Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
          .filter(entry -> entry.endsWith(".jar"))
          .collect(Collectors.joining(File.pathSeparator));

  private static final Path ARCHIVE =
      Path.of(System.getProperty("aftersend.root"), "integration-tests", "target", "classes.jsa");

  /// Made by the first who asks.
  private static final class Made {
    static final String OPTION = make();
  }

  private SharedClasses() {}

  /// The JVM's option by which a process starts with the archive.
  static String option() {
    return Made.OPTION;
  }

  private static String make() {
    try {
      if (!isNewerThanItsClasses()) {
        Files.deleteIfExists(ARCHIVE);
        Path directory = Files.createTempDirectory("aftersend-classes");
        AftersendProcess up =
            AftersendProcess.start(
                List.of("-XX:TieredStopAtLevel=1", "-XX:ArchiveClassesAtExit=" + ARCHIVE),
                directory,
                RunningUp.settings(directory),
                "up");
        up.ready();
        if (up.stop() != 0 || !Files.exists(ARCHIVE)) {
          throw new AssertionError("no archive of classes; the output was:\n" + up.outputText());
        }
      }
      return "-XX:SharedArchiveFile=" + ARCHIVE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isNewerThanItsClasses() throws IOException {
    if (!Files.exists(ARCHIVE)) {
      return false;
    }
    for (String jar : CLASS_PATH.split(File.pathSeparator, -1)) {
      if (Files.getLastModifiedTime(Path.of(jar)).compareTo(Files.getLastModifiedTime(ARCHIVE))
          > 0) {
        return false;
      }
    }
    return true;
  }
}
