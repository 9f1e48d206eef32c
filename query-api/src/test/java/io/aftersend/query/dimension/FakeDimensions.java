package io.aftersend.query.dimension;

import io.aftersend.query.campaign.EventCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Dimensions in memory, by tenant, campaign and dimension.
public final class FakeDimensions implements DimensionReadModel {
  private final NavigableMap<String, NavigableMap<String, List<EventCounts>>> tables =
      new TreeMap<>();

  public void add(
      String tenant, String campaign, Dimension dimension, String value, EventCounts counts) {
    tables
        .computeIfAbsent(key(tenant, campaign, dimension), any -> new TreeMap<>())
        .computeIfAbsent(value, any -> new ArrayList<>())
        .add(counts);
  }

  private static String key(String tenant, String campaign, Dimension dimension) {
    return tenant + "|" + campaign + "|" + dimension;
  }

  @Override
  public List<ValueCounts> after(
      String tenant, String campaign, Dimension dimension, @Nullable String after, int limit) {
    NavigableMap<String, List<EventCounts>> values = tables.get(key(tenant, campaign, dimension));
    if (values == null) {
      return List.of();
    }
    return (after == null ? values : values.tailMap(after, false))
        .entrySet().stream()
            .limit(limit)
            .map(entry -> new ValueCounts(entry.getKey(), all(dimension, entry.getValue())))
            .toList();
  }

  private static List<EventCounts> all(Dimension dimension, List<EventCounts> counts) {
    return dimension.types().stream()
        .map(
            type ->
                counts.stream()
                    .filter(count -> count.type().equals(type))
                    .findFirst()
                    .orElse(EventCounts.none(type)))
        .toList();
  }
}
