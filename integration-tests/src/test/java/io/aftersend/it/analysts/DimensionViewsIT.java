package io.aftersend.it.analysts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.analysts.LoadedClickHouse.Loaded;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The views of dimensions and counted links. Rows that a test adds are a tenant's of its own.
@ExtendWith(LoadedClickHouse.class)
class DimensionViewsIT {
  /// Two granules: a key lies in one, or at the end of one and the start of the next.
  private static final long FEW_ROWS = 2 * 8192;

  /// What the formulas of rates name.
  private static final List<String> RATED_COUNTERS =
      List.of(
          "sent.unique",
          "state.hard",
          "state.soft",
          "state.block",
          "state.dropped",
          "state.delivered",
          "reached.human",
          "reached.all",
          "reached.prefetch_only",
          "clicked.human_total",
          "clicked.human_unique",
          "provider.reached.human",
          "provider.reached.all",
          "provider.reached.prefetch_only",
          "provider.clicked.human_total",
          "provider.clicked.human_unique",
          "converters",
          "forwarded.stated_human_total",
          "forwarded.inferred_total",
          "unsubscribed.unique",
          "complained.unique",
          "replied.by_person_unique");

  private final LoneClickHouse clickHouse;

  DimensionViewsIT(Loaded loaded) {
    clickHouse = loaded.clickHouse();
  }

  private static Map<String, Object> row(
      String tenant, String dimension, String value, int version, Map<String, Long> counters) {
    return Map.of(
        "tenant", tenant,
        "campaign", "spring",
        "dimension", dimension,
        "dimension_value", value,
        "counters", counters,
        "revenue", Map.of(),
        "version", version);
  }

  private List<String> rates(String tenant, String metric) {
    return texts(
        """
        SELECT dimension, dimension_value, toInt64(numerator) AS n, toInt64(denominator) AS d, value
        FROM campaign_rates_by_dimension WHERE tenant = '%s' AND campaign = 'spring' AND metric = '%s'
        ORDER BY dimension, dimension_value
        """
            .formatted(tenant, metric));
  }

  private List<String> texts(String sql) {
    List<String> texts = new ArrayList<>();
    for (JsonNode row : clickHouse.query(sql)) {
      List<String> values = new ArrayList<>();
      row.forEach(value -> values.add(value.asText()));
      texts.add(String.join(" ", values));
    }
    return texts;
  }

  @Test
  void ratesOfAVariantAreThoseOfItsMessages() {
    clickHouse.insert(
        "campaign_metrics",
        List.of(
            row("dims-a", "", "", 3, Map.of("sent.unique", 300L, "clicked.human_unique", 30L)),
            row("dims-a", "variant", "a", 1, Map.of("sent.unique", 1L)),
            row(
                "dims-a",
                "variant",
                "a",
                2,
                Map.of("sent.unique", 100L, "clicked.human_unique", 20L)),
            row("dims-a", "variant", "b", 1, Map.of("sent.unique", 200L)),
            row("dims-a", "label", "new", 1, Map.of("clicked.human_unique", 4L)),
            row("dims-a", "device", "mobile", 1, Map.of("clicked.human_unique", 9L))));
    assertThat(rates("dims-a", "click_through_rate"))
        .containsExactly("label new 4 0 null", "variant a 20 100 0.2", "variant b 0 200 0");
    assertThat(rates("dims-a", "roi")).as("a cost is the whole campaign's").isEmpty();
    assertThat(
            texts(
                """
                SELECT toInt64(numerator) AS n, toInt64(denominator) AS d FROM campaign_rates
                WHERE tenant = 'dims-a' AND campaign = 'spring' AND metric = 'click_through_rate'
                """))
        .containsExactly("30 300");
  }

  @Test
  void whetherDeliveriesAreReportedIsSaidOfTheWholeCampaign() {
    clickHouse.insert(
        "campaign_metrics",
        List.of(
            row(
                "dims-d",
                "",
                "",
                1,
                Map.of("sent.unique", 20L, "delivered.total", 9L, "state.delivered", 9L)),
            row("dims-d", "account", "globex", 1, Map.of("sent.unique", 10L))));
    assertThat(rates("dims-d", "delivery_rate")).containsExactly("account globex 0 10 0");
  }

  @Test
  void opensAndClicksOfADeviceAreThoseOfTheCountedSource() {
    clickHouse.insert(
        "campaign_metrics",
        List.of(
            row(
                "dims-s",
                "device",
                "mobile",
                1,
                Map.of(
                    "opened.total", 5L,
                    "opened.unique", 4L,
                    "opened.human_total", 3L,
                    "opened.human_unique", 2L,
                    "provider.opened.total", 9L,
                    "provider.opened.unique", 8L))));
    String sql =
        """
        SELECT dimension_value, type, total, unique, human_total, human_unique
        FROM campaign_counts_by_dimension WHERE tenant = 'dims-s' AND dimension = 'device'
        """;
    assertThat(texts(sql)).containsExactly("mobile opened 5 4 3 2");
    countProviders("dims-s");
    assertThat(texts(sql)).containsExactly("mobile opened 9 8 0 0");
  }

  @Test
  void linksAreThoseOfTheCountedSource() {
    clickHouse.insert(
        "link_metrics",
        List.of(
            link("own", "offer", 7, 1),
            link("own", "offer", 8, 2),
            link("provider", "offer", 5, 1)));
    String sql =
        """
        SELECT link, total, unique, human_total, human_unique
        FROM campaign_link_counts WHERE tenant = 'dims-l' AND campaign = 'spring'
        """;
    assertThat(texts(sql)).containsExactly("offer 8 3 2 1");
    countProviders("dims-l");
    assertThat(texts(sql)).containsExactly("offer 5 3 2 1");
  }

  private static Map<String, Object> link(String source, String link, int total, int version) {
    return Map.of(
        "tenant",
        "dims-l",
        "campaign",
        "spring",
        "count_source",
        source,
        "link",
        link,
        "total",
        total,
        "unique",
        3,
        "human_total",
        2,
        "human_unique",
        1,
        "version",
        version);
  }

  private void countProviders(String tenant) {
    clickHouse.insert(
        "campaigns",
        List.of(
            Map.of(
                "tenant", tenant, "campaign", "spring", "count_source", "provider", "version", 1)));
  }

  @Test
  void ratesOfTheOnlyVariantAreThoseOfTheCampaign() {
    Map<String, Long> undelivered = new TreeMap<>();
    long prime = 1;
    for (String counter : RATED_COUNTERS) {
      prime = BigInteger.valueOf(prime).nextProbablePrime().longValue();
      undelivered.put(counter, prime);
    }
    Map<String, Long> delivered = new TreeMap<>(undelivered);
    delivered.put("delivered.total", 1_000L);
    countProviders("dims-provider");
    Map.of("dims-own", delivered, "dims-provider", delivered, "dims-silent", undelivered)
        .forEach(
            (tenant, counters) -> {
              clickHouse.insert(
                  "campaign_metrics",
                  List.of(
                      row(tenant, "", "", 1, counters), row(tenant, "variant", "a", 1, counters)));
              String columns = "metric, numerator, denominator, value, counts";
              String whole =
                  "SELECT %s FROM campaign_rates WHERE tenant = '%s' AND metric != 'roi' ORDER BY metric"
                      .formatted(columns, tenant);
              String part =
                  "SELECT %s FROM campaign_rates_by_dimension WHERE tenant = '%s' ORDER BY metric"
                      .formatted(columns, tenant);
              assertThat(texts(part)).as(tenant).hasSizeGreaterThan(15).isEqualTo(texts(whole));
            });
  }

  @Test
  void campaignIsListedWithoutReadingOverItsManyAccounts() {
    clickHouse.execute(
        """
        INSERT INTO campaign_metrics
          (tenant, campaign, dimension, dimension_value, counters, revenue, version)
        SELECT 'dims-m', 'spring', 'account', toString(number), map('sent.unique', 1), map(), 1
        FROM numbers(200000)
        """);
    clickHouse.execute(
        """
        INSERT INTO campaign_metrics
          (tenant, campaign, dimension, dimension_value, counters, revenue, version)
        SELECT 'dims-n', toString(number), '', '', map('sent.unique', 1), map(), 1
        FROM numbers(100000)
        """);
    clickHouse.insert(
        "campaign_metrics", List.of(row("dims-m", "", "", 1, Map.of("sent.unique", 200_000L))));
    String overview =
        "SELECT campaign, counters['sent.unique'] AS sent FROM campaign_overview WHERE tenant = 'dims-m'";
    assertThat(texts(overview)).containsExactly("spring 200000");
    assertThat(clickHouse.rowsRead(overview)).isLessThan(FEW_ROWS);
    String rates =
        """
        SELECT metric, toInt64(denominator) AS d FROM campaign_rates
        WHERE tenant = 'dims-m' AND campaign = 'spring' AND metric = 'click_through_rate'
        """;
    assertThat(texts(rates)).containsExactly("click_through_rate 200000");
    assertThat(clickHouse.rowsRead(rates)).isLessThan(FEW_ROWS);
    String ofOne =
        """
        SELECT toInt64(denominator) AS d FROM campaign_rates_by_dimension
        WHERE tenant = 'dims-m' AND campaign = 'spring' AND dimension = 'account'
          AND dimension_value = '4711' AND metric = 'click_through_rate'
        """;
    assertThat(texts(ofOne)).containsExactly("1");
    assertThat(clickHouse.rowsRead(ofOne)).as("account, and whole").isLessThan(2 * FEW_ROWS);
    String countsOfOne =
        """
        SELECT type, total FROM campaign_counts_by_dimension
        WHERE tenant = 'dims-m' AND campaign = 'spring' AND dimension = 'account'
          AND dimension_value = '4711'
        """;
    assertThat(texts(countsOfOne)).isNotEmpty();
    assertThat(clickHouse.rowsRead(countsOfOne)).isLessThan(FEW_ROWS);
  }
}
