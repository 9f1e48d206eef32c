package io.aftersend.processor.state;

import org.jspecify.annotations.Nullable;

/// Values by key that are forgotten: what was put is there for at least the time to keep, and less
/// than twice that time. For one thread.
///
/// @param <V> type of the values
public interface KeptValues<V> {
  /// The last value of a key, or null where there is none or it was forgotten.
  ///
  /// @param streamTimeMs the time, which never goes back, epoch milliseconds
  @Nullable V get(String key, long streamTimeMs);

  /// Keeps a value from now on.
  void put(String key, V value, long streamTimeMs);
}
