package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.LiveClient.Message;
import io.aftersend.it.RunningUp.Up;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// The live feed and the pull feed: every event once, in order, however often a reader leaves and
/// resumes.
@ExtendWith(RunningUp.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveFeedIT {
  private static final int READERS = 12;
  private static final int MESSAGES = 40;
  private static final int PER_MESSAGE = 10;

  private final Client client;

  LiveFeedIT(Up up) {
    client = up.client();
  }

  @Test
  void readersWhoLeaveAndResumeSeeEveryEventOnceAndInOrder() throws Exception {
    String campaign = "live-resume";
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<String>>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        LiveClient first = LiveClient.connect(client, "?campaign=" + campaign, null);
        assertThat(Objects.requireNonNull(first.next()).name()).isEqualTo("ready");
        readers.add(threads.submit(resuming(campaign, first, new SplittableRandom(i))));
      }
      for (int round = 0; round < PER_MESSAGE; round++) {
        client.post(round(campaign, round));
        Thread.sleep(150);
      }
      for (Future<List<String>> reader : readers) {
        assertSeenOnceInOrder(reader.get());
      }
    }
    assertSeenOnceInOrder(pulled(campaign));
  }

  /// Reads all events of a campaign, over connections that end after random numbers of them.
  private Callable<List<String>> resuming(
      String campaign, LiveClient first, SplittableRandom random) {
    return () -> {
      List<String> seen = new ArrayList<>();
      LiveClient connection = first;
      while (seen.size() < MESSAGES * PER_MESSAGE) {
        int until = seen.size() + random.nextInt(1, 90);
        while (seen.size() < Math.min(until, MESSAGES * PER_MESSAGE)) {
          Message message = Objects.requireNonNull(connection.next());
          if (message.name().equals("message")) {
            seen.add(message.data().get("event_id").asText());
          } else {
            assertThat(message.name()).isEqualTo("ready");
          }
        }
        connection.close();
        connection = LiveClient.connect(client, "?campaign=" + campaign, connection.lastId());
      }
      connection.close();
      return seen;
    };
  }

  /// Event ids are `message.round`.
  private static void assertSeenOnceInOrder(List<String> seen) {
    assertThat(seen).hasSize(MESSAGES * PER_MESSAGE).doesNotHaveDuplicates();
    Map<String, Integer> lastRound = new HashMap<>();
    for (String id : seen) {
      String[] parts = id.split("\\.", -1);
      int round = Integer.parseInt(parts[1]);
      assertThat(round).as(id).isEqualTo(lastRound.getOrDefault(parts[0], -1) + 1);
      lastRound.put(parts[0], round);
    }
  }

  private List<String> pulled(String campaign) {
    List<String> ids = new ArrayList<>();
    String query = "?campaign=" + campaign + "&limit=37&since=" + Instant.now().minusSeconds(600);
    JsonNode page = client.getJson("/events" + query);
    while (true) {
      page.get("events").forEach(event -> ids.add(event.get("event_id").asText()));
      assertThat(page.get("reset").asBoolean()).isFalse();
      if (page.get("at_end").asBoolean()) {
        return ids;
      }
      page =
          client.getJson(
              "/events?campaign="
                  + campaign
                  + "&limit=37&cursor="
                  + page.get("next_cursor").asText());
    }
  }

  @Test
  void filtersByTypeAndVerdict() throws IOException {
    String campaign = "live-filter";
    String query = "?campaign=" + campaign + "&type=clicked,opened&counts=human";
    try (LiveClient feed = LiveClient.connect(client, query, null)) {
      assertThat(Objects.requireNonNull(feed.next()).name()).isEqualTo("ready");
      client.post(
          List.of(
              event(campaign, "m-1", "sent", "a", ""),
              event(campaign, "m-1", "opened", "b", "Googlebot/2.1"),
              event("live-other", "m-2", "clicked", "c", ""),
              event(campaign, "m-1", "clicked", "d", "")));
      Message message = Objects.requireNonNull(feed.next());
      assertThat(message.data().get("event_id").asText()).isEqualTo("d");
      assertThat(message.data().get("verdict").asText()).isEqualTo("human");
      assertThat(message.data().has("tenant")).isFalse();
    }
  }

  @Test
  void readersFromNowhereAreTold() throws IOException {
    try (LiveClient feed = LiveClient.connect(client, "?campaign=live-none", "999999999999")) {
      assertThat(Objects.requireNonNull(feed.next()).name()).isEqualTo("reset");
      assertThat(Objects.requireNonNull(feed.next()).name()).isEqualTo("ready");
    }
    assertThat(client.get("/live?type=opend").body()).contains("\"parameter\":\"type\"");
    assertThat(client.get("/events?type=opend").body()).contains("\"parameter\":\"type\"");
    assertThat(client.get("/events?cursor=abc").body()).contains("\"parameter\":\"cursor\"");
    assertThat(client.get("/events?since=yesterday").body()).contains("\"parameter\":\"since\"");
    assertThat(client.getJson("/events?limit=1").get("next_cursor").asText()).isNotEmpty();
  }

  private static List<Map<String, Object>> round(String campaign, int round) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int message = 0; message < MESSAGES; message++) {
      events.add(event(campaign, "m-" + message, "opened", message + "." + round, ""));
    }
    return events;
  }

  private static Map<String, Object> event(
      String campaign, String message, String type, String id, String userAgent) {
    Duration age = type.equals("sent") ? Duration.ofHours(2) : Duration.ofMinutes(1);
    Map<String, Object> event =
        new HashMap<>(
            Map.of(
                "type",
                type,
                "event_id",
                id,
                "campaign",
                campaign,
                "message",
                campaign + message,
                "event_time",
                Instant.now().minus(age).toString()));
    if (!userAgent.isEmpty()) {
      event.put("user_agent", userAgent);
    }
    return event;
  }
}
