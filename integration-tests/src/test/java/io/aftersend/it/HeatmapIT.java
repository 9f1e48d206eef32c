package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.RunningUp.Up;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Heatmaps against a recount of the raw events by java.time, in zones with half and quarter hours
/// and across the last two changes of the clocks.
@ExtendWith(RunningUp.class)
class HeatmapIT {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final String CAMPAIGN = "heatmap";
  private static final List<String> ZONES =
      List.of("Asia/Tehran", "Asia/Kathmandu", "America/St_Johns", "UTC");
  private static final long SEED = 4_711;
  private static final int MESSAGES = 400;
  private static final String BROWSER =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/140.0";
  private static final String APPLE_PREFETCH = "Mozilla/5.0";

  private final Client client;

  private record Hit(String message, Instant time, boolean isHuman) {}

  private record Cell(long total, long first) {}

  HeatmapIT(Up up) {
    client = up.client();
  }

  @BeforeEach
  void postOpens() {
    List<Map<String, Object>> events = new ArrayList<>();
    RandomGenerator random = new SplittableRandom(SEED);
    List<Instant> moments = moments(random);
    for (int i = 0; i < moments.size(); i++) {
      Map<String, Object> event = new HashMap<>();
      event.put("type", "opened");
      event.put("event_id", "heat-" + i);
      event.put("campaign", CAMPAIGN);
      event.put("message", "heat-" + random.nextInt(MESSAGES));
      event.put("event_time", moments.get(i).toString());
      event.put("user_agent", random.nextInt(4) == 0 ? APPLE_PREFETCH : BROWSER);
      events.add(event);
    }
    client.post(events);
    Await.untilAsserted(
        DEADLINE,
        () -> {
          assertThat(rawHits()).hasSize(events.size());
          assertThat(client.campaign(CAMPAIGN).at("/counts/opened/total").asInt())
              .isEqualTo(events.size());
          assertThat(total(cells("UTC", "hourly", "all"))).isEqualTo(events.size());
          return null;
        });
  }

  /// A bucket's row may come before that of another, which the same hit has changed.
  @Test
  void everyZoneEqualsARecountOfTheRawEvents() {
    Await.untilAsserted(
        DEADLINE,
        () -> {
          expectCellsOfARecount(rawHits());
          return null;
        });
  }

  private void expectCellsOfARecount(List<Hit> hits) {
    for (String zone : ZONES) {
      for (String counts : List.of("human", "all")) {
        assertThat(cells(zone, "hourly", counts))
            .as("hourly in %s, %s", zone, counts)
            .isEqualTo(recount(hits, counts, time -> weekdayAndHour(time, ZoneId.of(zone))));
        assertThat(cells(zone, "daily", counts))
            .as("daily in %s, %s", zone, counts)
            .isEqualTo(recount(hits, counts, time -> day(time, ZoneId.of(zone))));
      }
    }
  }

  @Test
  void everyStepOfATimelineIsThatOfARecount() {
    Await.untilAsserted(
        DEADLINE,
        () -> {
          expectStepsOfARecount(rawHits());
          return null;
        });
  }

  private void expectStepsOfARecount(List<Hit> hits) {
    for (String zone : ZONES) {
      ZoneId id = ZoneId.of(zone);
      assertThat(steps(zone, "hour"))
          .as("hours of %s", zone)
          .isEqualTo(
              recount(
                  hits,
                  "human",
                  time -> offsetText(time.atZone(id).truncatedTo(ChronoUnit.HOURS))));
      assertThat(steps(zone, "day"))
          .as("days of %s", zone)
          .isEqualTo(
              recount(
                  hits,
                  "human",
                  time -> offsetText(LocalDate.ofInstant(time, id).atStartOfDay(id))));
    }
  }

  private static String offsetText(ZonedDateTime time) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.toOffsetDateTime());
  }

  private Map<String, Cell> steps(String zone, String grain) {
    JsonNode answer =
        client.getJson(
            "/campaigns/%s/timeline?grain=%s&zone=%s"
                .formatted(CAMPAIGN, grain, URLEncoder.encode(zone, StandardCharsets.UTF_8)));
    Map<String, Cell> steps = new TreeMap<>();
    for (JsonNode point : answer.get("points")) {
      JsonNode opened = point.get("opened");
      Cell cell = new Cell(opened.get("total").asLong(), opened.get("first").asLong());
      if (cell.total() != 0) {
        steps.put(point.get("start").asText(), cell);
      }
    }
    return steps;
  }

  /// Minutes around the last two changes of St. John's clocks, and any time of the last 300 days.
  private static List<Instant> moments(RandomGenerator random) {
    List<Instant> moments = new ArrayList<>();
    ZoneRules rules = ZoneId.of("America/St_Johns").getRules();
    Instant now = Instant.now();
    ZoneOffsetTransition last = rules.previousTransition(now);
    ZoneOffsetTransition oneBefore = rules.previousTransition(last.getInstant());
    for (ZoneOffsetTransition change : List.of(last, oneBefore)) {
      for (int minute = -240; minute <= 240; minute += 7) {
        Instant moment = change.getInstant().plus(Duration.ofMinutes(minute));
        if (moment.isBefore(now)) {
          moments.add(moment);
        }
      }
    }
    for (int i = 0; i < 600; i++) {
      moments.add(now.minusMillis(random.nextLong(Duration.ofDays(300).toMillis())));
    }
    return moments;
  }

  private List<Hit> rawHits() {
    return client
        .query(
            "SELECT message, toUnixTimestamp64Milli(event_time), verdict FROM aftersend.events"
                + " WHERE campaign = '%s' AND type = 'opened'".formatted(CAMPAIGN))
        .stream()
        .map(
            row ->
                new Hit(
                    row.get(0),
                    Instant.ofEpochMilli(Long.parseLong(row.get(1))),
                    Set.of("human", "proxy").contains(row.get(2))))
        .toList();
  }

  private static Map<String, Cell> recount(
      List<Hit> hits, String counts, Function<Instant, String> cellOf) {
    Map<String, Long> totals = new TreeMap<>();
    Map<String, Long> firsts = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    for (Hit hit : hits.stream().sorted(Comparator.comparing(Hit::time)).toList()) {
      if (hit.isHuman() || counts.equals("all")) {
        totals.merge(cellOf.apply(hit.time()), 1L, Long::sum);
      }
      if (hit.isHuman() && seen.add(hit.message())) {
        firsts.merge(cellOf.apply(hit.time()), 1L, Long::sum);
      }
    }
    Map<String, Cell> cells = new TreeMap<>();
    totals.forEach(
        (cell, total) -> cells.put(cell, new Cell(total, firsts.getOrDefault(cell, 0L))));
    return cells;
  }

  private Map<String, Cell> cells(String zone, String grain, String counts) {
    JsonNode answer =
        client.getJson(
            "/campaigns/%s/heatmap?event=opened&grain=%s&counts=%s&zone=%s"
                .formatted(
                    CAMPAIGN, grain, counts, URLEncoder.encode(zone, StandardCharsets.UTF_8)));
    assertThat(answer.get("zone").asText()).isEqualTo(zone);
    Map<String, Cell> cells = new TreeMap<>();
    for (JsonNode cell : answer.get("cells")) {
      String name =
          grain.equals("daily")
              ? cell.get("date").asText()
              : cell.get("weekday").asInt() + " " + cell.get("hour").asInt();
      Cell numbers = new Cell(cell.get("total").asLong(), cell.get("first").asLong());
      if (numbers.total() != 0 || numbers.first() != 0) {
        cells.put(name, numbers);
      }
    }
    return cells;
  }

  private static long total(Map<String, Cell> cells) {
    return cells.values().stream().mapToLong(Cell::total).sum();
  }

  private static String weekdayAndHour(Instant time, ZoneId zone) {
    LocalDateTime local = LocalDateTime.ofInstant(time, zone);
    return local.getDayOfWeek().getValue() + " " + local.getHour();
  }

  private static String day(Instant time, ZoneId zone) {
    return DateTimeFormatter.ISO_LOCAL_DATE.format(
        LocalDateTime.ofInstant(time, ZoneOffset.UTC)
            .atOffset(ZoneOffset.UTC)
            .atZoneSameInstant(zone));
  }
}
