package io.aftersend.bench.micro;

import io.aftersend.bench.process.WorkDirectory;
import io.aftersend.edge.journal.EndlessJournal;
import io.aftersend.edge.journal.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
  public void close() {
    journal.close();
    new WorkDirectory(directory).close();
  }
}
