package io.aftersend.query.campaign;

import io.aftersend.query.clickhouse.ClickHouse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Pages of the table of campaigns over the views of ClickHouse. Safe for any thread.
final class CampaignPages {
  /// More than there are event types.
  private static final int MAX_TYPES = 100;

  private final ClickHouse clickHouse;

  CampaignPages(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /// The order is put in from the texts below, never from a request.
  @SuppressWarnings("InlineFormatString") // A query stands by itself.
  private static final String PAGE =
      """
      SELECT campaign, name, subject, cost, currency, labels, list, count_source, place_number, place_text
      FROM
      (
        SELECT campaign, name, subject, cost, currency, labels, list, count_source,
          %s AS place_number, %s AS place_text
        FROM campaign_overview %s
        WHERE tenant = ? AND (? = '' OR has(labels, ?))
          AND (? = '' OR positionCaseInsensitiveUTF8(concat(campaign, '\\n', name, '\\n', subject), ?) > 0)
      )
      WHERE ? = 1 OR (place_number, place_text, campaign) %s (?, ?, ?)
      ORDER BY place_number %s, place_text %s, campaign %s
      LIMIT ?
      """;

  private static final String FIRST_SENT =
      """
      LEFT JOIN
        (
          SELECT campaign AS sent_campaign, toInt64(toUnixTimestamp(min(bucket_start))) AS first_sent
          FROM heatmap_counted_buckets
          WHERE tenant = ? AND event = 'sent' AND basis = 'event'
          GROUP BY campaign
        ) AS sends ON campaign = sent_campaign
      """;

  private static String sql(CampaignQuestion question) {
    String number =
        switch (question.order()) {
          case CAMPAIGN, NAME -> "toInt64(0)";
          case SENT -> "counters['sent.unique']";
          case OPENED -> human("opened");
          case CLICKED -> human("clicked");
          case FIRST_SENT -> "first_sent";
        };
    String text =
        question.order() == CampaignOrder.NAME ? "lowerUTF8(if(name = '', campaign, name))" : "''";
    String direction = question.isDescending() ? "DESC" : "ASC";
    return PAGE.formatted(
        number,
        text,
        question.order() == CampaignOrder.FIRST_SENT ? FIRST_SENT : "",
        question.isDescending() ? "<" : ">",
        direction,
        direction,
        direction);
  }

  private static String human(String type) {
    return "counters[concat(if(count_source = 'provider', 'provider.', ''), '"
        + type
        + ".human_unique')]";
  }

  private static final String PAGE_COUNTS =
      """
      SELECT campaign, type, total, unique, human_total, human_unique
      FROM campaign_counts
      WHERE tenant = ? AND campaign IN (SELECT arrayJoin(?))
        AND type IN ('sent', 'delivered', 'bounced', 'opened', 'clicked', 'replied', 'converted',
          'unsubscribed', 'complained')
      LIMIT ?
      """;

  /// The profile of a row, and where it stands.
  private record Row(CampaignProfile profile, CampaignQuestion.Place place) {}

  List<CampaignSummary> page(CampaignQuestion question) {
    List<Row> rows =
        clickHouse.query(
            sql(question),
            parameters(question),
            question.limit(),
            row ->
                new Row(
                    ClickHouseCampaigns.profile(row),
                    new CampaignQuestion.Place(
                        row.getLong("place_number"),
                        row.getString("place_text"),
                        row.getString("campaign"))));
    if (rows.isEmpty()) {
      return List.of();
    }
    int maxCounts = (rows.size() + 1) * MAX_TYPES;
    List<String> campaigns = rows.stream().map(row -> row.profile().campaign()).toList();
    Map<String, Map<String, EventCounts>> counts = new HashMap<>();
    clickHouse.query(
        PAGE_COUNTS,
        List.of(question.tenant(), campaigns, maxCounts),
        maxCounts,
        row -> {
          EventCounts read = EventCounts.read(row);
          return counts
              .computeIfAbsent(row.getString("campaign"), campaign -> new HashMap<>())
              .put(read.type(), read);
        });
    return rows.stream()
        .map(row -> summary(row, counts.getOrDefault(row.profile().campaign(), Map.of())))
        .toList();
  }

  private static List<Object> parameters(CampaignQuestion question) {
    CampaignQuestion.Place after = question.after();
    List<Object> parameters = new ArrayList<>();
    if (question.order() == CampaignOrder.FIRST_SENT) {
      parameters.add(question.tenant());
    }
    parameters.addAll(
        List.of(
            question.tenant(),
            question.label(),
            question.label(),
            question.search(),
            question.search(),
            after == null ? 1 : 0,
            after == null ? 0L : after.number(),
            after == null ? "" : after.text(),
            after == null ? "" : after.campaign(),
            question.limit()));
    return parameters;
  }

  private static CampaignSummary summary(Row row, Map<String, EventCounts> counts) {
    return new CampaignSummary(
        row.profile(),
        row.place(),
        CampaignReadModel.MAIN_TYPES.stream()
            .map(type -> counts.getOrDefault(type, EventCounts.none(type)))
            .toList());
  }

  private static final String SPARKLINES =
      """
      SELECT campaign, min(started) * 1000 AS start_ms, day,
        sumIf(if(event = 'sent', total, human_total), event = ?) AS events
      FROM
      (
        SELECT campaign, event, total, human_total,
          min(toUnixTimestamp(bucket_start)) OVER (PARTITION BY campaign) AS started,
          intDiv(toUnixTimestamp(bucket_start) - started, 86400) AS day
        FROM heatmap_counted_buckets
        WHERE tenant = ? AND campaign IN (SELECT arrayJoin(?)) AND basis = 'event'
          AND event IN ('sent', 'opened', 'clicked')
      )
      WHERE day < ?
      GROUP BY campaign, day
      LIMIT ?
      """;

  Map<String, Sparkline> sparklines(String tenant, List<String> campaigns, String event) {
    int max = Sparkline.DAYS * campaigns.size();
    Map<String, Instant> starts = new HashMap<>();
    Map<String, Long[]> days = new HashMap<>();
    clickHouse.query(
        SPARKLINES,
        List.of(event, tenant, campaigns, Sparkline.DAYS, max),
        max,
        row -> {
          String campaign = row.getString("campaign");
          starts.put(campaign, Instant.ofEpochMilli(row.getLong("start_ms")));
          days.computeIfAbsent(campaign, any -> noEvents())[row.getInt("day")] =
              row.getLong("events");
          return campaign;
        });
    Map<String, Sparkline> sparklines = new HashMap<>();
    starts.forEach(
        (campaign, start) ->
            sparklines.put(
                campaign, new Sparkline(start, List.of(days.getOrDefault(campaign, noEvents())))));
    return sparklines;
  }

  private static Long[] noEvents() {
    Long[] days = new Long[Sparkline.DAYS];
    Arrays.fill(days, 0L);
    return days;
  }
}
