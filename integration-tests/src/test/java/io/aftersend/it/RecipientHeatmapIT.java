package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.RunningUp.Up;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/// Heatmaps in each recipient's own zone, and by the hour of sending.
@ExtendWith(RunningUp.class)
class RecipientHeatmapIT {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final List<String> ZONES =
      List.of("Asia/Tehran", "Asia/Kathmandu", "America/New_York", "Asia/Baku");
  private static final int MESSAGES = 80;

  private final Client client;
  private final String campaign;
  private final Instant firstSent =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(10));

  RecipientHeatmapIT(Up up, TestInfo test) {
    client = up.client();
    campaign = "zones-" + Integer.toHexString(test.getDisplayName().hashCode());
  }

  @BeforeEach
  void postMessages() {
    List<Map<String, Object>> opens = new ArrayList<>();
    List<Map<String, Object>> sends = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      opens.add(event("opened", i, openTime(i), Map.of()));
      sends.add(event("sent", i, sentTime(i), Map.of("recipient_time_zone", zone(i))));
    }
    client.post(opens);
    client.post(sends);
    Await.untilAsserted(
        DEADLINE, () -> assertThat(total(cells("event", "recipient"))).isEqualTo(MESSAGES));
  }

  @Test
  void eachOpenLiesInItsRecipientsHourThoughTheZoneWasLearntLater() {
    Map<String, Long> expected = new TreeMap<>();
    for (int i = 0; i < MESSAGES; i++) {
      expected.merge(hourOfWeek(openTime(i), zone(i)), 1L, Long::sum);
    }

    Await.untilAsserted(
        DEADLINE, () -> assertThat(cells("event", "recipient")).isEqualTo(expected));
  }

  @Test
  void bySentTimeAnOpenLiesInTheHourOfItsMailsSending() {
    Map<String, Long> expected = new TreeMap<>();
    for (int i = 0; i < MESSAGES; i++) {
      expected.merge(hourOfWeek(sentTime(i), "Asia/Kathmandu"), 1L, Long::sum);
    }

    Await.untilAsserted(
        DEADLINE, () -> assertThat(cells("sent", "Asia/Kathmandu")).isEqualTo(expected));
  }

  private Map<String, Long> cells(String basis, String zone) {
    JsonNode answer =
        client.getJson(
            "/campaigns/%s/heatmap?event=opened&basis=%s&zone=%s".formatted(campaign, basis, zone));
    Map<String, Long> cells = new TreeMap<>();
    for (JsonNode cell : answer.get("cells")) {
      if (cell.get("total").asLong() != 0) {
        cells.put(
            cell.get("weekday").asInt() + " " + cell.get("hour").asInt(),
            cell.get("total").asLong());
      }
    }
    return cells;
  }

  private static long total(Map<String, Long> cells) {
    return cells.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String zone(int message) {
    return ZONES.get(message % ZONES.size());
  }

  private Instant sentTime(int message) {
    return firstSent.plus(Duration.ofMinutes(15L * message));
  }

  private Instant openTime(int message) {
    return sentTime(message).plus(Duration.ofMinutes(1 + 97L * message));
  }

  private static String hourOfWeek(Instant time, String zone) {
    ZonedDateTime local = time.atZone(ZoneId.of(zone));
    return local.getDayOfWeek().getValue() + " " + local.getHour();
  }

  private Map<String, Object> event(
      String type, int message, Instant time, Map<String, Object> rest) {
    Map<String, Object> event = new HashMap<>(rest);
    event.put("type", type);
    event.put("event_id", type + "-" + message);
    event.put("campaign", campaign);
    event.put("message", campaign + "-" + message);
    event.put("event_time", time.toString());
    return event;
  }
}
