package io.aftersend.processor.count;

import io.aftersend.schemas.metric.LinkMetrics;

/// What identifies a link of a campaign.
///
/// @param source `own` or `provider`
/// @param link name or position; empty for all clicks without one
record LinkKey(String source, String link) {

  /// The link of what is counted under a tally's name.
  static LinkKey of(String tally, String link) {
    return new LinkKey(EventKind.source(tally), link);
  }

  /// The record's key in the topic of links.
  String topicKey(String tenant, String campaign) {
    return String.join("|", tenant, campaign, source, link);
  }

  /// A record of the link without counts.
  LinkMetrics empty(String tenant, String campaign) {
    return new LinkMetrics(tenant, campaign, source, link, 0L, 0L, 0L, 0L, 0L);
  }
}
