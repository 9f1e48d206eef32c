package io.aftersend.query.timeline;

import io.aftersend.query.clickhouse.ClickHouse;
import io.aftersend.query.period.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Timelines over the views of ClickHouse. Safe for any thread.
public final class ClickHouseTimelines implements TimelineReadModel {
  /// Every type of event in every step, and some room.
  private static final int MAX_ROWS = 60_000;

  private static final Duration BUCKET = Duration.ofMinutes(15);

  private final ClickHouse clickHouse;

  public ClickHouseTimelines(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  private static final String SPAN =
      """
      SELECT count() AS buckets, toUnixTimestamp64Milli(min(bucket_start)) AS first_ms,
        toUnixTimestamp64Milli(max(bucket_start)) AS last_ms
      FROM heatmap_counted_buckets
      WHERE tenant = ? AND campaign = ? AND basis = ?
      LIMIT 1
      """;

  @Override
  public @Nullable Period span(Question question) {
    List<Period> spans =
        clickHouse.query(
            SPAN,
            List.of(question.tenant(), question.campaign(), question.basis()),
            1,
            row ->
                row.getLong("buckets") == 0
                    ? Period.ALWAYS
                    : new Period(
                        Instant.ofEpochMilli(row.getLong("first_ms")),
                        Instant.ofEpochMilli(row.getLong("last_ms")).plus(BUCKET)));
    return spans.getFirst().equals(Period.ALWAYS) ? null : spans.getFirst();
  }

  private static final String STEPS =
      """
      SELECT start_seconds, event, total, human_total, first
      FROM campaign_timeline(zone = ?, grain = ?, period_start = ?, period_end = ?)
      WHERE tenant = ? AND campaign = ? AND basis = ?
      LIMIT 60000
      """;

  @Override
  public SortedMap<Instant, Map<String, EventSums>> steps(
      Question question, String grain, Period period, String zone) {
    SortedMap<Instant, Map<String, EventSums>> steps = new TreeMap<>();
    clickHouse.query(
        STEPS,
        List.of(
            zone,
            grain,
            period.start().toString(),
            period.end().toString(),
            question.tenant(),
            question.campaign(),
            question.basis()),
        MAX_ROWS,
        row ->
            steps
                .computeIfAbsent(
                    Instant.ofEpochSecond(row.getLong("start_seconds")), at -> new HashMap<>())
                .put(row.getString("event"), EventSums.read(row)));
    return steps;
  }
}
