package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.RunningUp.Up;
import io.aftersend.oracle.Breakdown;
import io.aftersend.oracle.Bucket;
import io.aftersend.oracle.CampaignTerms;
import io.aftersend.oracle.Counts;
import io.aftersend.oracle.Difference;
import io.aftersend.oracle.HandCase;
import io.aftersend.oracle.HandCases;
import io.aftersend.oracle.HistoryShape;
import io.aftersend.oracle.Oracle;
import io.aftersend.oracle.RandomHistory;
import io.aftersend.oracle.Recount;
import io.aftersend.schemas.event.EventType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Whole histories posted over HTTP, and three counts of them compared: the oracle's from what was
/// posted, the API's, and one by SQL from the raw rows of `aftersend.events`.
@ExtendWith(RunningUp.class)
class RecountIT {
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  /// Several histories at once wait for each other.
  private static final Duration DEADLINE_OF_MANY = Duration.ofMinutes(5);

  private static final List<Long> SEEDS = List.of(11L, 12L);
  private static final long FIRST_OF_MANY_SEEDS = 1_000;
  private static final int MANY_HISTORIES = 1_000;

  /// The system property with which a run goes on where another one was ended.
  private static final String FIRST_HISTORY = "recount.first";

  private static final int POSTED_AT_ONCE = 20;
  private static final int MESSAGES = 250;
  static final List<String> TYPES =
      Arrays.stream(EventType.values()).map(EventType::wireName).toList();

  /// Names that count as zones in random histories, as an array of SQL.
  static final String ZONES =
      "['Asia/Tehran', 'Asia/Kathmandu', 'America/St_Johns', 'Asia/Baku', 'Europe/Berlin']";

  private static final List<Heatmap> HEATMAPS = heatmaps();

  /// Here is no database of places.
  private static final Map<String, String> NOWHERE = Map.of();

  private final Client client;
  private final String tenant;
  private final Instant start =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(40));

  private record Heatmap(String event, String basis, String zone) {}

  RecountIT(Up up) {
    client = up.client();
    tenant = up.process().ready().field("tenant");
  }

  @Test
  void oracleApiAndRawEventsCountTheSame() {
    for (long seed : SEEDS) {
      PostedHistory history = history(seed);
      tellTerms(history.prefix());
      client.post(history.bodies());
      expectEverywhere(history, DEADLINE, HEATMAPS);
    }
  }

  @Test
  @Tag("full")
  void oracleApiAndRawEventsCountManyHistoriesTheSame() {
    List<PostedHistory> posted = new ArrayList<>();
    int checked = 0;
    for (int i = Integer.getInteger(FIRST_HISTORY, 0); i < MANY_HISTORIES; i++) {
      PostedHistory history = history(FIRST_OF_MANY_SEEDS + i);
      tellTerms(history.prefix());
      client.post(history.bodies());
      posted.add(history);
      if (posted.size() == POSTED_AT_ONCE) {
        for (PostedHistory each : posted) {
          // Their quarter hours are compared in any case.
          List<Heatmap> one = List.of(HEATMAPS.get(checked++ % HEATMAPS.size()));
          expectEverywhere(each, DEADLINE_OF_MANY, one);
        }
        posted.clear();
      }
    }
    assertThat(posted).isEmpty();
  }

  private static List<Heatmap> heatmaps() {
    List<Heatmap> heatmaps = new ArrayList<>();
    for (String event : List.of("opened", "clicked", "sent", "received", "replied")) {
      for (String basis : List.of("event", "sent")) {
        for (String zone : List.of("Asia/Tehran", "Asia/Kathmandu")) {
          heatmaps.add(new Heatmap(event, basis, zone));
        }
      }
    }
    return List.copyOf(heatmaps);
  }

  private PostedHistory history(long seed) {
    HistoryShape shape = new HistoryShape(MESSAGES, start, Duration.ofDays(10), Set.of());
    return PostedHistory.of("recount-" + seed + "-", RandomHistory.events(seed, shape));
  }

  private void expectEverywhere(PostedHistory history, Duration deadline, List<Heatmap> heatmaps) {
    Map<String, Recount> expected = Oracle.recount(history.events());
    Map<String, Breakdown> parts = Oracle.breakdown(history.events(), NOWHERE);
    for (String campaign : RandomHistory.CAMPAIGNS) {
      String id = history.prefix() + campaign;
      Await.untilAsserted(
          deadline,
          () -> {
            expectEverywhere(
                expected.getOrDefault(id, Recount.NONE), history.prefix(), campaign, heatmaps);
            expectPartsEverywhere(
                parts.getOrDefault(id, Breakdown.NONE), history.prefix(), campaign);
            return null;
          });
    }
  }

  @Test
  void viewsGiveTheRatesThatWereWorkedOutByHand() {
    Map<String, HandCase> cases = new HashMap<>();
    for (HandCase handCase : HandCases.all()) {
      if (!handCase.isInOrder()) {
        String prefix = "hand-" + cases.size() + "-";
        cases.put(prefix, handCase);
        putTerms(prefix + HandCase.CAMPAIGN, handCase.terms());
        client.post(PostedHistory.of(prefix, handCase.history(start)).bodies());
      }
    }
    cases.forEach(
        (prefix, handCase) ->
            Await.untilAsserted(
                DEADLINE,
                () ->
                    assertThat(
                            handCase.failuresWithoutBuckets(
                                CampaignAnswer.numbers(
                                    client.campaign(prefix + HandCase.CAMPAIGN))))
                        .as(handCase.name())
                        .isEqualTo(List.of())));
  }

  private void tellTerms(String prefix) {
    for (String campaign : RandomHistory.CAMPAIGNS) {
      putTerms(prefix + campaign, terms(campaign));
    }
  }

  private static CampaignTerms terms(String campaign) {
    return switch (campaign) {
      case "spring" -> CampaignTerms.costing("123.456789", "AZN");
      case "summer" -> CampaignTerms.PROVIDER;
      default -> CampaignTerms.NONE;
    };
  }

  private void putTerms(String campaign, CampaignTerms terms) {
    Map<String, @Nullable Object> settings = new HashMap<>();
    settings.put("count_source", terms.countSource());
    if (terms.cost() != null) {
      settings.put("cost", terms.cost().toPlainString());
      settings.put("currency", terms.currency());
    }
    assertThat(client.putCampaign(campaign, Client.text(settings)).statusCode()).isEqualTo(200);
  }

  private void expectEverywhere(
      Recount recount, String prefix, String campaign, List<Heatmap> heatmaps) {
    String id = prefix + campaign;
    Map<String, String> expected = CampaignAnswer.numbers(recount, terms(campaign), TYPES);
    assertThat(CampaignAnswer.numbers(client.campaign(id))).isEqualTo(expected);
    assertThat(Difference.between(recount, EventsRecount.of(client, tenant, prefix, id, ZONES)))
        .as("by SQL from the events of %s", id)
        .isEmpty();
    assertThat(Difference.betweenBuckets(recount.buckets(), bucketRows(client, tenant, id)))
        .as("in the heatmap of %s", id)
        .isEmpty();
    for (Heatmap heatmap : heatmaps) {
      assertThat(cells(id, heatmap))
          .as("%s of %s", heatmap, id)
          .isEqualTo(expectedCells(recount, terms(campaign), heatmap));
    }
  }

  private void expectPartsEverywhere(Breakdown breakdown, String prefix, String campaign) {
    String id = prefix + campaign;
    CampaignTerms terms = terms(campaign);
    Map<String, Counts> expected = CampaignParts.expected(breakdown, terms);
    assertThat(CampaignParts.ofViews(client, id)).isEqualTo(expected);
    assertThat(
            CampaignParts.ofEvents(client, EventsRecount.counted(tenant, prefix, id, ZONES), terms))
        .as("by SQL from the events of %s", id)
        .isEqualTo(expected);
  }

  /// The rows of the heatmap that hold something.
  static Map<Bucket, Bucket.Content> bucketRows(Client client, String tenant, String campaign) {
    return client
        .query(
            """
            SELECT event, basis, count_source, recipient_zone, toUnixTimestamp64Milli(bucket_start),
              total, human_total, first
            FROM aftersend.heatmap_buckets FINAL
            WHERE tenant = '%s' AND campaign = '%s' AND (total, human_total, first) != (0, 0, 0)
            """
                .formatted(tenant, campaign))
        .stream()
        .collect(
            Collectors.toMap(
                row ->
                    new Bucket(
                        row.get(0),
                        row.get(1),
                        row.get(2),
                        row.get(3),
                        Instant.ofEpochMilli(Long.parseLong(row.get(4)))),
                row ->
                    new Bucket.Content(
                        Long.parseLong(row.get(5)),
                        Long.parseLong(row.get(6)),
                        Long.parseLong(row.get(7))),
                Bucket.Content::plus,
                TreeMap::new));
  }

  /// Cells with something in them, by weekday and hour: total and first.
  private Map<String, List<Long>> cells(String campaign, Heatmap heatmap) {
    JsonNode answer =
        client.getJson(
            "/campaigns/%s/heatmap?event=%s&basis=%s&grain=hourly&counts=human&zone=%s"
                .formatted(
                    campaign,
                    heatmap.event(),
                    heatmap.basis(),
                    URLEncoder.encode(heatmap.zone(), StandardCharsets.UTF_8)));
    Map<String, List<Long>> cells = new TreeMap<>();
    for (JsonNode cell : answer.get("cells")) {
      List<Long> numbers = List.of(cell.get("total").asLong(), cell.get("first").asLong());
      if (!numbers.equals(List.of(0L, 0L))) {
        cells.put(cell.get("weekday").asInt() + " " + cell.get("hour").asInt(), numbers);
      }
    }
    return cells;
  }

  private static Map<String, List<Long>> expectedCells(
      Recount recount, CampaignTerms terms, Heatmap heatmap) {
    ZoneId zone = ZoneId.of(heatmap.zone());
    boolean isHit = heatmap.event().equals("opened") || heatmap.event().equals("clicked");
    String source = isHit ? terms.countSource() : "own";
    Map<String, List<Long>> cells = new TreeMap<>();
    recount
        .buckets()
        .forEach(
            (bucket, content) -> {
              if (bucket.event().equals(heatmap.event())
                  && bucket.basis().equals(heatmap.basis())
                  && bucket.source().equals(source)
                  && content.humanTotal() + content.first() != 0) {
                ZonedDateTime local =
                    bucket.start().atOffset(ZoneOffset.UTC).atZoneSameInstant(zone);
                cells.merge(
                    local.getDayOfWeek().getValue() + " " + local.getHour(),
                    List.of(content.humanTotal(), content.first()),
                    (a, b) -> List.of(a.get(0) + b.get(0), a.get(1) + b.get(1)));
              }
            });
    return cells;
  }
}
