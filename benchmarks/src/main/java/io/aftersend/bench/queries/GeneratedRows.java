package io.aftersend.bench.queries;

import java.util.ArrayList;
import java.util.List;

/// Rows for all tables, made by ClickHouse itself: 60 days of mail to the end of October 2026. One
/// tenant, `acme`, has half of them, nine others share the rest. Every day each tenant has a
/// campaign of its own.
final class GeneratedRows {
  /// Messages that are made and inserted at once, so that a table has several parts, as in use.
  private static final long BLOCK = 500_000;

  private static final double EVENTS_PER_MESSAGE = 2.75;
  private static final long EVENTS_PER_FURTHER_CAMPAIGN = 1_000;

  private static final List<String> KINDS =
      List.of(
          "('sent', 'delivered', 'bounced')",
          "('opened')",
          "('clicked')",
          "('converted', 'unsubscribed', 'complained')");

  private final long messages;
  private final long furtherCampaigns;

  /// @param events roughly how many rows the event table gets
  GeneratedRows(long events) {
    messages = Math.max(1, Math.round(events / EVENTS_PER_MESSAGE));
    furtherCampaigns = Math.max(1, events / EVENTS_PER_FURTHER_CAMPAIGN);
  }

  /// The statements that make them, in order.
  List<String> statements() {
    List<String> statements = new ArrayList<>();
    for (long from = 0; from < messages; from += BLOCK) {
      long to = Math.min(messages, from + BLOCK);
      // What happens to a mail comes in over days, so that parts overlap in the order of the table.
      for (String kinds : KINDS) {
        statements.add(filled(EVENTS.replace("$KINDS", kinds), from, to));
      }
      statements.add(filled(JUDGED_AGAIN, from, to));
    }
    statements.add(CAMPAIGN_COUNTERS);
    statements.add(FURTHER_CAMPAIGNS.replace("$CAMPAIGNS", Long.toString(furtherCampaigns)));
    statements.add(BUCKETS);
    return statements;
  }

  private String filled(String sql, long from, long to) {
    return sql.replace("$MADE", MADE)
        .replace("$MESSAGES", Long.toString(messages))
        .replace("$FROM", Long.toString(from))
        .replace("$COUNT", Long.toString(to - from));
  }

  /// Each kind of event has its own share of the messages, drawn from hashes of the message.
  private static final String MADE =
      """
      SELECT
          number AS m,
          cityHash64(m, 1) AS h,
          if(m % 2 = 0, 'acme', concat('tenant-', toString(m % 9))) AS owner,
          intDiv(m * 60, $MESSAGES) AS day,
          if(day = 34, 'spring', concat('day-', toString(day))) AS of_campaign,
          arrayJoin(arrayFilter(k -> k.4, [
              ('sent', 'human', 0, 1),
              ('delivered', 'human', 5, h % 100 >= 5),
              ('bounced', 'human', 5, h % 100 < 5),
              ('opened', 'prefetch', 60, h % 100 >= 5 AND bitShiftRight(h, 8) % 100 < 30),
              ('opened', 'human', 600 + bitShiftRight(h, 24) % 172800, h % 100 >= 5 AND bitShiftRight(h, 16) % 100 < 30),
              ('opened', 'proxy', 900 + bitShiftRight(h, 20) % 259200, h % 100 >= 5 AND bitShiftRight(h, 16) % 100 < 12),
              ('clicked', 'human', 660 + bitShiftRight(h, 24) % 172800, h % 100 >= 5 AND bitShiftRight(h, 16) % 100 < 6),
              ('clicked', 'scanner', 10, h % 100 >= 5 AND bitShiftRight(h, 32) % 100 < 5),
              ('converted', 'human', 1800 + bitShiftRight(h, 24) % 172800, h % 100 >= 5 AND bitShiftRight(h, 16) % 100 < 1),
              ('unsubscribed', 'human', 3600, h % 1000 BETWEEN 500 AND 502),
              ('complained', 'human', 7200, h % 10000 BETWEEN 5000 AND 5004)])) AS kind
      FROM numbers($FROM, $COUNT)
      """;

  private static final String COLUMNS =
      """
      (event_id, tenant, type, event_time, ingest_time, source, campaign, message, recipient, account, link, list, variant,
          recipient_time_zone, mailbox_provider, bounce_class, enhanced_code, url, goal, value, currency, `order`, user_agent,
          ip, network_class, client, os, device, country, region, city, verdict, reasons, confidence, revision, counted, expires_on)
      """;

  private static final String ROW =
      """
      SELECT
          concat(hex(cityHash64(m, kind.1, kind.2)), '-', toString(m % 8), '-', toString(m)),
          owner,
          kind.1,
          toDateTime64('2026-09-01 00:00:00', 3, 'UTC') + toIntervalMillisecond(intDiv(m * 5184000000, $MESSAGES) + 1000 * kind.3) AS at,
          at + toIntervalSecond(2),
          multiIf(kind.1 = 'opened', 'pixel', kind.1 = 'clicked', 'redirect', 'post'),
          of_campaign,
          concat(of_campaign, '-', toString(m)),
          concat('r', toString(cityHash64(m, 2) % greatest(100, intDiv($MESSAGES, 20)))),
          concat('company-', toString(h % 500)),
          if(kind.1 = 'clicked', concat('link-', toString(bitShiftRight(h, 40) % 12)), ''),
          concat('list-', toString(h % 5)),
          if(h % 2 = 0, 'a', 'b'),
          ['Asia/Baku', 'Asia/Tehran', 'Europe/London', ''][1 + h % 4],
          ['gmail', 'outlook', 'yahoo', 'apple', 'other'][1 + h % 5],
          if(kind.1 = 'bounced', ['hard', 'soft', 'block'][1 + h % 3], ''),
          if(kind.1 = 'bounced', ['5.1.1', '4.2.2', '5.7.1'][1 + h % 3], ''),
          if(kind.1 = 'clicked', concat('https://shop.example/', toString(bitShiftRight(h, 40) % 12)), ''),
          if(kind.1 = 'converted', ['purchase', 'booking'][1 + h % 2], ''),
          if(kind.1 = 'converted', toDecimal64(h % 20000, 6) / 100, NULL),
          if(kind.1 = 'converted', ['AZN', 'EUR'][1 + bitShiftRight(h, 3) % 2], ''),
          if(kind.1 = 'converted', concat('o', toString(m)), ''),
          if(kind.1 IN ('opened', 'clicked'), concat('Mozilla/5.0 (device ', toString(h % 3000), ') AppleWebKit/605.1.15'), ''),
          if(kind.1 IN ('opened', 'clicked'), concat(toString(h % 200), '.', toString(bitShiftRight(h, 9) % 250), '.7.0'), ''),
          multiIf(kind.2 = 'prefetch', 'apple_egress', kind.2 = 'proxy', 'google', kind.2 = 'scanner', 'microsoft', 'other'),
          ['Apple Mail', 'Gmail', 'Outlook'][1 + h % 3],
          ['iOS', 'Windows', 'Android'][1 + h % 3],
          ['mobile', 'desktop', 'tablet', 'webmail'][1 + h % 4],
          ['AZ', 'IR', 'TR', 'DE', ''][1 + h % 5],
          concat('region-', toString(h % 40)),
          concat('city-', toString(h % 300)),
          $JUDGEMENT
          toDate32('2090-01-01')
      FROM ($MADE)
      """;

  private static final String EVENTS =
      "INSERT INTO event_log "
          + COLUMNS
          + ROW.replace(
              "$JUDGEMENT",
              "kind.2, [if(kind.1 IN ('opened', 'clicked'), kind.2, 'reported')], 0.9, 0, true,")
          + "WHERE kind.1 IN $KINDS\n";

  /// Two in a hundred messages' hits turn out to be a scanner's.
  private static final String JUDGED_AGAIN =
      "INSERT INTO event_log "
          + COLUMNS
          + ROW.replace("$JUDGEMENT", "'scanner', ['burst'], 0.95, 1, true,")
          + "WHERE kind.1 IN ('opened', 'clicked') AND bitShiftRight(h, 48) % 50 = 0\n";

  private static final String CAMPAIGN_COUNTERS =
      """
      INSERT INTO campaign_metrics (tenant, campaign, dimension, dimension_value, counters, revenue, version)
      SELECT
          tenant,
          campaign,
          '',
          '',
          map(
              'sent.total', countIf(type = 'sent'), 'sent.unique', countIf(type = 'sent'),
              'delivered.total', countIf(type = 'delivered'), 'delivered.unique', countIf(type = 'delivered'),
              'state.delivered', countIf(type = 'delivered'), 'state.hard', countIf(type = 'bounced'),
              'opened.total', countIf(type = 'opened'), 'opened.unique', uniqIf(message, type = 'opened'),
              'opened.human_total', countIf(type = 'opened' AND verdict IN ('human', 'proxy')),
              'opened.human_unique', uniqIf(message, type = 'opened' AND verdict IN ('human', 'proxy')),
              'clicked.total', countIf(type = 'clicked'), 'clicked.unique', uniqIf(message, type = 'clicked'),
              'clicked.human_total', countIf(type = 'clicked' AND verdict IN ('human', 'proxy')),
              'clicked.human_unique', uniqIf(message, type = 'clicked' AND verdict IN ('human', 'proxy')),
              'reached.all', uniqIf(message, type IN ('opened', 'clicked')),
              'reached.human', uniqIf(message, type IN ('opened', 'clicked') AND verdict IN ('human', 'proxy')),
              'converters', countIf(type = 'converted')),
          map('AZN', CAST(1000, 'Decimal(38, 6)')),
          1
      FROM event_log
      GROUP BY tenant, campaign
      """;

  private static final String FURTHER_CAMPAIGNS =
      """
      INSERT INTO campaign_metrics (tenant, campaign, dimension, dimension_value, counters, revenue, version)
      SELECT
          if(number % 2 = 0, 'acme', 'tenant-1'),
          concat('old-', toString(number)),
          '',
          '',
          map(
              'sent.total', 1000, 'sent.unique', 1000, 'delivered.total', 950, 'delivered.unique', 950, 'state.delivered', 950,
              'state.hard', 50, 'opened.total', 900, 'opened.unique', 500, 'opened.human_total', 400, 'opened.human_unique', 300,
              'clicked.total', 90, 'clicked.unique', 70, 'clicked.human_total', 60, 'clicked.human_unique', 50,
              'reached.all', 520, 'reached.human', 310, 'reached.prefetch_only', 100, 'converters', number % 20),
          map('AZN', CAST(number, 'Decimal(38, 6)')),
          1
      FROM numbers($CAMPAIGNS)
      """;

  private static final String BUCKETS =
      """
      INSERT INTO heatmap_buckets
          (tenant, campaign, event, basis, count_source, recipient_zone, bucket_start, total, human_total, first, version)
      SELECT
          tenant,
          campaign,
          type,
          'event',
          'own',
          recipient_time_zone,
          toDateTime64(toStartOfFifteenMinutes(event_time), 3, 'UTC') AS quarter,
          count(),
          countIf(verdict IN ('human', 'proxy')),
          uniqIf(message, verdict IN ('human', 'proxy')),
          1
      FROM event_log
      WHERE type IN ('sent', 'opened', 'clicked')
      GROUP BY tenant, campaign, type, recipient_time_zone, quarter
      """;
}
