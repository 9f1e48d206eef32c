package io.aftersend.processor;

import io.aftersend.oracle.Breakdown;
import io.aftersend.oracle.Bucket;
import io.aftersend.oracle.Counts;
import io.aftersend.oracle.Reach;
import io.aftersend.oracle.Recount;
import io.aftersend.schemas.metric.CampaignMetrics;
import io.aftersend.schemas.metric.LinkMetrics;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads the numbers of a campaign from the rows that the topology publishes, by the names that the
/// views in ClickHouse know them by. A counter of any other name is a failure.
final class RecountOfRows {
  private static final List<String> STATES =
      List.of("delivered", "hard", "soft", "block", "dropped", "deferred");

  private final Map<String, Long> counters;
  private final Set<String> unread;

  private RecountOfRows(Map<String, Long> counters) {
    this.counters = counters;
    unread = new TreeSet<>(counters.keySet());
  }

  /// @param buckets by `event|basis|source|zone|epoch ms`: total, human total, first
  static Recount read(CampaignMetrics row, Map<String, List<Long>> buckets) {
    return new RecountOfRows(row.getCounters()).recount(row, buckets);
  }

  /// The parts of a campaign.
  static Breakdown read(List<CampaignMetrics> slices, List<LinkMetrics> links) {
    Map<String, Recount> recounts = new TreeMap<>();
    for (CampaignMetrics row : slices) {
      recounts.put(row.getDimension() + "=" + row.getDimensionValue(), read(row, Map.of()));
    }
    Map<String, Counts> clicks = new TreeMap<>();
    for (LinkMetrics row : links) {
      if (row.getTotal() != 0) {
        clicks.put(
            row.getCountSource() + "=" + row.getLink(),
            new Counts(row.getTotal(), row.getUnique(), row.getHumanTotal(), row.getHumanUnique()));
      }
    }
    return new Breakdown(recounts, clicks);
  }

  private Recount recount(CampaignMetrics row, Map<String, List<Long>> buckets) {
    Recount recount =
        new Recount(
            counts(""),
            counts("provider."),
            reach(""),
            reach("provider."),
            states(),
            counter("converters"),
            counter("converted.attributed_total"),
            counter("forwarded.stated_human_total"),
            counter("forwarded.inferred_total"),
            counter("replied.by_person_unique"),
            counter("late_total"),
            row.getRevenue(),
            buckets(buckets));
    if (!unread.isEmpty()) {
      throw new AssertionError("expected no other counters, got " + unread);
    }
    return recount;
  }

  private Map<String, Counts> counts(String prefix) {
    Map<String, Counts> counts = new HashMap<>();
    for (String counter : counters.keySet()) {
      if (counter.endsWith(".total") && counter.startsWith("provider.") == !prefix.isEmpty()) {
        String type = counter.substring(prefix.length(), counter.length() - ".total".length());
        counts.put(
            type,
            new Counts(
                counter(prefix + type + ".total"),
                counter(prefix + type + ".unique"),
                counter(prefix + type + ".human_total"),
                counter(prefix + type + ".human_unique")));
      }
    }
    return counts;
  }

  private Reach reach(String prefix) {
    return new Reach(
        counter(prefix + "reached.all"),
        counter(prefix + "reached.human"),
        counter(prefix + "reached.prefetch_only"));
  }

  private Map<String, Long> states() {
    Map<String, Long> states = new HashMap<>();
    for (String state : STATES) {
      if (counters.containsKey("state." + state)) {
        states.put(state, counter("state." + state));
      }
    }
    return states;
  }

  private long counter(String name) {
    unread.remove(name);
    return counters.getOrDefault(name, 0L);
  }

  private static Map<Bucket, Bucket.Content> buckets(Map<String, List<Long>> rows) {
    Map<Bucket, Bucket.Content> buckets = new TreeMap<>();
    rows.forEach(
        (key, numbers) -> {
          String[] parts = key.split("\\|", -1);
          Instant start = Instant.ofEpochMilli(Long.parseLong(parts[4]));
          buckets.put(
              new Bucket(parts[0], parts[1], parts[2], parts[3], start),
              new Bucket.Content(numbers.get(0), numbers.get(1), numbers.get(2)));
        });
    return buckets;
  }
}
