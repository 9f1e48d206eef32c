package io.aftersend.processor.accounting;

import io.aftersend.processor.state.AgingStore;
import io.aftersend.processor.state.ChangelogSettings;
import io.aftersend.processor.state.TransientStore;
import io.aftersend.schemas.accounting.LaneAccounting;
import io.aftersend.schemas.topic.AvroSerde;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// The stores of a [LaneLedger]. All processors that are connected to them lie in the same task and
/// write into one book.
///
/// @param repeatHorizon how long an event id is remembered at least
public record LedgerStores(Duration repeatHorizon) {
  private static final String REPEATS = "repeats";
  private static final String PENDING = "pending-lanes";

  /// What makes the stores.
  public List<StoreBuilder<?>> builders() {
    return List.of(
        AgingStore.builder(REPEATS, repeatHorizon, Serdes.ByteArray()),
        TransientStore.<String, LaneAccounting>builder(PENDING));
  }

  /// Names of the stores, by which processors are connected to them.
  public String[] names() {
    return new String[] {REPEATS, PENDING};
  }

  /// The book of the task.
  public LaneLedger ledger(ProcessorContext<?, ?> context) {
    AgingStore<byte[]> repeats = new AgingStore<>(context.getStateStore(REPEATS), repeatHorizon);
    return new LaneLedger(new SeenPositions(repeats), context.getStateStore(PENDING));
  }

  /// What makes a store of lanes that are soon passed on.
  static StoreBuilder<KeyValueStore<String, LaneAccounting>> shortLived(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), AvroSerde.of(LaneAccounting.class))
        .withCachingEnabled()
        .withLoggingEnabled(ChangelogSettings.SHORT_LIVED);
  }
}
