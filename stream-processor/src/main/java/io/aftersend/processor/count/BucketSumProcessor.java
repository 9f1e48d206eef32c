package io.aftersend.processor.count;

import io.aftersend.processor.state.Initialised;
import io.aftersend.processor.state.SumStore;
import io.aftersend.schemas.metric.HeatmapBucket;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
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
    return SumStore.builder(STORE, HeatmapBucket.class);
  }

  @Override
  public void init(ProcessorContext<String, HeatmapBucket> context) {
    super.init(context);
    sums = new KnownSums<>(context.getStateStore(STORE), KNOWN);
  }

  @Override
  public void process(Record<String, HeatmapBucket> record) {
    KnownSums<HeatmapBucket> store = Initialised.of(sums);
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
