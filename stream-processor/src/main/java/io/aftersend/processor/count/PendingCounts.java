package io.aftersend.processor.count;

import io.aftersend.processor.count.Deltas.BucketCounts;
import io.aftersend.processor.count.Deltas.LinkCounts;
import io.aftersend.processor.state.StoreDrain;
import io.aftersend.schemas.metric.HeatmapBucket;
import io.aftersend.schemas.metric.LinkMetrics;
import io.aftersend.schemas.state.CampaignSums;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.KeyValueStore;

/// Deltas of this partition on their way to the sums, added up per campaign and each of its slices,
/// per link and per bucket, so that one campaign with all the traffic does not bind to one thread.
///
/// They lie in memory and must go out before every commit, in the same transaction as the offsets
/// of the events that they come from: a crash loses both. For the task's thread.
final class PendingCounts {
  private final KeyValueStore<String, CampaignSums> campaigns;
  private final KeyValueStore<String, HeatmapBucket> buckets;
  private final KeyValueStore<String, LinkMetrics> links;

  PendingCounts(
      KeyValueStore<String, CampaignSums> campaigns,
      KeyValueStore<String, HeatmapBucket> buckets,
      KeyValueStore<String, LinkMetrics> links) {
    this.campaigns = campaigns;
    this.buckets = buckets;
    this.links = links;
  }

  /// Notes that a campaign exists, though nothing of it is counted.
  void mention(String tenant, String campaign) {
    campaigns.putIfAbsent(
        Slice.WHOLE.topicKey(tenant, campaign), Slice.WHOLE.empty(tenant, campaign));
  }

  /// Adds what one event changed.
  void add(String tenant, String campaign, Deltas deltas) {
    for (Map.Entry<Slice, CounterChange> change : deltas.slices().entrySet()) {
      Slice slice = change.getKey();
      String key = slice.topicKey(tenant, campaign);
      CampaignSums pending = campaigns.get(key);
      if (pending == null) {
        pending = slice.empty(tenant, campaign);
      }
      Sums.add(pending, change.getValue().counters(), change.getValue().revenue());
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
    for (Map.Entry<LinkKey, LinkCounts> change : deltas.links().entrySet()) {
      String key = change.getKey().topicKey(tenant, campaign);
      LinkMetrics pending = links.get(key);
      if (pending == null) {
        pending = change.getKey().empty(tenant, campaign);
      }
      Sums.add(pending, change.getValue());
      links.put(key, pending);
    }
  }

  /// Hands all deltas over and forgets them. What has no change is not worth a record, but for
  /// whole campaigns, which may be new.
  void flush(BiConsumer<String, SpecificRecord> forward) {
    flush(campaigns, sums -> Slice.of(sums).equals(Slice.WHOLE) || !Sums.isZero(sums), forward);
    flush(buckets, bucket -> !Sums.isZero(bucket), forward);
    flush(links, link -> !Sums.counts(link).equals(LinkCounts.NONE), forward);
  }

  private static <V extends SpecificRecord> void flush(
      KeyValueStore<String, V> store,
      Predicate<V> isWorthSending,
      BiConsumer<String, SpecificRecord> forward) {
    StoreDrain.drain(
        store,
        (key, delta) -> {
          if (isWorthSending.test(delta)) {
            forward.accept(key, delta);
          }
        });
  }
}
