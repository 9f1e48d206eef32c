package io.aftersend.processor.count;

import io.aftersend.processor.count.Deltas.BucketCounts;
import io.aftersend.schemas.metric.HeatmapBucket;
import io.aftersend.schemas.state.CampaignSums;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// Deltas of this partition on their way to the sums, added up per campaign and per bucket, so that
/// one campaign with all the traffic does not bind to one thread.
///
/// They lie in memory and must go out before every commit, in the same transaction as the offsets
/// of the events that they come from: a crash loses both. For the task's thread.
final class PendingCounts {
  private final KeyValueStore<String, CampaignSums> campaigns;
  private final KeyValueStore<String, HeatmapBucket> buckets;

  PendingCounts(
      KeyValueStore<String, CampaignSums> campaigns, KeyValueStore<String, HeatmapBucket> buckets) {
    this.campaigns = campaigns;
    this.buckets = buckets;
  }

  /// Notes that a campaign exists, though nothing of it is counted.
  void mention(String tenant, String campaign) {
    campaigns.putIfAbsent(Sums.topicKey(tenant, campaign), empty(tenant, campaign));
  }

  /// Adds what one event changed.
  void add(String tenant, String campaign, Deltas deltas) {
    if (!deltas.counters().isEmpty() || !deltas.revenue().isEmpty()) {
      String key = Sums.topicKey(tenant, campaign);
      CampaignSums pending = campaigns.get(key);
      if (pending == null) {
        pending = empty(tenant, campaign);
      }
      Sums.add(pending, deltas.counters(), deltas.revenue());
      campaigns.put(key, pending);
    }
    for (Map.Entry<BucketKey, BucketCounts> change : deltas.buckets().entrySet()) {
      String key = change.getKey().topicKey(tenant);
      HeatmapBucket pending = buckets.get(key);
      if (pending == null) {
        pending = change.getKey().empty(tenant);
      }
      BucketCounts counts = change.getValue();
      Sums.add(pending, counts.total(), counts.humanTotal(), counts.first());
      buckets.put(key, pending);
    }
  }

  /// Hands all deltas over and forgets them. A bucket without a change is not worth a record; a
  /// campaign is, since it may be new.
  void flush(BiConsumer<String, SpecificRecord> forward) {
    flush(campaigns, any -> true, forward);
    flush(buckets, bucket -> !Sums.isZero(bucket), forward);
  }

  private static CampaignSums empty(String tenant, String campaign) {
    return new CampaignSums(tenant, campaign, new HashMap<>(), new HashMap<>(), 0L);
  }

  private static <V extends SpecificRecord> void flush(
      KeyValueStore<String, V> store,
      Predicate<V> isWorthSending,
      BiConsumer<String, SpecificRecord> forward) {
    List<KeyValue<String, V>> pending = new ArrayList<>();
    try (KeyValueIterator<String, V> all = store.all()) {
      all.forEachRemaining(pending::add);
    }
    for (KeyValue<String, V> delta : pending) {
      store.delete(delta.key);
      if (isWorthSending.test(delta.value)) {
        forward.accept(delta.key, delta.value);
      }
    }
  }
}
