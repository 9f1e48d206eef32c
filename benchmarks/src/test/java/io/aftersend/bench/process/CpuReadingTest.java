package io.aftersend.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aftersend.bench.process.CpuReading.ThreadTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CpuReadingTest {
  private static final long MS = 1_000_000;
  private static final long TICKS_OF_ALL = 0;

  @Test
  void nameMayContainSpacesAndBrackets() {
    String stat = "77 (C2 (x) 7) S 1 2 3 4 5 6 7 8 9 10 31 14 0 0 20 0 1 0 5";

    assertThat(CpuReading.thread(stat, "123456789 55 42\n"))
        .isEqualTo(new ThreadTime("C2 (x) 7", 123_456_789, 31, 14));
  }

  @Test
  void exactTimeIsSplitAsTheTicksFell() {
    CpuReading before = reading(TICKS_OF_ALL, Map.of(1L, new ThreadTime("loop", 10 * MS, 1, 0)));
    CpuReading after = reading(TICKS_OF_ALL, Map.of(1L, new ThreadTime("loop", 110 * MS, 4, 6)));

    CpuUse use = after.since(before);

    assertThat(use.userNs()).isCloseTo(100e6 * 3 / 9, within(1.0));
    assertThat(use.systemNs()).isCloseTo(100e6 * 6 / 9, within(1.0));
  }

  @Test
  void threadsOfOneNameAreAddedUpAndNewOnesCountFromNothing() {
    CpuReading before = reading(TICKS_OF_ALL, Map.of(1L, new ThreadTime("worker", 10 * MS, 1, 0)));
    CpuReading after =
        reading(
            TICKS_OF_ALL,
            Map.of(
                1L, new ThreadTime("worker", 30 * MS, 3, 0),
                2L, new ThreadTime("worker", 5 * MS, 0, 1)));

    CpuUse use = after.since(before);

    assertThat(use.byThreadName()).containsExactly(Map.entry("worker", 25 * MS));
    assertThat(use.totalNs()).isCloseTo(25e6, within(1.0));
  }

  @Test
  void threadThatEndedMeanwhileIsCountedByTheProcess() {
    CpuReading before =
        reading(
            100,
            Map.of(
                1L, new ThreadTime("loop", 500 * MS, 25, 25),
                2L, new ThreadTime("compiler", 500 * MS, 50, 0)));
    CpuReading after = reading(160, Map.of(1L, new ThreadTime("loop", 600 * MS, 30, 30)));

    // 60 ticks of 10 ms, of which two may be rounding.
    assertThat(after.since(before).totalNs()).isCloseTo(580e6, within(1.0));
  }

  private static CpuReading reading(long processTicks, Map<Long, ThreadTime> threads) {
    return new CpuReading(threads, processTicks);
  }
}
