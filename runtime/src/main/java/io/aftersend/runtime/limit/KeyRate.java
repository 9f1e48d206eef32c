package io.aftersend.runtime.limit;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// How many requests each API key may make: so many a second, and a second's worth at once after a
/// pause (a token bucket, kept as the time at which it will be full). Safe for any thread.
public final class KeyRate {
  private static final long SECOND_NS = 1_000_000_000L;

  /// Buckets are looked through for full ones, which say nothing, when there are so many.
  private static final int SWEEP_SIZE = 4096;

  private final long costNs;
  private final LongSupplier nanoTime;
  private final ConcurrentHashMap<String, AtomicLong> fullAtNs = new ConcurrentHashMap<>();

  /// @param requestsPerSecond from 1
  /// @param nanoTime such as [System#nanoTime]
  public KeyRate(int requestsPerSecond, LongSupplier nanoTime) {
    this.costNs = SECOND_NS / requestsPerSecond;
    this.nanoTime = nanoTime;
  }

  /// Takes one request's share.
  ///
  /// @param keyId the public id of a key that exists, so that nobody makes entries at will
  /// @return false when the key has used up its share; there is some again a second later at most
  public boolean tryTake(String keyId) {
    long nowNs = nanoTime.getAsLong();
    AtomicLong bucket = fullAtNs.get(keyId);
    if (bucket == null) {
      sweep(nowNs);
      bucket = fullAtNs.computeIfAbsent(keyId, id -> new AtomicLong(nowNs));
    }
    while (true) {
      long fullNs = bucket.get();
      long baseNs = fullNs - nowNs > 0 ? fullNs : nowNs;
      long nextNs = baseNs + costNs;
      if (nextNs - nowNs > SECOND_NS) {
        return false;
      }
      if (bucket.compareAndSet(fullNs, nextNs)) {
        return true;
      }
    }
  }

  private void sweep(long nowNs) {
    if (fullAtNs.size() >= SWEEP_SIZE) {
      fullAtNs.values().removeIf(fullNs -> fullNs.get() - nowNs <= 0);
    }
  }
}
