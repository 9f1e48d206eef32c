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
/// released, as long as the detector looks at every buffer. What it hears does not go to the log:
/// whoever made it says what is to be made of it, and a leak in the log is one that nobody watched.
final class LeakWatch implements AutoCloseable {
  private static final int ROUNDS = 3;
  private static final long COLLECTION_TIMEOUT_MS = 60_000;

  private final Logger logger = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
  private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

  /// What was lost before is not what it is asked for.
  LeakWatch() throws InterruptedException {
    if (ResourceLeakDetector.getLevel() != ResourceLeakDetector.Level.PARANOID) {
      throw new IllegalStateException(
          "expected leak detection paranoid, got " + ResourceLeakDetector.getLevel());
    }
    collect();
    heard.start();
    logger.addAppender(heard);
    logger.setAdditive(false);
  }

  /// What has leaked so far.
  List<String> leaks() throws InterruptedException {
    collect();
    return heard.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /// Collects garbage, since the detector learns of a leak only then.
  private static void collect() throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      awaitCollection();
      // The detector looks at what was collected whenever it is shown another buffer.
      ByteBufAllocator.DEFAULT.directBuffer(1).release();
    }
  }

  private static void awaitCollection() throws InterruptedException {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    WeakReference<Object> canary = new WeakReference<>(new Object(), queue);
    try {
      System.gc();
      if (queue.remove(COLLECTION_TIMEOUT_MS) == null) {
        throw new AssertionError("no garbage was collected");
      }
    } finally {
      Reference.reachabilityFence(canary);
    }
  }

  @Override
  public void close() {
    logger.setAdditive(true);
    logger.detachAppender(heard);
  }
}
