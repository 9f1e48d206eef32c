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
