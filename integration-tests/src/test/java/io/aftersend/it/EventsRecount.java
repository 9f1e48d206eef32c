package io.aftersend.it;

import io.aftersend.oracle.Bucket;
import io.aftersend.oracle.Counts;
import io.aftersend.oracle.Reach;
import io.aftersend.oracle.Recount;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Counts a campaign again by SQL, from the rows of `aftersend.events` and their verdicts alone.
///
/// An order belongs to one message, else to one event.
final class EventsRecount {
  /// Histories of integration tests have no conversions to attribute.
  private static final long NONE_ATTRIBUTED = 0;

  private final Client client;
  private final String counted;

  private EventsRecount(Client client, String counted) {
    this.client = client;
    this.counted = counted;
  }

  /// @param prefix of the ids of all events of the history
  /// @param zones names that count as zones, as an array of SQL
  static Recount of(Client client, String tenant, String prefix, String campaign, String zones) {
    return new EventsRecount(client, counted(tenant, prefix, campaign, zones)).recount();
  }

  /// The rows that count, each with its unit (what it is unique by), its campaign and whether a
  /// person made it.
  static String counted(String tenant, String prefix, String campaign, String zones) {
    return """
        SELECT
          *,
          max(if(has(%3$s, recipient_time_zone), recipient_time_zone, '')) OVER (PARTITION BY unit) AS zone
        FROM (
          WITH
            multiIf(
              message != '', concat('m ', message), recipient != '', concat('r ', recipient),
              list != '', concat('l ', list), mailbox != '', concat('t ', mailbox, ' ', thread),
              concat('e ', event_id)) AS unit,
            type IN ('opened', 'clicked') AS is_hit,
            if(is_hit AND provider != '', 'provider', 'own') AS hit_source,
            if(type = 'replied', NOT ifNull(auto_reply, false), verdict IN ('human', 'proxy')) AS is_human,
            type = 'converted' AND is_human AS is_sale
          SELECT
            *, unit, hit_source, is_hit, is_human, is_sale,
            if(
              campaign != '', campaign,
              if(message = '', '', max(campaign) OVER (PARTITION BY unit))) AS counted_campaign
          FROM aftersend.events
          WHERE tenant = '%4$s' AND campaign IN ('', '%2$s') AND startsWith(event_id, '%1$s') AND NOT test
          QUALIFY counted_campaign = '%2$s'
          ORDER BY ingest_time, sequence
          LIMIT 1 BY if(is_sale AND `order` != '', concat('order ', `order`), concat(unit, ' ', event_id)))
        """
        .formatted(prefix, campaign, zones, tenant);
  }

  private Recount recount() {
    List<String> sums = sums();
    return new Recount(
        counts("own"),
        counts("provider"),
        reach("own"),
        reach("provider"),
        finalStates(),
        Long.parseLong(sums.get(0)),
        NONE_ATTRIBUTED,
        Long.parseLong(sums.get(1)),
        Long.parseLong(sums.get(2)),
        Long.parseLong(sums.get(3)),
        0,
        revenue(),
        buckets());
  }

  private List<List<String>> query(String sql) {
    return client.query(sql.formatted("(" + counted + ")"));
  }

  private Map<String, Counts> counts(String source) {
    Map<String, Counts> counts = new HashMap<>();
    for (List<String> row :
        query(
            """
            SELECT type, count(), uniqExact(unit), countIf(is_human), uniqExactIf(unit, is_human)
            FROM %%s WHERE hit_source = '%s' GROUP BY type
            """
                .formatted(source))) {
      counts.put(
          row.getFirst(),
          new Counts(number(row, 1), number(row, 2), number(row, 3), number(row, 4)));
    }
    return counts;
  }

  private Reach reach(String source) {
    List<String> row =
        query(
                """
                SELECT count(), countIf(people > 0), countIf(others = 0)
                FROM (
                  SELECT countIf(is_human) AS people, countIf(verdict != 'prefetch') AS others
                  FROM %%s WHERE is_hit AND hit_source = '%s' GROUP BY unit)
                """
                    .formatted(source))
            .getFirst();
    return new Reach(number(row, 0), number(row, 1), number(row, 2));
  }

  private Map<String, Long> finalStates() {
    Map<String, Long> states = new HashMap<>();
    for (List<String> row :
        query(
            """
            SELECT final, count()
            FROM (
              SELECT
                if(
                  countIf(state = 'hard') > 0, 'hard',
                  argMax(
                    state,
                    (event_time, indexOf(['deferred', 'dropped', 'soft', 'block', 'delivered'], state)))
                ) AS final
              FROM (SELECT *, if(type = 'bounced', bounce_class, type) AS state FROM %s)
              WHERE type IN ('bounced', 'delivered', 'deferred', 'dropped')
              GROUP BY unit)
            GROUP BY final
            """)) {
      states.put(row.getFirst(), number(row, 1));
    }
    return states;
  }

  /// Converters, stated forwards, inferred forwards, messages answered by people.
  private List<String> sums() {
    return query(
            """
            SELECT
              uniqExactIf(
                if(message = '' AND recipient = '', concat('event ', event_id), unit), is_sale),
              countIf(type = 'forwarded' AND is_human AND NOT ifNull(inferred, false)),
              countIf(type = 'forwarded' AND ifNull(inferred, false)),
              uniqExactIf(unit, type = 'replied' AND is_human)
            FROM %s
            """)
        .getFirst();
  }

  private Map<String, BigDecimal> revenue() {
    Map<String, BigDecimal> revenue = new HashMap<>();
    for (List<String> row :
        query(
            """
            SELECT if(currency = '', 'XXX', currency) AS code, sum(value)
            FROM %s WHERE is_sale AND value IS NOT NULL GROUP BY code
            """)) {
      revenue.put(row.getFirst(), new BigDecimal(row.get(1)));
    }
    return revenue;
  }

  private Map<Bucket, Bucket.Content> buckets() {
    Map<Bucket, Bucket.Content> buckets = new TreeMap<>();
    for (List<String> row :
        query(
            """
            SELECT
              type, basis.1, hit_source, zone,
              toUnixTimestamp(toStartOfInterval(basis.2, INTERVAL 15 MINUTE)) AS quarter,
              count(), countIf(is_human), countIf(is_human AND place = 1)
            FROM (
              SELECT
                *,
                arrayJoin(
                  if(sends > 0,
                    [('event', event_time), ('sent', sent_time)],
                    [('event', event_time)])) AS basis
              FROM (
                SELECT
                  *,
                  minIf(event_time, type = 'sent') OVER (PARTITION BY unit) AS sent_time,
                  countIf(type = 'sent') OVER (PARTITION BY unit) AS sends,
                  row_number() OVER (
                    PARTITION BY unit, type, hit_source, is_human ORDER BY event_time) AS place
                FROM %s)
              WHERE type IN ('opened', 'clicked', 'sent', 'received', 'replied'))
            GROUP BY type, basis.1, hit_source, zone, quarter
            """)) {
      Instant start = Instant.ofEpochSecond(number(row, 4));
      buckets.put(
          new Bucket(row.get(0), row.get(1), row.get(2), row.get(3), start),
          new Bucket.Content(number(row, 5), number(row, 6), number(row, 7)));
    }
    return buckets;
  }

  private static long number(List<String> row, int column) {
    return Long.parseLong(row.get(column));
  }
}
