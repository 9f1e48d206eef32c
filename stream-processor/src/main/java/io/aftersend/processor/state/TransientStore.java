package io.aftersend.processor.state;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.streams.state.StoreBuilder;

/// Values of one task between two commits, as objects in memory: nothing is encoded, and nothing
/// goes to a changelog. Whoever puts must empty it before every commit, by a [CommitHook]: offsets
/// that are committed before would take what is in it along.
///
/// For the task's thread.
///
/// @param <K> type of the keys
/// @param <V> type of the values, which may be changed in place
public final class TransientStore<K, V> extends MemoryStore {
  private Map<K, V> values = new HashMap<>();

  private TransientStore(String name) {
    super(name);
  }

  /// What makes the store.
  public static <K, V> StoreBuilder<TransientStore<K, V>> builder(String name) {
    return new UnloggedBuilder<>(name, () -> new TransientStore<>(name));
  }

  /// The value of a key; one that is made now where there is none.
  public V get(K key, Function<? super K, ? extends V> made) {
    return values.computeIfAbsent(key, made);
  }

  /// How many values there are.
  public int size() {
    return values.size();
  }

  /// Hands over all values, in no order, and forgets them.
  public void drain(BiConsumer<K, V> taker) {
    Map<K, V> drained = values;
    values = new HashMap<>();
    drained.forEach(taker);
  }

  @Override
  void forget() {
    values.clear();
  }
}
