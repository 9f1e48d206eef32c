package io.aftersend.it;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/// Hits at a steady rate on a thread of its own, over a kept connection and fresh ones by turns. A
/// hit's time counts from the moment at which it was due, so that a late one is not taken for
/// quick.
final class SteadyHits implements AutoCloseable {
  private static final Duration BETWEEN = Duration.ofMillis(4);
  private static final int MOST_HITS = 100_000;

  private final LoneEdge edge;
  private final long[] tookNs = new long[MOST_HITS];
  private final Thread thread;
  private volatile int hits;
  private volatile String firstFailure = "";
  private volatile boolean isOver;

  private SteadyHits(LoneEdge edge) {
    this.edge = edge;
    this.thread = Thread.ofPlatform().name("steady-hits").start(this::run);
  }

  static SteadyHits start(LoneEdge edge) {
    return new SteadyHits(edge);
  }

  private void run() {
    long dueNs = System.nanoTime();
    try (KeptConnection kept = new KeptConnection(edge.url(), 1)) {
      while (!isOver && hits < MOST_HITS && firstFailure.isEmpty()) {
        dueNs += BETWEEN.toNanos();
        while (System.nanoTime() < dueNs) {
          LockSupport.parkNanos(dueNs - System.nanoTime());
        }
        int status = hits % 2 == 0 ? kept.get(edge.pixel()) : fresh();
        if (status != 200) {
          firstFailure = "hit " + hits + " was answered " + status;
        }
        tookNs[hits] = System.nanoTime() - dueNs;
        hits++;
      }
    } catch (IOException e) {
      firstFailure = "hit " + hits + " got no answer: " + e;
    }
  }

  private int fresh() throws IOException {
    try (KeptConnection connection = new KeptConnection(edge.url(), 2)) {
      return connection.get(edge.pixel());
    }
  }

  /// How many there were so far.
  int count() {
    return hits;
  }

  /// What went wrong with the first hit that was not answered 200; empty when all were.
  String firstFailure() {
    return firstFailure;
  }

  /// The time that 99 of 100 hits did not exceed, among those from one count to another.
  Duration p99(int from, int to) {
    long[] sorted = Arrays.copyOfRange(tookNs, from, to);
    Arrays.sort(sorted);
    return Duration.ofNanos(sorted[sorted.length * 99 / 100]);
  }

  @Override
  public void close() throws InterruptedException {
    isOver = true;
    thread.join();
  }
}
