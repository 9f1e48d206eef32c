package io.aftersend.processor.state;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/// The values of an [AgingStore] that were used last, as objects in front of it, so that what
/// belongs together and comes close together is not looked up and decoded each time. A store of its
/// own, since all processors of a task that share the values must share what lies in front of them.
///
/// For the task's thread.
///
/// @param <V> type of the values, which are never changed
public final class RecentValues<V> extends MemoryStore {
  private final Map<String, Kept<V>> values;

  /// A value, and the start of the span under which it was put, epoch milliseconds.
  record Kept<V>(V value, long spanStartMs) {}

  private RecentValues(String name, int size) {
    super(name);
    this.values =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Kept<V>> eldest) {
            return size() > size;
          }
        };
  }

  /// What makes the store.
  ///
  /// @param size most values that are held, by each task
  public static <V> StoreBuilder<RecentValues<V>> builder(String name, int size) {
    return new UnloggedBuilder<>(name, () -> new RecentValues<>(name, size));
  }

  @Nullable Kept<V> get(String key) {
    return values.get(key);
  }

  void put(String key, V value, long spanStartMs) {
    values.put(key, new Kept<>(value, spanStartMs));
  }

  @Override
  void forget() {
    values.clear();
  }
}
