package io.aftersend.processor.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// The emptying of stores whose values wait for the next time.
public final class StoreDrain {
  private StoreDrain() {}

  /// Hands over all that a store holds, and empties it.
  public static <V> void drain(KeyValueStore<String, V> store, BiConsumer<String, V> taker) {
    List<KeyValue<String, V>> waiting = new ArrayList<>();
    try (KeyValueIterator<String, V> all = store.all()) {
      all.forEachRemaining(waiting::add);
    }
    for (KeyValue<String, V> each : waiting) {
      store.delete(each.key);
      taker.accept(each.key, each.value);
    }
  }
}
