package io.aftersend.query.dimension;

import io.aftersend.query.campaign.EventCounts;
import java.util.List;

/// The counts of one value of a dimension.
///
/// @param value empty where it is not known
/// @param counts of the types of its [Dimension], in that order
public record ValueCounts(String value, List<EventCounts> counts) {
  public ValueCounts {
    counts = List.copyOf(counts);
  }
}
