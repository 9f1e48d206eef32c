package io.aftersend.processor.count;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// A store of sums with the objects that were used last in front of it, so that a sum which changes
/// with every commit is not decoded each time. What is put goes through to the store.
///
/// It holds for one life of a task's processor, which alone writes to the store: after an aborted
/// transaction there is a new one. For the task's thread.
///
/// @param <V> type of the sums, which may be changed and put again
final class KnownSums<V> {
  private final KeyValueStore<String, V> store;
  private final Map<String, V> known;

  /// @param size most objects that are held
  KnownSums(KeyValueStore<String, V> store, int size) {
    this.store = store;
    this.known =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > size;
          }
        };
  }

  @Nullable V get(String key) {
    V value = known.get(key);
    return value == null ? store.get(key) : value;
  }

  void put(String key, V value) {
    known.put(key, value);
    store.put(key, value);
  }
}
