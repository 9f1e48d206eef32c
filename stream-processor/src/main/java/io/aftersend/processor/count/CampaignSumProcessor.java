package io.aftersend.processor.count;

import io.aftersend.processor.state.Initialised;
import io.aftersend.processor.state.SumStore;
import io.aftersend.schemas.metric.CampaignMetrics;
import io.aftersend.schemas.state.CampaignSums;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/// Sums the deltas of a campaign, or of one of its slices, from all partitions; each change is a
/// new version.
public final class CampaignSumProcessor
    extends ContextualProcessor<String, CampaignSums, String, CampaignMetrics> {
  /// Sums held as objects, by each task.
  private static final int KNOWN = 2_000;

  private static final String STORE = "campaign-sums";

  private @Nullable KnownSums<CampaignSums> sums;

  /// What makes the store.
  public static StoreBuilder<KeyValueStore<String, CampaignSums>> store() {
    return SumStore.builder(STORE, CampaignSums.class);
  }

  @Override
  public void init(ProcessorContext<String, CampaignMetrics> context) {
    super.init(context);
    sums = new KnownSums<>(context.getStateStore(STORE), KNOWN);
  }

  @Override
  public void process(Record<String, CampaignSums> record) {
    KnownSums<CampaignSums> store = Initialised.of(sums);
    CampaignSums delta = record.value();
    CampaignSums sum = store.get(record.key());
    if (sum == null) {
      sum = Slice.of(delta).empty(delta.getTenant(), delta.getCampaign());
    }
    Sums.add(sum, delta.getCounters(), delta.getRevenue());
    sum.setVersion(sum.getVersion() + 1);
    store.put(record.key(), sum);
    context().forward(record.withValue(Slice.published(sum)));
  }
}
