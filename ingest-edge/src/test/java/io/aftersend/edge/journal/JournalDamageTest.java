package io.aftersend.edge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Segments whose bytes are cut or changed: the start succeeds, what is whole is read, nothing else
/// is, and what is missing is said.
class JournalDamageTest {
  private static final Logger log = LoggerFactory.getLogger(JournalDamageTest.class);
  private static final int CASES = 1_000;

  @TempDir Path directory;
  @TempDir Path damaged;

  private record Frames(List<Long> ends, List<String> texts) {}

  /// What a case did to a segment.
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Damage(String name, byte[] bytes, long from, long to) {}

  private static Damage damage(Random random, byte[] whole, int used) {
    int at = random.nextInt(random.nextInt(4) == 0 ? whole.length : used);
    if (random.nextInt(3) == 0) {
      int length = random.nextInt(10) == 0 ? 0 : at;
      return new Damage("cut to " + length, Arrays.copyOf(whole, length), length, whole.length);
    }
    byte[] bytes = whole.clone();
    int length = 1 + random.nextInt(random.nextBoolean() ? 1 : 300);
    int to = Math.min(bytes.length, at + length);
    boolean isZeroed = random.nextInt(4) == 0;
    for (int i = at; i < to; i++) {
      bytes[i] = isZeroed ? 0 : (byte) (bytes[i] ^ (1 + random.nextInt(255)));
    }
    return new Damage((isZeroed ? "zeros at " : "flips at ") + at + " to " + to, bytes, at, to);
  }

  @Test
  void readsEverythingThatIsWholeWhateverHappensToTheLastSegment() throws IOException {
    long seed = System.nanoTime();
    log.info("Seed {}", seed);
    Random random = new Random(seed);
    List<String> texts = write(40, random);
    List<Path> segments = TestJournal.segments(directory);
    assertThat(segments).hasSizeGreaterThan(1);
    Path last = segments.getLast();
    byte[] whole = Files.readAllBytes(last);
    Frames frames = frames(last, whole);
    int used = frames.ends.getLast().intValue();
    Path copy = damaged.resolve(directory.relativize(last));
    TestJournal.copy(directory, damaged);
    for (int i = 0; i < CASES; i++) {
      Damage damage = damage(random, whole, used);
      Files.write(copy, damage.bytes);
      check(damage, frames, texts, "seed " + seed + ", case " + i + ": " + damage.name);
    }
  }

  private void check(Damage damage, Frames frames, List<String> texts, String name)
      throws IOException {
    LaneReader reader = reopen();
    List<String> read = TestJournal.texts(reader);
    long damagedBytes = reader.damagedBytes();
    int before = texts.size() - frames.texts.size();
    List<String> expected = new ArrayList<>(texts.subList(0, before));
    Set<String> missing = new HashSet<>();
    long begin = Segment.HEADER_BYTES;
    for (int i = 0; i < frames.texts.size(); i++) {
      boolean isTouched = damage.from < frames.ends.get(i) && damage.to > begin;
      (isTouched ? missing : expected).add(frames.texts.get(i));
      begin = frames.ends.get(i);
    }
    // Bytes between a record and the next belong to neither, and zeros may have been zeros before.
    assertThat(read)
        .as(name)
        .containsSubsequence(expected)
        .isSubsetOf(texts)
        .doesNotHaveDuplicates();
    assertThat(texts).as(name).containsSubsequence(read);
    if (read.size() < texts.size() && !isWipedFrom(damage, frames, read)) {
      assertThat(damagedBytes).as(name).isPositive();
    }
    if (damage.bytes.length > 0 && missing.isEmpty()) {
      assertThat(read).as(name).isEqualTo(texts);
    }
  }

  /// Whether zeros alone are left from the end of a record on: nothing tells them from room that
  /// was never used.
  private static boolean isWipedFrom(Damage damage, Frames frames, List<String> read) {
    int whole = 0;
    while (whole < frames.texts.size() && read.contains(frames.texts.get(whole))) {
      whole++;
    }
    int end = whole == 0 ? Segment.HEADER_BYTES : frames.ends.get(whole - 1).intValue();
    if (damage.bytes.length != TestJournal.SEGMENT_BYTES) {
      return false;
    }
    for (int i = end; i < damage.bytes.length; i++) {
      if (damage.bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  @Test
  void salvagesWhatFollowsDamageInAMiddleSegment() throws IOException {
    List<String> texts = write(40, new Random(1));
    Path middle = TestJournal.segments(directory).get(1);
    TestJournal.copy(directory, damaged);
    byte[] bytes = Files.readAllBytes(middle);
    Frames frames = frames(middle, bytes);
    bytes[frames.ends.get(0).intValue() + Frame.HEADER_BYTES] ^= 1;
    Files.write(damaged.resolve(directory.relativize(middle)), bytes);

    LaneReader reader = reopen();

    List<String> expected = new ArrayList<>(texts);
    expected.remove(frames.texts.get(1));
    assertThat(TestJournal.texts(reader)).isEqualTo(expected);
    assertThat(reader.takeLosses()).isEqualTo(Losses.of(Losses.DAMAGED, 1));
    assertThat(reader.damagedBytes()).isEqualTo(frames.ends.get(1) - frames.ends.get(0));
  }

  @Test
  void goesOnBehindAMiddleSegmentThatIsGone() throws IOException {
    List<String> texts = write(40, new Random(1));
    Path middle = TestJournal.segments(directory).get(1);
    TestJournal.copy(directory, damaged);
    Frames frames = frames(middle, Files.readAllBytes(middle));
    Files.delete(damaged.resolve(directory.relativize(middle)));

    LaneReader reader = reopen();

    List<String> expected = new ArrayList<>(texts);
    expected.removeAll(frames.texts);
    assertThat(TestJournal.texts(reader)).isEqualTo(expected);
    assertThat(reader.takeLosses()).isEqualTo(Losses.of(Losses.DAMAGED, frames.texts.size()));
  }

  @Test
  void cutsARecordOfWhichOnlyTheBeginningWasWritten() throws IOException {
    List<String> texts = write(40, new Random(1));
    Path last = TestJournal.segments(directory).getLast();
    TestJournal.copy(directory, damaged);
    byte[] bytes = Files.readAllBytes(last);
    Frames frames = frames(last, bytes);
    long begin = frames.ends.get(frames.ends.size() - 2);
    Arrays.fill(bytes, (int) begin + Frame.HEADER_BYTES + 3, bytes.length, (byte) 0);
    Files.write(damaged.resolve(directory.relativize(last)), bytes);

    LaneReader reader = reopen();

    assertThat(TestJournal.texts(reader)).isEqualTo(texts.subList(0, texts.size() - 1));
    assertThat(reader.damagedBytes()).isBetween(1L, Frame.HEADER_BYTES + 3L);
  }

  /// Writes records of many sizes, some of which contain what looks like a record.
  private List<String> write(int count, Random random) {
    List<String> texts = new ArrayList<>();
    try (TestJournal journal = TestJournal.in(directory).open(1, 0)) {
      for (int i = 0; i < count; i++) {
        texts.add("record-" + i);
        TestJournal.appendKept(journal.journal.writer(0), "record-" + i, random.nextInt(400));
      }
    }
    return texts;
  }

  /// Reads one segment by a way of its own.
  private static Frames frames(Path file, byte[] bytes) throws IOException {
    java.nio.ByteBuffer buffer =
        java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    List<Long> ends = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    int at = 16;
    while (at + 32 < bytes.length && buffer.getInt(at + 28) == 1) {
      int length = buffer.getInt(at + 4);
      int key = buffer.getInt(at + 24);
      texts.add(
          new String(bytes, at + 32 + key, length - key, java.nio.charset.StandardCharsets.UTF_8)
              .strip());
      at += (32 + length + 7) / 8 * 8;
      ends.add((long) at);
    }
    assertThat(texts).as(file.toString()).isNotEmpty();
    return new Frames(ends, texts);
  }

  /// Opens the damaged directory without a whole journal's threads, for the sake of a thousand
  /// cases.
  private LaneReader reopen() throws IOException {
    SegmentDisk disk = new KeepingDisk();
    SegmentStore store = new SegmentStore(disk, 1L << 30, Duration.ofMinutes(15));
    JournalParts parts =
        new JournalParts(
            disk,
            store,
            new GroupSync(disk, Duration.ofMillis(1)),
            java.time.InstantSource.system());
    EarlierJournals earlier = new EarlierJournals(parts, false);
    List<OpenJournal> journals = earlier.open(damaged);
    assertThat(earlier.problem()).isNull();
    List<LaneReader> readers = journals.stream().flatMap(each -> each.lanes().stream()).toList();
    assertThat(readers).hasSize(1);
    return readers.getFirst();
  }

  /// Leaves all files for the next case.
  private static final class KeepingDisk implements SegmentDisk {
    private final MappedDisk disk = new MappedDisk();

    @Override
    public void createDirectory(Path path) throws IOException {
      disk.createDirectory(path);
    }

    @Override
    public java.lang.foreign.MemorySegment create(
        Path file, long sizeBytes, java.lang.foreign.Arena arena, Runnable rest)
        throws IOException {
      return disk.create(file, sizeBytes, arena, rest);
    }

    @Override
    public java.lang.foreign.MemorySegment open(Path file, java.lang.foreign.Arena arena)
        throws IOException {
      return disk.open(file, arena);
    }

    @Override
    public void force(java.lang.foreign.MemorySegment memory, long from, long to)
        throws IOException {
      disk.force(memory, from, to);
    }

    @Override
    public void forget(Path file, java.lang.foreign.MemorySegment memory) {}

    @Override
    public void cut(Path file, int sizeBytes) throws IOException {
      disk.cut(file, sizeBytes);
    }

    @Override
    public void delete(Path file) {}
  }
}
