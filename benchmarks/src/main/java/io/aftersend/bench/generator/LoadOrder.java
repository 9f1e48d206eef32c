package io.aftersend.bench.generator;

import java.time.Duration;

/// One run that a load generator is asked for.
///
/// @param port of a server on loopback
/// @param connections kept open, each with one request at a time
/// @param ratePerSecond requests arrive at this mean rate at random moments, whether earlier ones
///   were answered or not; 0: each connection sends again as soon as it is answered
/// @param duration how long requests arrive
/// @param settling time at the beginning whose requests are in no latency figure
/// @param seed of the moments: the same seed gives the same ones
/// @param isSharing whether the generator sleeps while nothing is due, up to a millisecond longer,
///   so that others can use its processor
public record LoadOrder(
    int port,
    int connections,
    int ratePerSecond,
    Duration duration,
    Duration settling,
    long seed,
    boolean isSharing) {
  private static final int FIELDS = 7;

  /// The order as one line.
  public String toLine() {
    return "%d %d %d %d %d %d %b"
        .formatted(
            port,
            connections,
            ratePerSecond,
            duration.toMillis(),
            settling.toMillis(),
            seed,
            isSharing);
  }

  /// Reads what [#toLine()] wrote.
  public static LoadOrder ofLine(String line) {
    String[] fields = line.split(" ", -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException(
          "expected an order of %d fields, got: %s".formatted(FIELDS, line));
    }
    return new LoadOrder(
        Integer.parseInt(fields[0]),
        Integer.parseInt(fields[1]),
        Integer.parseInt(fields[2]),
        Duration.ofMillis(Long.parseLong(fields[3])),
        Duration.ofMillis(Long.parseLong(fields[4])),
        Long.parseLong(fields[5]),
        Boolean.parseBoolean(fields[6]));
  }
}
