package io.aftersend.processor.state;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Values in memory, which go and stay as those of an [AgingStore] do.
public final class HeapValues<V> implements KeptValues<V> {
  private final long keptMs;
  private final UnaryOperator<V> copy;
  private final Map<String, Kept<V>> values = new HashMap<>();

  private record Kept<V>(V value, long span) {}

  /// @param copy makes a value that shares nothing with the first: what was put does not change,
  ///   and neither does what was got
  public HeapValues(Duration kept, UnaryOperator<V> copy) {
    this.keptMs = kept.toMillis();
    this.copy = copy;
  }

  @Override
  public @Nullable V get(String key, long streamTimeMs) {
    Kept<V> kept = values.get(key);
    if (kept == null || kept.span < Math.floorDiv(streamTimeMs, keptMs) - 1) {
      return null;
    }
    return copy.apply(kept.value);
  }

  @Override
  public void put(String key, V value, long streamTimeMs) {
    values.put(key, new Kept<>(copy.apply(value), Math.floorDiv(streamTimeMs, keptMs)));
  }
}
