package io.aftersend.processor.count;

import io.aftersend.processor.state.Initialised;
import io.aftersend.schemas.metric.LinkMetrics;
import java.util.List;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/// Sums the deltas of a link from all partitions; what has changed between two commits goes out
/// once, as a new version.
public final class LinkSumProcessor
    extends ContextualProcessor<String, LinkMetrics, String, LinkMetrics> {
  /// Sums held as objects, by each task.
  private static final int KNOWN = 10_000;

  private static final String STORE = "link-sums";
  private static final String COMMIT = "link-sums-commit";

  private @Nullable KnownSums<LinkMetrics> sums;

  /// What makes the stores.
  public static List<StoreBuilder<?>> stores() {
    return KnownSums.stores(STORE, COMMIT, LinkMetrics.class);
  }

  @Override
  public void init(ProcessorContext<String, LinkMetrics> context) {
    super.init(context);
    sums = KnownSums.of(context, STORE, COMMIT, KNOWN, sum -> sum);
  }

  @Override
  public void process(Record<String, LinkMetrics> record) {
    KnownSums<LinkMetrics> store = Initialised.of(sums);
    LinkMetrics delta = record.value();
    LinkMetrics sum = store.get(record.key());
    if (sum == null) {
      sum = delta;
    } else {
      Sums.add(sum, Sums.counts(delta));
    }
    sum.setVersion(sum.getVersion() + 1);
    store.change(record.key(), sum);
  }
}
