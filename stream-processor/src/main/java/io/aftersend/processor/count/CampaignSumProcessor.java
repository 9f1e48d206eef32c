package io.aftersend.processor.count;

import io.aftersend.processor.state.Initialised;
import io.aftersend.schemas.metric.CampaignMetrics;
import io.aftersend.schemas.state.CampaignSums;
import java.util.List;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/// Sums the deltas of a campaign, or of one of its slices, from all partitions; each commit with a
/// change brings one new version.
public final class CampaignSumProcessor
    extends ContextualProcessor<String, CampaignSums, String, CampaignMetrics> {
  /// Sums held as objects, by each task.
  private static final int KNOWN = 5_000;

  private static final String STORE = "campaign-sums";
  private static final String COMMIT = "campaign-sums-commit";

  private @Nullable KnownSums<CampaignSums> sums;

  /// What makes the stores.
  public static List<StoreBuilder<?>> stores() {
    return KnownSums.stores(STORE, COMMIT, CampaignSums.class);
  }

  @Override
  public void init(ProcessorContext<String, CampaignMetrics> context) {
    super.init(context);
    sums = KnownSums.of(context, STORE, COMMIT, KNOWN, Slice::published);
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
    store.change(record.key(), sum);
  }
}
