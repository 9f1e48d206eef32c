package io.aftersend.edge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file that remembers how far each lane has come.
class CheckpointTest {
  @TempDir Path directory;

  private static LaneState state(int n) {
    return new LaneState(
        n,
        16L * n,
        3L * n,
        2L * n,
        n,
        new Losses(n == 0 ? Map.of() : Map.of("budget_spent", (long) n)));
  }

  @Test
  void isAtTheBeginningWhenNothingWasWritten() throws IOException {
    try (Checkpoint checkpoint = Checkpoint.create(directory, 2)) {
      assertThat(checkpoint.read(0)).isEqualTo(LaneState.NEW);
      assertThat(checkpoint.read(1)).isEqualTo(LaneState.NEW);
    }
    assertThat(Checkpoint.lanes(directory)).isEqualTo(2);
  }

  @Test
  void keepsTheLastStateOfEachLane() throws IOException {
    try (Checkpoint checkpoint = Checkpoint.create(directory, 2)) {
      for (int n = 1; n <= 5; n++) {
        checkpoint.write(0, state(n));
        checkpoint.write(1, state(10 * n));
      }
    }
    try (Checkpoint checkpoint = Checkpoint.open(directory, 2)) {
      assertThat(checkpoint.read(0)).isEqualTo(state(5));
      assertThat(checkpoint.read(1)).isEqualTo(state(50));
      checkpoint.write(0, state(6));
    }
    try (Checkpoint checkpoint = Checkpoint.open(directory, 2)) {
      assertThat(checkpoint.read(0)).isEqualTo(state(6));
    }
  }

  @Test
  void neverGrows() throws IOException {
    try (Checkpoint checkpoint = Checkpoint.create(directory, 3)) {
      long size = Files.size(directory.resolve(Checkpoint.FILE_NAME));
      for (int n = 0; n < 20; n++) {
        checkpoint.write(n % 3, state(n));
      }
      assertThat(Files.size(directory.resolve(Checkpoint.FILE_NAME))).isEqualTo(size);
    }
  }

  @Test
  void holdsLossesOfAllReasonsAtOnce() throws IOException {
    Losses all = Losses.of("refused_by_kafka", Long.MAX_VALUE / 100);
    for (AppendOutcome outcome : AppendOutcome.values()) {
      all = all.plus(Losses.of(outcome.wireName(), Long.MAX_VALUE / 100));
    }
    all = all.plus(Losses.of(Losses.DAMAGED, Long.MAX_VALUE / 100));
    all = all.plus(Losses.of(Losses.NOT_DURABLE, Long.MAX_VALUE / 100));
    LaneState state = new LaneState(1, 2, 3, 4, 5, all);
    try (Checkpoint checkpoint = Checkpoint.create(directory, 1)) {
      checkpoint.write(0, state);
    }
    try (Checkpoint checkpoint = Checkpoint.open(directory, 1)) {
      assertThat(checkpoint.read(0)).isEqualTo(state);
    }
  }

  @Test
  void goesBackToTheStateBeforeWhenTheLastIsTorn() throws IOException {
    Path file = directory.resolve(Checkpoint.FILE_NAME);
    byte[] before;
    byte[] after;
    try (Checkpoint checkpoint = Checkpoint.create(directory, 1)) {
      checkpoint.write(0, state(1));
      checkpoint.write(0, state(2));
      before = Files.readAllBytes(file);
      checkpoint.write(0, state(3));
      after = Files.readAllBytes(file);
    }
    Random random = new Random(4);
    for (int i = 0; i < 200; i++) {
      byte[] torn = before.clone();
      int length = random.nextInt(torn.length);
      System.arraycopy(after, 0, torn, 0, length);
      Files.write(file, torn);
      try (Checkpoint checkpoint = Checkpoint.open(directory, 1)) {
        assertThat(checkpoint.read(0)).as("torn at %d", length).isIn(state(2), state(3));
      }
    }
  }

  @Test
  void startsAtTheBeginningOfAFileOfWhichNothingIsLeft() throws IOException {
    Files.write(directory.resolve(Checkpoint.FILE_NAME), new byte[0]);
    try (Checkpoint checkpoint = Checkpoint.open(directory, 2)) {
      assertThat(checkpoint.read(1)).isEqualTo(LaneState.NEW);
      checkpoint.write(1, state(4));
    }
    try (Checkpoint checkpoint = Checkpoint.open(directory, 2)) {
      assertThat(checkpoint.read(1)).isEqualTo(state(4));
    }
  }
}
