package io.aftersend.processor.state;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/// Values of one task between two commits, as objects in memory: nothing is encoded, and nothing
/// goes to a changelog. Whoever puts must empty it before every commit, by a [CommitHook]: offsets
/// that are committed before would take what is in it along.
///
/// For the task's thread.
///
/// @param <V> type of the values, which may be changed in place
public final class TransientStore<V> implements KeyValueStore<String, V> {
  private final String name;
  private final Map<String, V> values = new HashMap<>();
  private boolean isOpen;

  private TransientStore(String name) {
    this.name = name;
  }

  /// What makes the store.
  public static <V> StoreBuilder<KeyValueStore<String, V>> builder(String name) {
    return new UnloggedBuilder<>(name, () -> new TransientStore<>(name));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    values.clear();
    context.register(root, (key, value) -> {});
    isOpen = true;
  }

  @Override
  public @Nullable V get(String key) {
    return values.get(key);
  }

  @Override
  public void put(String key, @Nullable V value) {
    if (value == null) {
      values.remove(key);
    } else {
      values.put(key, value);
    }
  }

  @Override
  public @Nullable V putIfAbsent(String key, V value) {
    return values.putIfAbsent(key, value);
  }

  @Override
  public void putAll(List<KeyValue<String, V>> entries) {
    entries.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public @Nullable V delete(String key) {
    return values.remove(key);
  }

  @Override
  public KeyValueIterator<String, V> range(@Nullable String from, @Nullable String to) {
    NavigableMap<String, V> sorted = new TreeMap<>(values);
    if (from != null) {
      sorted = sorted.tailMap(from, true);
    }
    return new Entries<>((to == null ? sorted : sorted.headMap(to, true)).entrySet().iterator());
  }

  /// All values, in the order of their keys.
  @Override
  public KeyValueIterator<String, V> all() {
    return range(null, null);
  }

  @Override
  public long approximateNumEntries() {
    return values.size();
  }

  @Override
  public void close() {
    values.clear();
    isOpen = false;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return isOpen;
  }

  private static final class Entries<V> implements KeyValueIterator<String, V> {
    private final Iterator<Map.Entry<String, V>> entries;
    private @Nullable KeyValue<String, V> next;

    private Entries(Iterator<Map.Entry<String, V>> entries) {
      this.entries = entries;
    }

    @Override
    public boolean hasNext() {
      return next != null || entries.hasNext();
    }

    @Override
    public KeyValue<String, V> next() {
      KeyValue<String, V> entry = peek();
      next = null;
      return entry;
    }

    @Override
    public String peekNextKey() {
      return peek().key;
    }

    private KeyValue<String, V> peek() {
      KeyValue<String, V> peeked = next;
      if (peeked == null) {
        Map.Entry<String, V> entry = entries.next();
        peeked = KeyValue.pair(entry.getKey(), entry.getValue());
        next = peeked;
      }
      return peeked;
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
