package io.aftersend.processor.count;

import io.aftersend.processor.state.ChangelogSettings;
import io.aftersend.schemas.metric.LinkMetrics;
import io.aftersend.schemas.topic.AvroSerde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/// Sums the deltas of a link from all partitions; each change is a new version.
public final class LinkSumProcessor
    extends ContextualProcessor<String, LinkMetrics, String, LinkMetrics> {
  private static final String STORE = "link-sums";

  private @Nullable KeyValueStore<String, LinkMetrics> sums;

  /// What makes the store.
  public static StoreBuilder<KeyValueStore<String, LinkMetrics>> store() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STORE), Serdes.String(), AvroSerde.of(LinkMetrics.class))
        .withCachingEnabled()
        .withLoggingEnabled(ChangelogSettings.COMPACTED);
  }

  @Override
  public void init(ProcessorContext<String, LinkMetrics> context) {
    super.init(context);
    sums = context.getStateStore(STORE);
  }

  @Override
  public void process(Record<String, LinkMetrics> record) {
    KeyValueStore<String, LinkMetrics> store = sums;
    if (store == null) {
      throw new IllegalStateException("expected init() before the first record");
    }
    LinkMetrics delta = record.value();
    LinkMetrics sum = store.get(record.key());
    if (sum == null) {
      sum = delta;
    } else {
      Sums.add(sum, Sums.counts(delta));
    }
    sum.setVersion(sum.getVersion() + 1);
    store.put(record.key(), sum);
    context().forward(record.withValue(sum));
  }
}
