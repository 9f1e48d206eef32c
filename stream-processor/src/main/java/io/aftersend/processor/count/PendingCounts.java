package io.aftersend.processor.count;

import io.aftersend.processor.count.Deltas.LinkCounts;
import io.aftersend.processor.state.TransientStore;
import io.aftersend.schemas.metric.HeatmapBucket;
import io.aftersend.schemas.metric.LinkMetrics;
import io.aftersend.schemas.state.CampaignSums;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;

/// Deltas of this partition on their way to the sums, added up per campaign and each of its slices,
/// per link and per bucket, so that one campaign with all the traffic does not bind to one thread.
///
/// They lie in memory and must go out before every commit, in the same transaction as the offsets
/// of the events that they come from: a crash loses both. For the task's thread.
final class PendingCounts {
  /// Most deltas that are held; then they go out at once.
  static final int MAX_HELD = 100_000;

  private final TransientStore<SliceKey, CampaignSums> campaigns;
  private final TransientStore<BucketOf, HeatmapBucket> buckets;
  private final TransientStore<LinkOf, LinkMetrics> links;

  /// What identifies a slice.
  record SliceKey(String tenant, String campaign, Slice slice) {
    CampaignSums empty() {
      return slice.empty(tenant, campaign);
    }
  }

  /// What identifies a bucket.
  record BucketOf(String tenant, BucketKey bucket) {
    HeatmapBucket empty() {
      return bucket.empty(tenant);
    }
  }

  /// What identifies a link.
  record LinkOf(String tenant, String campaign, LinkKey link) {
    LinkMetrics empty() {
      return link.empty(tenant, campaign);
    }
  }

  PendingCounts(
      TransientStore<SliceKey, CampaignSums> campaigns,
      TransientStore<BucketOf, HeatmapBucket> buckets,
      TransientStore<LinkOf, LinkMetrics> links) {
    this.campaigns = campaigns;
    this.buckets = buckets;
    this.links = links;
  }

  /// Notes that a campaign exists, though nothing of it is counted.
  void mention(String tenant, String campaign) {
    campaigns.get(new SliceKey(tenant, campaign, Slice.WHOLE), SliceKey::empty);
  }

  /// Adds what one event changed.
  void add(String tenant, String campaign, Deltas deltas) {
    deltas
        .slices()
        .forEach(
            (slice, change) ->
                Sums.add(
                    campaigns.get(new SliceKey(tenant, campaign, slice), SliceKey::empty),
                    change.counters(),
                    change.revenue()));
    deltas
        .buckets()
        .forEach(
            (bucket, change) ->
                Sums.add(
                    buckets.get(new BucketOf(tenant, bucket), BucketOf::empty),
                    change.total(),
                    change.humanTotal(),
                    change.first()));
    deltas
        .links()
        .forEach(
            (link, change) ->
                Sums.add(links.get(new LinkOf(tenant, campaign, link), LinkOf::empty), change));
  }

  /// Whether so much is held that it should go out before the next commit.
  boolean isFull() {
    return campaigns.size() + buckets.size() + links.size() >= MAX_HELD;
  }

  /// Hands all deltas over and forgets them. What has no change is not worth a record, but for
  /// whole campaigns, which may be new.
  void flush(BiConsumer<String, SpecificRecord> forward) {
    campaigns.drain(
        (key, sums) -> {
          if (key.slice().equals(Slice.WHOLE) || !Sums.isZero(sums)) {
            forward.accept(key.slice().topicKey(key.tenant(), key.campaign()), sums);
          }
        });
    buckets.drain(
        (key, bucket) -> {
          if (!Sums.isZero(bucket)) {
            forward.accept(key.bucket().topicKey(key.tenant()), bucket);
          }
        });
    links.drain(
        (key, link) -> {
          if (!Sums.counts(link).equals(LinkCounts.NONE)) {
            forward.accept(key.link().topicKey(key.tenant(), key.campaign()), link);
          }
        });
  }
}
