package io.aftersend.edge.hostile;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import org.slf4j.LoggerFactory;

/// An ear for Netty's leak detector: hears of every buffer that was collected before it was
/// released, as long as the detector looks at every buffer.
final class LeakWatch implements AutoCloseable {
  private static final int ROUNDS = 3;
  private static final long COLLECTION_TIMEOUT_MS = 5_000;

  private final Logger logger = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
  private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

  LeakWatch() {
    if (ResourceLeakDetector.getLevel() != ResourceLeakDetector.Level.PARANOID) {
      throw new IllegalStateException(
          "expected leak detection paranoid, got " + ResourceLeakDetector.getLevel());
    }
    heard.start();
    logger.addAppender(heard);
  }

  /// What has leaked so far. Collects garbage, since the detector learns of a leak only then.
  List<String> leaks() throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      awaitCollection();
      // The detector looks at what was collected whenever it is shown another buffer.
      ByteBufAllocator.DEFAULT.directBuffer(1).release();
    }
    return heard.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static void awaitCollection() throws InterruptedException {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    WeakReference<Object> canary = new WeakReference<>(new Object(), queue);
    System.gc();
    if (queue.remove(COLLECTION_TIMEOUT_MS) == null) {
      throw new AssertionError("no garbage was collected");
    }
    Reference.reachabilityFence(canary);
  }

  @Override
  public void close() {
    logger.detachAppender(heard);
  }
}
