package io.aftersend.processor.state;

import java.time.Duration;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/// A store that forgets: what was put is there for at least the time to keep, and goes, a whole
/// segment of the disk at once, before twice that time.
///
/// Time is cut into spans as long as the time to keep. A value is written under the present span; a
/// look-up asks the present span and the one before, which are two point look-ups that Bloom
/// filters answer for keys that are not there. The clock is the task's stream time, which never
/// goes back.
///
/// For the task's thread.
///
/// @param <V> type of the values
public final class AgingStore<V> implements KeptValues<V> {
  private final WindowStore<String, V> store;
  private final long keptMs;
  private final @Nullable RecentValues<V> recent;

  /// @param store a store made by [#builder] with the same time to keep
  public AgingStore(WindowStore<String, V> store, Duration kept) {
    this(store, kept, null);
  }

  /// @param store a store made by [#builder] with the same time to keep
  /// @param recent the values that were used last, of this store alone; null where none are held
  public AgingStore(WindowStore<String, V> store, Duration kept, @Nullable RecentValues<V> recent) {
    this.store = store;
    this.keptMs = kept.toMillis();
    this.recent = recent;
  }

  /// What makes the store.
  public static <V> StoreBuilder<WindowStore<String, V>> builder(
      String name, Duration kept, Serde<V> values) {
    return Stores.windowStoreBuilder(
        Stores.persistentWindowStore(name, kept.multipliedBy(2), kept, false),
        Serdes.String(),
        values);
  }

  @Override
  public @Nullable V get(String key, long streamTimeMs) {
    long span = spanStartMs(streamTimeMs);
    RecentValues.Kept<V> held = recent == null ? null : recent.get(key);
    if (held != null) {
      return held.spanStartMs() >= span - keptMs ? held.value() : null;
    }
    V value = store.fetch(key, span);
    return value != null || span < keptMs ? value : store.fetch(key, span - keptMs);
  }

  @Override
  public void put(String key, V value, long streamTimeMs) {
    long span = spanStartMs(streamTimeMs);
    store.put(key, value, span);
    if (recent != null) {
      recent.put(key, value, span);
    }
  }

  private long spanStartMs(long streamTimeMs) {
    return streamTimeMs - Math.floorMod(streamTimeMs, keptMs);
  }
}
