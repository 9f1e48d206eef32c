package io.aftersend.processor.count;

import io.aftersend.processor.state.AgingStore;
import io.aftersend.processor.state.ChangelogSettings;
import io.aftersend.schemas.metric.HeatmapBucket;
import io.aftersend.schemas.metric.LinkMetrics;
import io.aftersend.schemas.state.CampaignSums;
import io.aftersend.schemas.state.MessageFacts;
import io.aftersend.schemas.topic.AvroSerde;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// The stores of counting.
public final class CountingStores {
  private static final String FACTS = "message-facts";
  private static final String PENDING_CAMPAIGNS = "pending-campaigns";
  private static final String PENDING_BUCKETS = "pending-buckets";
  private static final String PENDING_LINKS = "pending-links";

  /// How long a message's facts are kept after its last event: as long as events may be dated back.
  private static final Duration FACTS_KEPT = Duration.ofDays(400);

  /// What makes the stores, always in the same order.
  public List<StoreBuilder<?>> builders() {
    return List.of(
        AgingStore.builder(FACTS, FACTS_KEPT, AvroSerde.of(MessageFacts.class)),
        pending(PENDING_CAMPAIGNS, CampaignSums.class),
        pending(PENDING_BUCKETS, HeatmapBucket.class),
        pending(PENDING_LINKS, LinkMetrics.class));
  }

  private static <V extends SpecificRecord> StoreBuilder<KeyValueStore<String, V>> pending(
      String name, Class<V> type) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), AvroSerde.of(type))
        .withCachingEnabled()
        .withLoggingEnabled(ChangelogSettings.SHORT_LIVED);
  }

  /// Names of the stores, by which processors are connected to them.
  public List<String> names() {
    return List.of(FACTS, PENDING_CAMPAIGNS, PENDING_BUCKETS);
  }

  AgingStore<MessageFacts> facts(ProcessorContext<?, ?> context) {
    return new AgingStore<>(context.getStateStore(FACTS), FACTS_KEPT);
  }

  PendingCounts pending(ProcessorContext<?, ?> context) {
    return new PendingCounts(
        context.getStateStore(PENDING_CAMPAIGNS),
        context.getStateStore(PENDING_BUCKETS),
        context.getStateStore(PENDING_LINKS));
  }
}
