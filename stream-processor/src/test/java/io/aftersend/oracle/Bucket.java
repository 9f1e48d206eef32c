package io.aftersend.oracle;

import java.time.Instant;
import java.util.Comparator;

/// A quarter of an hour of UTC in a heatmap.
///
/// @param event `opened`, `clicked`, `sent`, `received` or `replied`
/// @param basis `event`: by when it happened; `sent`: by when the mail was sent
/// @param source `own` or `provider`
/// @param zone the recipient's, empty where nobody told it
public record Bucket(String event, String basis, String source, String zone, Instant start)
    implements Comparable<Bucket> {
  private static final long QUARTER_MS = 900_000;

  static Bucket at(String event, String basis, String source, String zone, Instant time) {
    long ms = time.toEpochMilli();
    Instant start = Instant.ofEpochMilli(ms - Math.floorMod(ms, QUARTER_MS));
    return new Bucket(event, basis, source, zone, start);
  }

  @Override
  public int compareTo(Bucket other) {
    return Comparator.comparing(Bucket::event)
        .thenComparing(Bucket::basis)
        .thenComparing(Bucket::source)
        .thenComparing(Bucket::zone)
        .thenComparing(Bucket::start)
        .compare(this, other);
  }

  /// What lies in a bucket.
  ///
  /// @param total events
  /// @param humanTotal those made by people
  /// @param first messages whose first event made by a person lies here
  public record Content(long total, long humanTotal, long first) {
    public Content plus(Content more) {
      return new Content(total + more.total, humanTotal + more.humanTotal, first + more.first);
    }
  }
}
