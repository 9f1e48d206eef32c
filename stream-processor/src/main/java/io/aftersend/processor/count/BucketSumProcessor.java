package io.aftersend.processor.count;

import io.aftersend.processor.state.ChangelogSettings;
import io.aftersend.schemas.metric.HeatmapBucket;
import io.aftersend.schemas.topic.AvroSerde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/// Sums the deltas of a heatmap bucket from all partitions; each change is a new version.
public final class BucketSumProcessor
    extends ContextualProcessor<String, HeatmapBucket, String, HeatmapBucket> {
  /// Sums held as objects, by each task.
  private static final int KNOWN = 10_000;

  private static final String STORE = "bucket-sums";

  private @Nullable KnownSums<HeatmapBucket> sums;

  /// What makes the store.
  public static StoreBuilder<KeyValueStore<String, HeatmapBucket>> store() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STORE),
            Serdes.String(),
            AvroSerde.of(HeatmapBucket.class))
        .withCachingEnabled()
        .withLoggingEnabled(ChangelogSettings.COMPACTED);
  }

  @Override
  public void init(ProcessorContext<String, HeatmapBucket> context) {
    super.init(context);
    sums = new KnownSums<>(context.getStateStore(STORE), KNOWN);
  }

  @Override
  public void process(Record<String, HeatmapBucket> record) {
    KnownSums<HeatmapBucket> store = sums;
    if (store == null) {
      throw new IllegalStateException("expected init() before the first record");
    }
    HeatmapBucket delta = record.value();
    HeatmapBucket sum = store.get(record.key());
    if (sum == null) {
      sum = delta;
    } else {
      Sums.add(sum, delta.getTotal(), delta.getHumanTotal(), delta.getFirst());
    }
    sum.setVersion(sum.getVersion() + 1);
    store.put(record.key(), sum);
    context().forward(record.withValue(sum));
  }
}
