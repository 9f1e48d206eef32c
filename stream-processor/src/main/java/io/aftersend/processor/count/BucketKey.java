package io.aftersend.processor.count;

import io.aftersend.schemas.metric.HeatmapBucket;

/// What identifies a bucket of a tenant's heatmap.
///
/// @param basis `event` or `sent`
/// @param source `own` or `provider`
/// @param zone the recipients' zone; empty where unknown
/// @param quarter the quarter of an hour, from the epoch
record BucketKey(
    String campaign, String event, String basis, String source, String zone, long quarter) {

  static final String BASIS_EVENT = "event";
  static final String BASIS_SENT = "sent";

  /// The bucket of what is counted under a tally's name.
  static BucketKey of(String campaign, String tally, String basis, String zone, long quarter) {
    boolean isProviders = tally.startsWith(EventKind.PROVIDER_PREFIX);
    return new BucketKey(
        campaign,
        isProviders ? tally.substring(EventKind.PROVIDER_PREFIX.length()) : tally,
        basis,
        EventKind.source(tally),
        zone,
        quarter);
  }

  /// The bucket by event time of what is counted under a tally's name.
  static BucketKey ofEvents(String campaign, String tally, String zone, long quarter) {
    return of(campaign, tally, BASIS_EVENT, zone, quarter);
  }

  /// The record's key in the topic of buckets.
  String topicKey(String tenant) {
    return String.join(
        "|",
        tenant,
        campaign,
        event,
        basis,
        source,
        zone,
        Long.toString(Quarter.start(quarter).toEpochMilli()));
  }

  /// A record of the bucket without counts.
  HeatmapBucket empty(String tenant) {
    return new HeatmapBucket(
        tenant, campaign, event, basis, source, zone, Quarter.start(quarter), 0L, 0L, 0L, 0L);
  }
}
