package io.aftersend.edge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.edge.RunningEdge;
import io.aftersend.runtime.lifecycle.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is appended is what is read, at this start and at later ones.
class JournalTest {
  private static final int VALUE_BYTES = 200;

  @TempDir Path directory;

  private static List<String> numbered(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  private static void appendAll(LaneWriter lane, List<String> texts) {
    texts.forEach(text -> TestJournal.appendKept(lane, text, VALUE_BYTES));
  }

  @Test
  void readsBackInOrderOverManySegments() {
    try (TestJournal journal = TestJournal.in(directory).open(2, 0)) {
      appendAll(journal.journal.writer(0), numbered("a", 200));
      appendAll(journal.journal.writer(1), numbered("b", 50));

      assertThat(TestJournal.texts(journal.reader(0))).isEqualTo(numbered("a", 200));
      assertThat(TestJournal.texts(journal.reader(1))).isEqualTo(numbered("b", 50));
      assertThat(TestJournal.segments(directory)).hasSizeGreaterThan(15);
    }
  }

  @Test
  void numbersRecordsFromOne() {
    try (TestJournal journal = TestJournal.in(directory).open(1, 0)) {
      appendAll(journal.journal.writer(0), numbered("a", 3));

      assertThat(TestJournal.read(journal.reader(0)))
          .extracting(TestJournal.Read::sequence)
          .containsExactly(1L, 2L, 3L);
      assertThat(journal.journal.writer(0).nextSequence()).isEqualTo(4);
    }
  }

  @Test
  void readsPostedRecordsOnlyOnceTheyAreDurable() throws InterruptedException {
    FaultyDisk disk = new FaultyDisk();
    disk.isForceHeld = true;
    try (TestJournal journal = TestJournal.in(directory).disk(disk).open(0, 1)) {
      appendAll(journal.journal.writer(0), List.of("posted"));
      assertThat(TestJournal.texts(journal.reader(0))).isEmpty();

      disk.isForceHeld = false;

      assertThat(TestJournal.texts(journal.reader(0), 1)).containsExactly("posted");
    }
  }

  @Test
  void refusesASecondJournalInTheSameDirectory() {
    try (TestJournal journal = TestJournal.in(directory).open(1, 0)) {
      assertThat(journal.journal.id()).hasSize(16);
      assertThatThrownBy(() -> TestJournal.in(directory).open(1, 0).close())
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("already runs");
    }
  }

  @Test
  void drawsANewIdAtEveryStartAndKeepsTheEdges() {
    Random ids = new Random(5);
    String first;
    String edge;
    try (TestJournal journal = TestJournal.in(directory).ids(ids).open(1, 0)) {
      first = journal.journal.id();
      edge = journal.journal.edgeId();
    }
    try (TestJournal journal = TestJournal.in(directory).ids(ids).open(1, 0)) {
      assertThat(journal.journal.id()).isNotEqualTo(first);
      assertThat(journal.journal.edgeId()).isEqualTo(edge);
    }
  }

  @Test
  void findsWhatEarlierStartsLeftAlsoInLanesThatAreNoMore() {
    Random ids = new Random(5);
    String first;
    try (TestJournal journal = TestJournal.in(directory).ids(ids).open(3, 1)) {
      first = journal.journal.id();
      for (int lane = 0; lane < 4; lane++) {
        appendAll(journal.journal.writer(lane), numbered("lane" + lane + "-", 30));
      }
    }
    try (TestJournal journal = TestJournal.in(directory).ids(ids).open(1, 0)) {
      OpenJournal earlier = journal.earlier().getFirst();
      assertThat(earlier.id()).isEqualTo(first);
      assertThat(earlier.lanes()).hasSize(4);
      for (LaneReader lane : earlier.lanes()) {
        assertThat(TestJournal.texts(lane)).isEqualTo(numbered("lane" + lane.lane() + "-", 30));
        assertThat(lane.isAtEnd()).isTrue();
      }
    }
  }

  @Test
  void findsWhatAKillLeaves(@TempDir Path killed) throws IOException {
    try (TestJournal journal = TestJournal.in(directory).open(1, 0)) {
      appendAll(journal.journal.writer(0), numbered("a", 40));
      TestJournal.copy(directory, killed);
    }
    try (TestJournal journal = TestJournal.in(killed).ids(new Random(9)).open(1, 0)) {
      assertThat(TestJournal.texts(journal.left())).isEqualTo(numbered("a", 40));
      assertThat(journal.left().damagedBytes()).isZero();
    }
  }

  @Test
  void goesOnBehindTheCheckpoint() throws IOException {
    Random ids = new Random(5);
    try (TestJournal journal = TestJournal.in(directory).ids(ids).open(1, 0)) {
      appendAll(journal.journal.writer(0), numbered("a", 60));
      LaneReader reader = journal.reader(0);
      for (int i = 0; i < 37; i++) {
        assertThat(reader.next()).isTrue();
      }
      LanePosition at = reader.position();
      assertThat(at).isNotNull();
      journal.journal.journals().getFirst().save(0, at.state(37, 0, Losses.NONE));
    }
    try (TestJournal journal = TestJournal.in(directory).ids(ids).open(1, 0)) {
      assertThat(journal.left().start().acknowledged()).isEqualTo(37);
      assertThat(TestJournal.texts(journal.left())).isEqualTo(numbered("a", 60).subList(37, 60));
    }
  }

  @Test
  void deletesSpareSegmentsThatNothingWasWrittenTo(@TempDir Path killed)
      throws InterruptedException {
    try (TestJournal journal = TestJournal.in(directory).open(1, 0)) {
      appendAll(journal.journal.writer(0), List.of("only"));
      RunningEdge.await(() -> TestJournal.segments(directory).size() == 3);
      TestJournal.copy(directory, killed);
    }
    assertThat(TestJournal.segments(directory)).hasSize(1);

    try (TestJournal journal = TestJournal.in(killed).ids(new Random(9)).open(1, 0)) {
      Path left = killed.resolve(journal.earlier().getFirst().id());
      assertThat(TestJournal.segments(left)).hasSize(1);
    }
  }

  @Test
  void givesTheRoomFreeThatAKilledEdgeNeverUsed(@TempDir Path killed, @TempDir Path killedAgain)
      throws IOException, InterruptedException {
    List<String> texts = numbered("a", 40);
    try (TestJournal journal = TestJournal.in(directory).open(1, 0)) {
      appendAll(journal.journal.writer(0), texts);
      TestJournal.copy(directory, killed);
    }
    List<Path> left = TestJournal.segments(directory);
    Path last = killed.resolve(directory.relativize(left.getLast()));
    byte[] whole = Files.readAllBytes(last);
    int used = whole.length;
    while (whole[used - 1] == 0) {
      used--;
    }

    try (TestJournal journal = TestJournal.in(killed).ids(new Random(9)).open(1, 0)) {
      TestJournal.copy(killed, killedAgain);
      // The values end with other bytes than zero, the records at multiples of eight.
      int end = (used + 7) / 8 * 8;
      assertThat(Files.readAllBytes(last))
          .hasSize(end)
          .endsWith(Arrays.copyOfRange(whole, Segment.HEADER_BYTES, end));
      RunningEdge.await(() -> journal.journal.usedBytes() == Journal.usedBytes(killed));
      assertThat(journal.left().damagedBytes()).isZero();
      assertThat(TestJournal.texts(journal.left())).isEqualTo(texts);
    }
    try (TestJournal journal = TestJournal.in(killedAgain).ids(new Random(10)).open(1, 0)) {
      assertThat(TestJournal.texts(journal.left())).isEqualTo(texts);
      assertThat(journal.left().damagedBytes()).isZero();
    }
  }

  @Test
  void deletesASegmentThatWasKilledBeforeItsHeader(@TempDir Path killed) throws IOException {
    try (TestJournal journal = TestJournal.in(directory).open(1, 0)) {
      appendAll(journal.journal.writer(0), List.of("only"));
      TestJournal.copy(directory, killed);
    }
    Path used = TestJournal.segments(killed).getFirst();
    Path bare = used.resolveSibling(SegmentName.of(0, 9));
    Files.write(bare, new byte[TestJournal.SEGMENT_BYTES]);

    try (TestJournal journal = TestJournal.in(killed).ids(new Random(9)).open(1, 0)) {
      assertThat(bare).doesNotExist();
      assertThat(TestJournal.texts(journal.left())).containsExactly("only");
      assertThat(journal.left().damagedBytes()).isZero();
    }
  }

  @Test
  void deletesAFinishedJournalOnceItWasKeptLongEnough() throws IOException, InterruptedException {
    AtomicLong nowMs = new AtomicLong(1_800_000_000_000L);
    Random ids = new Random(5);
    try (TestJournal journal = TestJournal.in(directory).ids(ids).open(1, 0)) {
      appendAll(journal.journal.writer(0), numbered("a", 30));
    }
    try (TestJournal journal =
        TestJournal.in(directory)
            .ids(ids)
            .clock(() -> Instant.ofEpochMilli(nowMs.get()))
            .retention(Duration.ofMinutes(15))
            .open(1, 0)) {
      OpenJournal earlier = journal.earlier().getFirst();
      Path left = directory.resolve(earlier.id());
      assertThat(TestJournal.texts(journal.left())).hasSize(30);
      journal.left().finish();
      earlier.finish();
      nowMs.addAndGet(Duration.ofMinutes(15).toMillis() - 1);
      journal.journal.writer(0).reserve(new int[] {3000, 3000, 3000, 3000}, Duration.ofSeconds(10));
      assertThat(TestJournal.segments(left)).hasSizeGreaterThan(1);

      nowMs.addAndGet(1);

      RunningEdge.await(() -> !Files.exists(left));
      RunningEdge.await(
          () -> journal.journal.usedBytes() == TestJournal.segments(directory).size() * 4096L);
    }
  }

  @Test
  void keepsAcknowledgedSegmentsForTheirTimeAcrossAStart() throws IOException {
    Random ids = new Random(5);
    Instant ackedAt = Instant.ofEpochSecond(1_900_000_000);
    try (TestJournal journal = TestJournal.in(directory).ids(ids).clock(() -> ackedAt).open(1, 0)) {
      appendAll(journal.journal.writer(0), numbered("a", 60));
      LaneReader reader = journal.reader(0);
      assertThat(TestJournal.texts(reader)).hasSize(60);
      LanePosition end = reader.position();
      assertThat(end).isNotNull();
      journal.journal.journals().getFirst().save(0, end.state(60, 0, Losses.NONE));
      reader.release(end);
    }
    int kept = TestJournal.segments(directory).size();
    try (TestJournal journal =
        TestJournal.in(directory)
            .ids(ids)
            .clock(() -> ackedAt.plus(Duration.ofMinutes(14)))
            .open(1, 0)) {
      journal.journal.writer(0).reserve(new int[] {3000, 3000, 3000, 3000}, Duration.ofSeconds(10));
      Path left = directory.resolve(journal.earlier().getFirst().id());
      assertThat(TestJournal.segments(left)).hasSize(kept);
      assertThat(TestJournal.texts(journal.left())).isEmpty();
    }
  }

  @Test
  void sendsEverythingThatIsKeptAgainAfterAnotherBoot() throws IOException {
    Random ids = new Random(5);
    try (TestJournal journal = TestJournal.in(directory).ids(ids).open(1, 0)) {
      appendAll(journal.journal.writer(0), numbered("a", 60));
      LaneReader reader = journal.reader(0);
      assertThat(TestJournal.texts(reader)).hasSize(60);
      LanePosition end = reader.position();
      assertThat(end).isNotNull();
      journal.journal.journals().getFirst().save(0, end.state(60, 0, Losses.NONE));
      reader.release(end);
    }
    for (int start = 0; start < 2; start++) {
      try (TestJournal journal =
          TestJournal.in(directory).ids(ids).boot("another boot").open(1, 0)) {
        assertThat(
                TestJournal.texts(
                    journal.earlier().getLast().lanes().isEmpty()
                        ? journal.earlier().getFirst().lanes().getFirst()
                        : journal.left()))
            .isEqualTo(numbered("a", 60));
        if (start == 1) {
          journal.journal.hasSentAgain();
        }
      }
    }
    try (TestJournal journal = TestJournal.in(directory).ids(ids).boot("another boot").open(1, 0)) {
      assertThat(TestJournal.texts(journal.left())).isEmpty();
    }
  }

  @Test
  void startsThoughOneJournalCannotBeRead() throws IOException {
    Random ids = new Random(5);
    try (TestJournal journal = TestJournal.in(directory).ids(ids).open(1, 0)) {
      appendAll(journal.journal.writer(0), numbered("a", 5));
    }
    Path strange = Files.createDirectory(directory.resolve("00000000000000ff"));
    Files.createDirectory(strange.resolve(SegmentName.of(0, 0)));
    try (TestJournal journal = TestJournal.in(directory).ids(ids).open(1, 0)) {
      assertThat(
              journal.earlier().stream()
                  .filter(each -> !each.id().equals("00000000000000ff"))
                  .flatMap(each -> each.lanes().stream())
                  .flatMap(lane -> TestJournal.texts(lane).stream()))
          .isEqualTo(numbered("a", 5));
    }
  }
}
