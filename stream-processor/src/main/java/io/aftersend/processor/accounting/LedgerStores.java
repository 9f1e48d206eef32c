package io.aftersend.processor.accounting;

import io.aftersend.processor.state.AgingStore;
import io.aftersend.processor.state.ChangelogSettings;
import io.aftersend.schemas.accounting.LaneAccounting;
import io.aftersend.schemas.topic.AvroSerde;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// The stores of a [LaneLedger]. All processors of a task that are given the same instance write
/// into one book.
public final class LedgerStores {
  private static final String REPEATS = "repeats";
  private static final String PENDING = "pending-lanes";

  private final Duration repeatHorizon;
  private final List<StoreBuilder<?>> builders;

  /// @param repeatHorizon how long an event id is remembered at least
  public LedgerStores(Duration repeatHorizon) {
    this.repeatHorizon = repeatHorizon;
    this.builders =
        List.of(
            AgingStore.builder(REPEATS, repeatHorizon, Serdes.ByteArray()), shortLived(PENDING));
  }

  /// What makes the stores: always the same builders, by which Kafka Streams knows that stores are
  /// shared.
  public List<StoreBuilder<?>> builders() {
    return builders;
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
