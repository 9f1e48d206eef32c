package io.aftersend.bench.micro;

import io.aftersend.edge.journal.EndlessJournal;
import io.aftersend.edge.journal.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A journal in a directory of its own, which goes when it is closed.
final class JournalDirectory implements AutoCloseable {
  private final Path directory;
  private final Journal journal;

  JournalDirectory() {
    try {
      directory = Files.createTempDirectory("aftersend-bench-");
      journal = EndlessJournal.open(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Journal journal() {
    return journal;
  }

  @Override
  public void close() throws IOException {
    journal.close();
    List<Path> files;
    try (Stream<Path> walked = Files.walk(directory)) {
      files = walked.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
