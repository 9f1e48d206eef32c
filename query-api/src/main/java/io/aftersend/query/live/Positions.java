package io.aftersend.query.live;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a reader of a topic is: for each partition the offset of the record that comes next, `0`
/// or more. Immutable.
final class Positions {
  /// As many partitions as a topic may have here; what is longer is no position of ours.
  private static final int MAX_PARTITIONS = 10_000;

  private static final Pattern TEXT = Pattern.compile("[0-9]{1,18}(?:\\.[0-9]{1,18})*");
  private static final Pattern DOT = Pattern.compile("\\.");

  /// Of no partition: where nobody has been yet.
  static final Positions NONE = of();

  private final long[] next;

  private Positions(long[] next) {
    this.next = next;
  }

  /// Positions in the order of partitions.
  static Positions of(long... next) {
    return new Positions(next.clone());
  }

  /// The positions that [#toString()] wrote; null where the text is none.
  static @Nullable Positions parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      return null;
    }
    long[] next =
        DOT.splitAsStream(text).limit(MAX_PARTITIONS).mapToLong(Long::parseLong).toArray();
    return new Positions(next);
  }

  int partitions() {
    return next.length;
  }

  /// The offset that comes next; 0 for a partition that was not there yet.
  long next(int partition) {
    return partition < next.length ? next[partition] : 0;
  }

  /// The same with one partition moved on.
  Positions with(int partition, long offset) {
    long[] moved = next.clone();
    moved[partition] = offset;
    return new Positions(moved);
  }

  /// In each partition the lesser of the two.
  Positions atMost(Positions others) {
    long[] lesser = next.clone();
    for (int partition = 0; partition < lesser.length; partition++) {
      lesser[partition] = Math.min(lesser[partition], others.next(partition));
    }
    return new Positions(lesser);
  }

  /// Whether everything before `others` is before these too.
  boolean reach(Positions others) {
    for (int partition = 0; partition < others.next.length; partition++) {
      if (next(partition) < others.next[partition]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Positions positions && Arrays.equals(next, positions.next);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(next);
  }

  /// Offsets joined by dots: no more than a header or a URL can carry.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (long offset : next) {
      text.append(text.isEmpty() ? "" : ".").append(offset);
    }
    return text.toString();
  }
}
