package io.aftersend.oracle;

import java.math.BigDecimal;
import java.util.Map;

/// All numbers of one campaign.
///
/// @param counts by type of event; a provider's own opens and clicks are not among them
/// @param providerCounts a provider's own opens and clicks
/// @param finalStates messages by final delivery state: `delivered`, `hard`, `soft`, `block`,
///   `dropped` or `deferred`
/// @param converters messages, or what stands for them, with a conversion by a person
/// @param attributed conversions that name nothing but their recipients
/// @param statedForwards forwards and shares by people
/// @param inferredForwards forwards that somebody concluded
/// @param answered messages with a reply that a person wrote
/// @param late events of messages of which all was forgotten before, which are in totals only
/// @param revenue by currency
public record Recount(
    Map<String, Counts> counts,
    Map<String, Counts> providerCounts,
    Reach reach,
    Reach providerReach,
    Map<String, Long> finalStates,
    long converters,
    long attributed,
    long statedForwards,
    long inferredForwards,
    long answered,
    long late,
    Map<String, BigDecimal> revenue,
    Map<Bucket, Bucket.Content> buckets) {

  /// Of a campaign to which nothing happened.
  public static final Recount NONE = new CampaignTally().recount();

  /// The counts of a type, all 0 where nothing of it happened.
  public Counts counts(String type) {
    return counts.getOrDefault(type, Counts.NONE);
  }

  /// As [#counts(String)], of what a provider saw.
  public Counts providerCounts(String type) {
    return providerCounts.getOrDefault(type, Counts.NONE);
  }

  long finalState(String state) {
    return finalStates.getOrDefault(state, 0L);
  }
}
