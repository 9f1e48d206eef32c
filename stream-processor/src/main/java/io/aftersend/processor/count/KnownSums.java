package io.aftersend.processor.count;

import io.aftersend.processor.state.CommitHook;
import io.aftersend.processor.state.SumStore;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/// The sums of a task as objects, in front of their store. What changes goes into the store and on
/// to readers before the next commit, in the same transaction: each sum once, however many deltas
/// came. The last used stay for the next time, so that they need not be decoded again.
///
/// It holds for one life of a task's processor, which alone writes to the store: after an aborted
/// transaction there is a new one. For the task's thread.
///
/// @param <V> type of the sums, which are changed in place
final class KnownSums<V> {
  private final KeyValueStore<String, V> store;
  private final int size;
  private final BiConsumer<String, V> publish;
  private final Map<String, V> known = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, V> changed = new HashMap<>();

  /// @param store without a cache: what lies in one when a commit begins may miss it
  /// @param size most objects that are held between commits, and most that change before the sums
  ///   go out without one
  /// @param publish passes on a sum that has changed
  KnownSums(KeyValueStore<String, V> store, int size, BiConsumer<String, V> publish) {
    this.store = store;
    this.size = size;
    this.publish = publish;
  }

  /// The sums of a processor, which go out before each commit of its task.
  ///
  /// @param context the processor's, to which both stores belong
  /// @param published what readers get of a sum
  static <V extends SpecificRecord, R> KnownSums<V> of(
      ProcessorContext<String, R> context,
      String store,
      String commit,
      int size,
      Function<V, R> published) {
    KnownSums<V> sums =
        new KnownSums<>(
            context.getStateStore(store),
            size,
            (key, sum) ->
                context.forward(
                    new Record<>(key, published.apply(sum), context.currentStreamTimeMs())));
    CommitHook hook = context.getStateStore(commit);
    hook.beforeCommit(context, sums::flush);
    return sums;
  }

  /// What makes the stores of sums of a type.
  static <V extends SpecificRecord> List<StoreBuilder<?>> stores(
      String store, String commit, Class<V> type) {
    return List.of(SumStore.builder(store, type).withCachingDisabled(), CommitHook.builder(commit));
  }

  /// The sum of a key; null where there is none yet.
  @Nullable V get(String key) {
    V value = known.get(key);
    return value == null ? store.get(key) : value;
  }

  /// Notes that a sum is a new one or has changed.
  void change(String key, V sum) {
    known.put(key, sum);
    changed.put(key, sum);
    if (changed.size() >= size) {
      flush();
    }
  }

  /// Brings what has changed into the store and passes it on, as a [CommitHook] must have it done.
  void flush() {
    changed.forEach(
        (key, sum) -> {
          store.put(key, sum);
          publish.accept(key, sum);
        });
    changed.clear();
    Iterator<V> eldest = known.values().iterator();
    for (int tooMany = known.size() - size; tooMany > 0; tooMany--) {
      eldest.next();
      eldest.remove();
    }
  }
}
