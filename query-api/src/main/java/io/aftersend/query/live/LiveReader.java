package io.aftersend.query.live;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One reader of the live feed: what waits to be written to it. Events are offered by the tail's
/// thread and taken by the reader's own.
final class LiveReader {
  /// A second of all events of a busy installation.
  static final int MAX_WAITING = 8_192;

  /// How long a reader that was cut off has, to take what waits and to be told.
  private static final long GRACE_NS = TimeUnit.SECONDS.toNanos(30);

  /// An empty message, which is none.
  private static final byte[] WAKE_UP = new byte[0];

  private final EventFilter filter;
  private final Thread thread;
  private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private volatile @Nullable Cut cut;
  private long cutAtNs;

  /// Why no more events come.
  enum Cut {
    /// It read more slowly than events came.
    SLOW,
    /// Kafka cannot be reached, or the server stops.
    UNAVAILABLE,
    /// Its key was revoked, or its session has ended.
    SIGNED_OUT;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param thread which takes and writes; interrupted when it is stuck after a cut
  LiveReader(EventFilter filter, Thread thread) {
    this.filter = filter;
    this.thread = thread;
  }

  String tenant() {
    return filter.tenant();
  }

  /// An id that every event has which it wants; null where it asks for none.
  @Nullable IdMatch firstId() {
    return filter.ids().isEmpty() ? null : filter.ids().getFirst();
  }

  boolean wants(LiveEvent event) {
    return filter.matches(event.event());
  }

  /// Takes the event where it is wanted. For the tail's thread.
  void offer(LiveEvent event) {
    if (cut == null && wants(event) && !waiting.offer(event.message())) {
      cutAtNs = System.nanoTime();
      cut = Cut.SLOW;
    }
  }

  /// Wakes its thread where that was cut off and still writes. For the tail's thread.
  void endIfStuck() {
    if (cut != null && System.nanoTime() - cutAtNs > GRACE_NS) {
      thread.interrupt();
    }
  }

  /// Ends it when what waits is taken. For the tail's thread.
  void cutAsUnavailable() {
    if (cut == null) {
      cutAtNs = System.nanoTime();
      cut = Cut.UNAVAILABLE;
      // A full queue has enough to wake it.
      boolean _ = waiting.offer(WAKE_UP);
    }
  }

  /// The next message; null when none came in that time, or none will come.
  byte @Nullable [] next(Duration wait) throws InterruptedException {
    byte[] message =
        cut == null ? waiting.poll(wait.toNanos(), TimeUnit.NANOSECONDS) : waiting.poll();
    return message == null || message.length == 0 ? null : message;
  }

  /// Why nothing more comes once [#next] has given null; null while more may come.
  @Nullable Cut cut() {
    return cut;
  }
}
