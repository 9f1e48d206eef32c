package io.aftersend.edge.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A journal in small segments for tests, whose clock and boot id they set.
public final class TestJournal implements AutoCloseable {
  public static final int SEGMENT_BYTES = 4096;
  private static final long MANY = 1L << 30;

  public final Journal journal;

  private TestJournal(Journal journal) {
    this.journal = journal;
  }

  /// How a test's journals are opened.
  public static final class Opening {
    private final Path directory;
    private RandomGenerator ids = new Random(1);
    private InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000));
    private long budgetBytes = MANY;
    private int segmentBytes = SEGMENT_BYTES;
    private Duration retention = Duration.ofMinutes(15);
    private Duration syncInterval = Duration.ofMillis(1);
    private SegmentDisk disk = new MappedDisk();
    private String boot = "this boot";

    private Opening(Path directory) {
      this.directory = directory;
    }

    public Opening ids(RandomGenerator random) {
      ids = random;
      return this;
    }

    public Opening clock(InstantSource source) {
      clock = source;
      return this;
    }

    public Opening budgetBytes(long bytes) {
      budgetBytes = bytes;
      return this;
    }

    public Opening segmentBytes(int bytes) {
      segmentBytes = bytes;
      return this;
    }

    public Opening retention(Duration duration) {
      retention = duration;
      return this;
    }

    public Opening syncInterval(Duration interval) {
      syncInterval = interval;
      return this;
    }

    public Opening boot(String id) {
      boot = id;
      return this;
    }

    Opening disk(SegmentDisk segments) {
      disk = segments;
      return this;
    }

    public TestJournal open(int hitLanes, int postLanes) {
      JournalConfig config =
          new JournalConfig(directory, budgetBytes, segmentBytes, retention, syncInterval);
      return new TestJournal(Journal.open(config, hitLanes, postLanes, boot, ids, clock, disk));
    }
  }

  public static Opening in(Path directory) {
    return new Opening(directory);
  }

  /// Appends a record whose key and value tell its text; the value is padded to `valueBytes`.
  public static AppendOutcome append(LaneWriter lane, String text, int valueBytes) {
    byte[] key = ("k-" + text).getBytes(StandardCharsets.UTF_8);
    byte[] value =
        (text + " ".repeat(Math.max(0, valueBytes - text.length())))
            .getBytes(StandardCharsets.UTF_8);
    byte[] record = new byte[key.length + value.length];
    System.arraycopy(key, 0, record, 0, key.length);
    System.arraycopy(value, 0, record, key.length, value.length);
    return lane.append(record, 0, key.length, value.length, 1_800_000_000_000L);
  }

  /// Appends so often until the lane has a record more, since segments are made by a thread.
  public static void appendKept(LaneWriter lane, String text, int valueBytes) {
    int[] lengths = {text.length() + 2 + Math.max(text.length(), valueBytes)};
    if (!lane.reserve(lengths, Duration.ofMinutes(1))
        || append(lane, text, valueBytes) != AppendOutcome.KEPT) {
      throw new AssertionError("expected room for " + text);
    }
  }

  /// A record as it was read.
  public record Read(long sequence, String text) {}

  /// What a reader has now.
  static List<Read> read(LaneReader reader) {
    List<Read> records = new ArrayList<>();
    try {
      while (reader.next()) {
        records.add(new Read(reader.sequence(), text(reader)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }

  private static String text(LaneReader reader) {
    String text = new String(reader.value(), StandardCharsets.UTF_8).stripTrailing();
    String key = new String(reader.key(), StandardCharsets.UTF_8);
    if (!key.equals("k-" + text)) {
      throw new AssertionError("expected the key of " + text + ", got " + key);
    }
    return text;
  }

  static List<String> texts(LaneReader reader) {
    return read(reader).stream().map(Read::text).toList();
  }

  /// Reads until there are so many records or nothing more comes within a minute.
  static List<String> texts(LaneReader reader, int count) throws InterruptedException {
    List<String> texts = new ArrayList<>();
    long endNs = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (texts.size() < count && System.nanoTime() - endNs < 0) {
      texts.addAll(texts(reader));
      Thread.sleep(1);
    }
    return texts;
  }

  /// The reader of a lane of the present journal.
  LaneReader reader(int lane) {
    return journal.journals().getFirst().lanes().get(lane);
  }

  /// The journals of earlier starts.
  List<OpenJournal> earlier() {
    return journal.journals().subList(1, journal.journals().size());
  }

  /// The reader of the only lane that an earlier start has left.
  LaneReader left() {
    List<LaneReader> readers = earlier().stream().flatMap(each -> each.lanes().stream()).toList();
    if (readers.size() != 1) {
      throw new AssertionError("expected one lane, got " + readers.size());
    }
    return readers.getFirst();
  }

  /// What `kill -9` would leave now, in another directory: checkpoints are copied before segments.
  public static void copy(Path from, Path to) {
    try {
      for (Path file : files(from)) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        try {
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException e) {
          // Deleted meanwhile.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// All segment files below a directory, in their order.
  public static List<Path> segments(Path directory) {
    return files(directory).stream().filter(file -> SegmentName.parse(file) != null).toList();
  }

  /// All files below a directory, in their order, though some may come and go meanwhile.
  private static List<Path> files(Path directory) {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              files.add(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException error) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException error) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Collections.sort(files);
    return files;
  }

  @Override
  public void close() {
    journal.close();
  }
}
