package io.aftersend.it;

import io.aftersend.oracle.Breakdown;
import io.aftersend.oracle.CampaignTerms;
import io.aftersend.oracle.Counts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The counts of a campaign's parts by `dimension=value type`, and of its links by `link=name
/// clicked`, from the source of opens and clicks that the campaign counts.
final class CampaignParts {
  private CampaignParts() {}

  /// As the oracle has them.
  static Map<String, Counts> expected(Breakdown breakdown, CampaignTerms terms) {
    boolean isProviders = terms.countSource().equals("provider");
    Map<String, Counts> parts = new TreeMap<>();
    breakdown
        .slices()
        .forEach(
            (slice, recount) -> {
              recount
                  .counts()
                  .forEach(
                      (type, counts) -> {
                        if (!isProviders || !isHit(type)) {
                          parts.put(slice + " " + type, counts);
                        }
                      });
              if (isProviders) {
                recount
                    .providerCounts()
                    .forEach((type, counts) -> parts.put(slice + " " + type, counts));
              }
            });
    String source = terms.countSource() + "=";
    breakdown
        .links()
        .forEach(
            (link, counts) -> {
              if (link.startsWith(source)) {
                parts.put("link=" + link.substring(source.length()) + " clicked", counts);
              }
            });
    return parts;
  }

  private static boolean isHit(String type) {
    return type.equals("opened") || type.equals("clicked");
  }

  /// As the views have them.
  static Map<String, Counts> ofViews(Client client, String campaign) {
    return parts(
        client.query(
            """
            SELECT concat(dimension, '=', dimension_value, ' ', type),
              total, unique, human_total, human_unique
            FROM aftersend.campaign_counts_by_dimension WHERE campaign = '%1$s'
            UNION ALL
            SELECT concat('link=', link, ' clicked'), total, unique, human_total, human_unique
            FROM aftersend.campaign_link_counts WHERE campaign = '%1$s'
            """
                .formatted(campaign)));
  }

  /// Counted again by SQL from the raw events.
  ///
  /// @param counted a query of the events that count, as [EventsRecount] has it
  static Map<String, Counts> ofEvents(Client client, String counted, CampaignTerms terms) {
    return parts(
        client.query(
            """
            WITH
              arraySort(arrayDistinct(labels)) AS own_labels,
              argMinIf(variant, (type != 'sent', event_time, variant), variant != '')
                OVER (PARTITION BY unit) AS variant_told,
              argMinIf(account, (type != 'sent', event_time, account), account != '')
                OVER (PARTITION BY unit) AS account_told,
              argMinIf(own_labels, (type != 'sent', event_time, own_labels), notEmpty(labels))
                OVER (PARTITION BY unit) AS labels_told,
              argMinIf(
                  mailbox_provider, (event_time, mailbox_provider),
                  mailbox_provider != '' AND type IN ('sent', 'delivered', 'deferred', 'dropped'))
                OVER (PARTITION BY unit) AS mailbox_provider_told
            SELECT
              concat(part, ' ', type),
              count(), uniqExact(unit), countIf(is_human), uniqExactIf(unit, is_human)
            FROM (
              SELECT
                type, unit, is_human,
                arrayJoin(arrayConcat(
                  if(variant_told = '', [], [concat('variant=', variant_told)]),
                  if(account_told = '', [], [concat('account=', account_told)]),
                  if(mailbox_provider_told = '', [], [concat('mailbox_provider=', mailbox_provider_told)]),
                  arrayMap(label -> concat('label=', label), labels_told),
                  if(is_hit, [concat('device=', device), concat('country=', country)], []),
                  if(type = 'clicked', [concat('link=', link)], []))) AS part,
                is_hit, hit_source
              FROM (%s))
            WHERE NOT is_hit OR hit_source = '%s'
            GROUP BY part, type
            """
                .formatted(counted, terms.countSource())));
  }

  private static Map<String, Counts> parts(List<List<String>> rows) {
    Map<String, Counts> parts = new TreeMap<>();
    for (List<String> row : rows) {
      parts.put(
          row.getFirst(),
          new Counts(
              Long.parseLong(row.get(1)),
              Long.parseLong(row.get(2)),
              Long.parseLong(row.get(3)),
              Long.parseLong(row.get(4))));
    }
    return parts;
  }
}
