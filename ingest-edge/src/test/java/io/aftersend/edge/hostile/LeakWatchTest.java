package io.aftersend.edge.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

class LeakWatchTest {
  @Test
  void hearsOfABufferThatNobodyReleased() throws InterruptedException {
    try (LeakWatch watch = new LeakWatch()) {
      assertThat(watch.leaks()).isEmpty();
      loseABuffer();
      assertThat(watch.leaks()).anyMatch(message -> message.contains("LEAK"));
    }
  }

  private static void loseABuffer() {
    assertThat(ByteBufAllocator.DEFAULT.directBuffer(16).isReadable()).isFalse();
  }
}
