package io.aftersend.oracle;

import java.util.Map;

/// The numbers of the parts of one campaign.
///
/// @param slices by `dimension=value`, without heatmaps
/// @param links clicks by `source=link`, the link empty where none was reported
public record Breakdown(Map<String, Recount> slices, Map<String, Counts> links) {
  /// Of a campaign to which nothing happened.
  public static final Breakdown NONE = new Breakdown(Map.of(), Map.of());
}
