package io.aftersend.processor;

import io.aftersend.processor.state.CommitHook;
import io.aftersend.processor.state.RecentValues;
import io.aftersend.processor.state.TransientStore;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/// Brings what the stores of one driver hold into those of another with the same topology.
final class StoreCopy {
  private StoreCopy() {}

  static void copy(TopologyTestDriver from, TopologyTestDriver to) {
    Map<String, StateStore> targets = to.getAllStateStores();
    from.getAllStateStores()
        .forEach((name, store) -> copy(store, Objects.requireNonNull(targets.get(name))));
  }

  @SuppressWarnings("unchecked") // the same topology has the same types
  private static void copy(StateStore from, StateStore to) {
    if (from instanceof TransientStore<?, ?> || from instanceof RecentValues<?>) {
      return; // What is in memory does not outlive a processor.
    }
    if (from instanceof WindowStore<?, ?> windows) {
      copyWindows((WindowStore<Object, Object>) windows, (WindowStore<Object, Object>) to);
    } else if (from instanceof KeyValueStore<?, ?> values) {
      copyValues((KeyValueStore<Object, Object>) values, (KeyValueStore<Object, Object>) to);
    } else if (!(from instanceof CommitHook)) {
      throw new AssertionError("expected a store of windows or values, got " + from);
    }
  }

  private static void copyWindows(
      WindowStore<Object, Object> from, WindowStore<Object, Object> to) {
    try (KeyValueIterator<Windowed<Object>, Object> all = from.all()) {
      while (all.hasNext()) {
        KeyValue<Windowed<Object>, Object> entry = all.next();
        to.put(entry.key.key(), entry.value, entry.key.window().start());
      }
    }
  }

  private static void copyValues(
      KeyValueStore<Object, Object> from, KeyValueStore<Object, Object> to) {
    try (KeyValueIterator<Object, Object> all = from.all()) {
      while (all.hasNext()) {
        KeyValue<Object, Object> entry = all.next();
        to.put(entry.key, entry.value);
      }
    }
  }
}
