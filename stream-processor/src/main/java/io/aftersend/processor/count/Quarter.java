package io.aftersend.processor.count;

import java.time.Duration;
import java.time.Instant;

/// Quarters of an hour of UTC, numbered from the epoch. Every zone's hours and days are made of
/// whole ones.
public final class Quarter {
  private static final long LENGTH_MS = Duration.ofMinutes(15).toMillis();

  private Quarter() {}

  /// The quarter in which a time lies.
  public static long of(long timeMs) {
    return Math.floorDiv(timeMs, LENGTH_MS);
  }

  /// When a quarter starts.
  public static Instant start(long quarter) {
    return Instant.ofEpochMilli(quarter * LENGTH_MS);
  }
}
