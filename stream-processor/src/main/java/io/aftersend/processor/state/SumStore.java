package io.aftersend.processor.state;

import io.aftersend.schemas.topic.AvroSerde;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// Stores of sums, which are never forgotten.
public final class SumStore {
  private SumStore() {}

  /// What makes the store.
  ///
  /// @param type of the sums
  public static <V extends SpecificRecord> StoreBuilder<KeyValueStore<String, V>> builder(
      String name, Class<V> type) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), AvroSerde.of(type))
        .withCachingEnabled()
        .withLoggingEnabled(ChangelogSettings.COMPACTED);
  }
}
