package io.aftersend.it.analysts;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The rows of counters and heatmaps that belong to known events, counted in the plainest way.
final class CountedRows {
  private static final Set<String> HEATMAP = Set.of("sent", "opened", "clicked");
  private static final long QUARTER_MS = 15 * 60 * 1_000;

  private CountedRows() {}

  /// Rows of `campaign_metrics`.
  static List<Map<String, Object>> campaigns(List<KnownEvent> events) {
    Map<List<String>, List<KnownEvent>> byCampaign = new HashMap<>();
    for (KnownEvent event : events) {
      if (event.isCounted()) {
        byCampaign
            .computeIfAbsent(List.of(event.tenant(), event.campaign()), key -> new ArrayList<>())
            .add(event);
      }
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    byCampaign.forEach(
        (key, own) ->
            rows.add(
                Map.of(
                    "tenant", key.getFirst(),
                    "campaign", key.getLast(),
                    "counters", counters(own),
                    "revenue", revenue(own),
                    "version", 1)));
    return rows;
  }

  /// Rows of `link_metrics`. A message is whatever a click is counted for.
  static List<Map<String, Object>> links(List<KnownEvent> events) {
    Map<List<String>, List<KnownEvent>> byLink = new HashMap<>();
    for (KnownEvent event : events) {
      if (event.is("clicked") && event.isCounted()) {
        String source = event.text("provider").isEmpty() ? "own" : "provider";
        byLink
            .computeIfAbsent(
                List.of(event.tenant(), event.campaign(), source, event.text("link")),
                key -> new ArrayList<>())
            .add(event);
      }
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    byLink.forEach(
        (key, own) -> {
          List<KnownEvent> human = own.stream().filter(KnownEvent::isHuman).toList();
          rows.add(
              Map.of(
                  "tenant", key.get(0),
                  "campaign", key.get(1),
                  "count_source", key.get(2),
                  "link", key.get(3),
                  "total", own.size(),
                  "unique", messages(own),
                  "human_total", human.size(),
                  "human_unique", messages(human),
                  "version", 1));
        });
    return rows;
  }

  private static long messages(List<KnownEvent> events) {
    return events.stream().map(KnownEvent::message).distinct().count();
  }

  private static Map<String, Long> counters(List<KnownEvent> events) {
    Map<String, Long> counters = new TreeMap<>();
    Map<String, Map<String, List<KnownEvent>>> byTally = new HashMap<>();
    for (KnownEvent event : events) {
      byTally
          .computeIfAbsent(tally(event), key -> new HashMap<>())
          .computeIfAbsent(event.message(), key -> new ArrayList<>())
          .add(event);
    }
    byTally.forEach(
        (tally, messages) ->
            messages
                .values()
                .forEach(
                    own -> {
                      long human = own.stream().filter(KnownEvent::isHuman).count();
                      counters.merge(tally + ".total", (long) own.size(), Long::sum);
                      counters.merge(tally + ".unique", 1L, Long::sum);
                      counters.merge(tally + ".human_total", human, Long::sum);
                      counters.merge(tally + ".human_unique", Math.min(1, human), Long::sum);
                    }));
    addMessages(events, counters);
    return counters;
  }

  private static String tally(KnownEvent event) {
    return event.text("provider").isEmpty() ? event.type() : "provider." + event.type();
  }

  private static void addMessages(List<KnownEvent> events, Map<String, Long> counters) {
    Map<String, List<KnownEvent>> byMessage = new HashMap<>();
    for (KnownEvent event : events) {
      if (event.text("provider").isEmpty()) {
        byMessage.computeIfAbsent(event.message(), key -> new ArrayList<>()).add(event);
      }
    }
    for (List<KnownEvent> own : byMessage.values()) {
      counters.merge("state." + finalState(own), 1L, Long::sum);
      List<KnownEvent> reached =
          own.stream().filter(event -> event.is("opened") || event.is("clicked")).toList();
      boolean isHuman = reached.stream().anyMatch(KnownEvent::isHuman);
      boolean isPrefetch = reached.stream().allMatch(event -> event.verdict().equals("prefetch"));
      counters.merge("reached.all", reached.isEmpty() ? 0L : 1L, Long::sum);
      counters.merge("reached.human", isHuman ? 1L : 0L, Long::sum);
      counters.merge(
          "reached.prefetch_only", !reached.isEmpty() && isPrefetch ? 1L : 0L, Long::sum);
      boolean isConverter = own.stream().anyMatch(event -> event.isHuman("converted"));
      counters.merge("converters", isConverter ? 1L : 0L, Long::sum);
    }
  }

  /// What became of a message: in these campaigns the latest report, none of which follows a hard
  /// bounce.
  static String finalState(List<KnownEvent> ofMessage) {
    String state = "";
    Instant latest = Instant.MIN;
    for (KnownEvent event : ofMessage) {
      boolean isReport = event.is("delivered") || event.is("bounced");
      if (isReport && event.time().isAfter(latest)) {
        latest = event.time();
        state = event.is("bounced") ? event.text("bounce_class") : event.type();
      }
    }
    return state;
  }

  private static Map<String, BigDecimal> revenue(List<KnownEvent> events) {
    Map<String, BigDecimal> revenue = new TreeMap<>();
    for (KnownEvent event : events) {
      if (event.isHuman("converted")) {
        BigDecimal value = (BigDecimal) Objects.requireNonNull(event.more().get("value"));
        revenue.merge(event.text("currency"), value, BigDecimal::add);
      }
    }
    return revenue;
  }

  private record Bucket(
      String tenant, String campaign, String event, String source, String zone, long quarter) {}

  /// Rows of `heatmap_buckets` by event time.
  static List<Map<String, Object>> buckets(List<KnownEvent> events) {
    Map<Bucket, List<KnownEvent>> buckets = new HashMap<>();
    Map<List<String>, KnownEvent> first = new HashMap<>();
    for (KnownEvent event : events) {
      if (event.isCounted() && HEATMAP.contains(event.type())) {
        buckets.computeIfAbsent(bucket(event), key -> new ArrayList<>()).add(event);
        if (event.isHuman()) {
          first.merge(
              List.of(event.tenant(), tally(event), event.message()),
              event,
              (a, b) -> a.time().isAfter(b.time()) ? b : a);
        }
      }
    }
    Set<String> firstIds = new TreeSet<>();
    first.values().forEach(event -> firstIds.add(event.id()));
    List<Map<String, Object>> rows = new ArrayList<>();
    buckets.forEach((bucket, own) -> rows.add(row(bucket, own, firstIds)));
    return rows;
  }

  private static Bucket bucket(KnownEvent event) {
    return new Bucket(
        event.tenant(),
        event.campaign(),
        event.type(),
        event.text("provider").isEmpty() ? "own" : "provider",
        event.text("recipient_time_zone"),
        event.time().toEpochMilli() / QUARTER_MS);
  }

  private static Map<String, Object> row(
      Bucket bucket, List<KnownEvent> events, Set<String> firstIds) {
    Map<String, Object> row = new HashMap<>();
    row.put("tenant", bucket.tenant());
    row.put("campaign", bucket.campaign());
    row.put("event", bucket.event());
    row.put("basis", "event");
    row.put("count_source", bucket.source());
    row.put("recipient_zone", bucket.zone());
    row.put("bucket_start", KnownEvent.column(Instant.ofEpochMilli(bucket.quarter() * QUARTER_MS)));
    row.put("total", events.size());
    row.put("human_total", events.stream().filter(KnownEvent::isHuman).count());
    row.put("first", events.stream().filter(event -> firstIds.contains(event.id())).count());
    row.put("version", 1);
    return row;
  }
}
