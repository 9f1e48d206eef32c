package io.aftersend.it.analysts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.analysts.LoadedClickHouse.Loaded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The views of times to open, click and reply, and of reading times. Rows that a test adds are a
/// tenant's of its own.
@ExtendWith(LoadedClickHouse.class)
class DelayViewsIT {
  private static final Instant NOON = Instant.parse("2026-10-05T12:00:00Z");
  private static final List<Long> BOUNDS =
      List.of(
          60L, 300L, 900L, 3_600L, 10_800L, 21_600L, 43_200L, 86_400L, 172_800L, 259_200L,
          604_800L);

  private final Loaded loaded;
  private int ids;

  DelayViewsIT(Loaded loaded) {
    this.loaded = loaded;
  }

  private List<JsonNode> query(String sql) {
    return loaded.clickHouse().query(sql);
  }

  /// Seconds from delivery to the first event that is wanted, of all messages that have one.
  private List<Double> delays(Predicate<KnownEvent> wanted) {
    List<Double> seconds = new ArrayList<>();
    for (List<KnownEvent> own :
        loaded.counted("spring").stream()
            .collect(Collectors.groupingBy(KnownEvent::message))
            .values()) {
      KnownEvent from = first(own, event -> event.is("delivered"));
      KnownEvent to = first(own, wanted);
      if (from != null && to != null) {
        seconds.add((to.time().toEpochMilli() - from.time().toEpochMilli()) / 1_000.0);
      }
    }
    seconds.sort(Comparator.naturalOrder());
    return seconds;
  }

  private static @Nullable KnownEvent first(List<KnownEvent> events, Predicate<KnownEvent> wanted) {
    return events.stream().filter(wanted).min(Comparator.comparing(KnownEvent::time)).orElse(null);
  }

  @Test
  void mediansAreOfPeopleSinceDelivery() {
    for (String type : List.of("opened", "clicked")) {
      List<Double> expected = delays(event -> event.isHuman(type));
      String metric = type.equals("opened") ? "time_to_open" : "time_to_click";

      List<JsonNode> rows =
          query(
              """
              SELECT since, messages, median_seconds, p90_seconds FROM campaign_delays
              WHERE tenant = 'acme' AND campaign = 'spring' AND metric = '%s'
              """
                  .formatted(metric));

      assertThat(rows).hasSize(1);
      JsonNode row = rows.getFirst();
      assertThat(row.path("since").asText()).isEqualTo("delivered");
      assertThat(row.path("messages").asInt()).isEqualTo(expected.size());
      assertThat(row.path("median_seconds").asDouble())
          .isEqualTo(expected.get(expected.size() / 2));
      assertThat(row.path("p90_seconds").asDouble())
          .isEqualTo(expected.get((int) (0.9 * expected.size())));
    }
  }

  @Test
  void histogramHasEveryMessageInOneStep() {
    Map<String, Integer> expected = new TreeMap<>();
    for (double seconds : delays(event -> event.isHuman("opened"))) {
      String bound =
          BOUNDS.stream().filter(b -> seconds <= b).findFirst().map(String::valueOf).orElse("null");
      expected.merge(bound, 1, Integer::sum);
    }

    Map<String, Integer> answered = new TreeMap<>();
    query(
            """
            SELECT up_to_seconds, messages FROM campaign_delay_histogram
            WHERE tenant = 'acme' AND campaign = 'spring' AND metric = 'time_to_open'
            """)
        .forEach(
            row -> answered.put(row.path("up_to_seconds").asText(), row.path("messages").asInt()));

    assertThat(answered).hasSizeGreaterThan(2).isEqualTo(expected);
  }

  private KnownEvent event(
      String tenant, String type, int second, String message, Map<String, Object> more) {
    return new KnownEvent(
        "d" + ids++,
        tenant,
        type,
        NOON.plusSeconds(second),
        "spring",
        message,
        "r",
        more.getOrDefault("verdict", "human").toString(),
        more);
  }

  private void insert(KnownEvent... events) {
    loaded.clickHouse().insert("event_log", List.of(events).stream().map(KnownEvent::row).toList());
  }

  @Test
  void withoutAReportOfDeliveryTimeRunsFromSendingAndSaysSo() {
    String tenant = "delay-since";
    insert(
        event(tenant, "sent", 0, "m1", Map.of()),
        event(tenant, "opened", 90, "m1", Map.of()),
        event(tenant, "sent", 0, "m2", Map.of()),
        event(tenant, "delivered", 100, "m2", Map.of()),
        event(tenant, "opened", 90, "m2", Map.of()),
        event(tenant, "opened", 5, "m2", Map.of("verdict", "prefetch")),
        event(tenant, "opened", 5, "unsent", Map.of()));

    assertThat(
            query(
                "SELECT message, since, seconds FROM message_delays WHERE tenant = '%s' ORDER BY message"
                    .formatted(tenant)))
        .extracting(JsonNode::toString)
        .containsExactly(
            "{\"message\":\"m1\",\"since\":\"sent\",\"seconds\":90}",
            "{\"message\":\"m2\",\"since\":\"delivered\",\"seconds\":0}");
  }

  @Test
  void autoRepliesAreNoReplies() {
    String tenant = "delay-replies";
    insert(
        event(tenant, "sent", 0, "m1", Map.of()),
        event(tenant, "delivered", 10, "m1", Map.of()),
        event(tenant, "replied", 20, "m1", Map.of("auto_reply", true)),
        event(tenant, "replied", 610, "m1", Map.of("auto_reply", false)));

    JsonNode row =
        query(
                "SELECT metric, messages, median_seconds FROM campaign_delays WHERE tenant = '%s'"
                    .formatted(tenant))
            .getFirst();

    assertThat(row.toString())
        .isEqualTo("{\"metric\":\"recipient_reply_time\",\"messages\":1,\"median_seconds\":600}");
  }

  @Test
  void readingTimesAreSharesOfWhatCouldBeMeasured() {
    String tenant = "delay-reads";
    insert(
        event(tenant, "opened", 1, "m1", Map.of()),
        event(tenant, "opened", 1, "m2", Map.of()),
        event(tenant, "opened", 1, "m3", Map.of("verdict", "prefetch")),
        event(tenant, "read", 2, "m1", Map.of("read_class", "read")),
        event(tenant, "read", 3, "m1", Map.of("read_class", "glanced")),
        event(tenant, "read", 4, "m2", Map.of()));

    assertThat(
            query(
                """
                SELECT metric, numerator, denominator, value FROM campaign_read_time
                WHERE tenant = '%s' ORDER BY metric
                """
                    .formatted(tenant)))
        .extracting(JsonNode::toString)
        .containsExactly(
            "{\"metric\":\"coverage\",\"numerator\":1,\"denominator\":2,\"value\":0.5}",
            "{\"metric\":\"glanced\",\"numerator\":1,\"denominator\":2,\"value\":0.5}",
            "{\"metric\":\"read\",\"numerator\":1,\"denominator\":2,\"value\":0.5}",
            "{\"metric\":\"skimmed\",\"numerator\":0,\"denominator\":2,\"value\":0}");
  }
}
