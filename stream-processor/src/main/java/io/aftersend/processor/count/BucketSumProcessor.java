package io.aftersend.processor.count;

import io.aftersend.processor.state.Initialised;
import io.aftersend.schemas.metric.HeatmapBucket;
import java.util.List;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/// Sums the deltas of a heatmap bucket from all partitions; what has changed between two commits
/// goes out once, as a new version.
public final class BucketSumProcessor
    extends ContextualProcessor<String, HeatmapBucket, String, HeatmapBucket> {
  /// Sums held as objects, by each task.
  private static final int KNOWN = 10_000;

  private static final String STORE = "bucket-sums";
  private static final String COMMIT = "bucket-sums-commit";

  private @Nullable KnownSums<HeatmapBucket> sums;

  /// What makes the stores.
  public static List<StoreBuilder<?>> stores() {
    return KnownSums.stores(STORE, COMMIT, HeatmapBucket.class);
  }

  @Override
  public void init(ProcessorContext<String, HeatmapBucket> context) {
    super.init(context);
    sums = KnownSums.of(context, STORE, COMMIT, KNOWN, sum -> sum);
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
    store.change(record.key(), sum);
  }
}
