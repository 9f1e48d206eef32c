package io.aftersend.edge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class PageCacheTest {
  private static final int BYTES = 4 * 1024 * 1024;
  private static final byte WRITTEN = 42;

  @TempDir private Path directory;

  @Test
  void letsGoOfWhatIsOnTheDiskAndKeepsEveryByte() throws IOException {
    Path file = directory.resolve("segment");
    try (Arena arena = Arena.ofShared()) {
      MemorySegment memory = new MappedDisk().create(file, BYTES, arena, () -> {});
      memory.fill(WRITTEN);
      memory.force();
      assertThat(isInMemory(file)).isTrue();
      PageCache.drop(file, memory);
      assertThat(isInMemory(file)).isFalse();
      for (long at = 0; at < BYTES; at += 511) {
        assertThat(memory.get(ValueLayout.JAVA_BYTE, at)).isEqualTo(WRITTEN);
      }
    }
  }

  /// A machine that is short of memory drops pages by itself, so only the whole counts.
  private static boolean isInMemory(Path file) throws IOException {
    try (Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, BYTES, arena).isLoaded();
    }
  }
}
