package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.RunningUp.Up;
import io.aftersend.it.WebhookReceiver.Taken;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Webhooks whose receiver fails for a while, with the API that delivers to them killed meanwhile:
/// every event arrives at least once, in order per message, each under one id.
///
/// That API is a second one beside that of `up`: both share the webhooks out, and when one is
/// killed, the other goes on in its place. The `up` is these tests' own: other tests' APIs would
/// take webhooks too, and there are no more shares than partitions.
@TestInstance(Lifecycle.PER_CLASS)
class WebhooksIT {
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final Duration AFTER_LONG_FAILURE = Duration.ofMinutes(6);
  private static final int MESSAGES = 12;
  private static final int MAX_WEBHOOKS = 16;
  private static final List<String> TYPES = List.of("sent", "delivered", "opened", "clicked");

  private final List<String> webhooks = new ArrayList<>();
  private Up up;
  private Client client;
  private WebhookReceiver receiver;

  @BeforeAll
  void start(@TempDir Path directory) {
    up = RunningUp.startIn(directory);
    client = up.client();
  }

  @AfterAll
  void stop() {
    up.close();
  }

  @BeforeEach
  void listen() throws IOException {
    receiver = WebhookReceiver.start();
  }

  @AfterEach
  void close() {
    webhooks.forEach(webhook -> assertThat(client.delete("/webhooks/" + webhook)).isEqualTo(200));
    webhooks.clear();
    receiver.close();
  }

  @Test
  void everyEventArrivesThoughTheReceiverFailsAndTheApiIsKilled() {
    everyEventArrives("hooks-short", Duration.ofSeconds(4), DEADLINE);
  }

  @Test
  @Tag("full")
  void everyEventArrivesAfterTenMinutesOfFailure() {
    everyEventArrives("hooks-long", Duration.ofMinutes(10), AFTER_LONG_FAILURE);
  }

  private void everyEventArrives(String campaign, Duration failure, Duration deadline) {
    AftersendProcess api = startApi();
    try {
      makeWebhooks(campaign, api);
      post(campaign, 0, 2);
      Await.untilAsserted(DEADLINE, () -> assertThat(receiver.taken()).hasSizeGreaterThan(0));
      receiver.answerWith(_ -> 503);
      long endNs = System.nanoTime() + failure.toNanos();
      post(campaign, 2, TYPES.size());
      int refused = receiver.refused();
      Await.untilAsserted(
          DEADLINE, () -> assertThat(receiver.refused()).isGreaterThan(refused + 1));
      api.kill();
      api = startApi();
      LockSupport.parkNanos(endNs - System.nanoTime());
      receiver.answerWith(_ -> 200);
      expectEverything(campaign, deadline);
    } finally {
      api.close();
    }
  }

  @Test
  void anEventThatIsRefusedWaitsOnTheDeadListForItsReplay() {
    String campaign = "hooks-dead";
    String webhook = make(campaign, "/0");
    receiver.answerWith(body -> body.at("/data/message").asText().endsWith("-m1") ? 422 : 200);

    post(campaign, 0, 1);

    // Five tries, with up to 15 s between them.
    Await.untilAsserted(
        DEADLINE,
        () -> {
          JsonNode dead = client.getJson("/webhooks/" + webhook + "/dead").path("dead");
          assertThat(dead).hasSize(1);
          assertThat(dead.get(0).path("message").asText()).isEqualTo("hooks-dead-m1");
          assertThat(dead.get(0).path("attempts").asInt()).isEqualTo(5);
          return assertThat(dead.get(0).path("error").asText()).isEqualTo("HTTP 422");
        });
    // Events of the refused one's partition come after it. Any may come twice.
    Await.untilAsserted(
        DEADLINE, () -> assertThat(events(receiver.taken()).keySet()).hasSize(MESSAGES - 1));
    receiver.answerWith(_ -> 200);
    String id = client.getJson("/webhooks/" + webhook + "/dead").at("/dead/0/delivery").asText();
    HttpResponse<String> replay =
        client.postJson(client.api() + "/api/v1/webhooks/" + webhook + "/replay", "{}");
    assertThat(replay.body()).isEqualTo("{\"replayed\":1}");
    Await.untilAsserted(
        DEADLINE,
        () -> {
          assertThat(receiver.taken()).extracting(Taken::id).contains(id);
          return assertThat(client.getJson("/webhooks/" + webhook + "/dead").path("dead"))
              .hasSize(0);
        });
    assertThat(receiver.forged()).isZero();
  }

  @Test
  void theTestTellsWhatTheReceiverAnswersAndGoneDisables() {
    String webhook = make("hooks-gone", "/0");
    String url = client.api() + "/api/v1/webhooks/" + webhook + "/test";

    JsonNode taken = Client.json(client.postJson(url, "{}").body());
    assertThat(taken.path("delivered").asBoolean()).isTrue();
    assertThat(receiver.taken()).extracting(Taken::type).containsExactly("webhook.test");
    receiver.answerWith(_ -> 410);
    JsonNode refused = Client.json(client.postJson(url, "{}").body());
    assertThat(refused.path("result").asText()).isEqualTo("HTTP 410");
    assertThat(client.getJson("/webhooks/" + webhook).path("enabled").asBoolean()).isTrue();

    post("hooks-gone", 0, 1);

    Await.untilAsserted(
        DEADLINE,
        () -> {
          JsonNode state = client.getJson("/webhooks/" + webhook);
          assertThat(state.path("enabled").asBoolean()).isFalse();
          return assertThat(state.path("disabled_reason").asText()).contains("HTTP 410");
        });
    receiver.answerWith(_ -> 200);
    assertThat(client.put("/webhooks/" + webhook, "{\"enabled\":true}").statusCode())
        .isEqualTo(200);
    Await.untilAsserted(
        DEADLINE, () -> assertThat(events(receiver.taken()).keySet()).hasSize(MESSAGES));
  }

  private AftersendProcess startApi() {
    ReadyLine ready = up.process().ready();
    Map<String, String> settings = new HashMap<>(up.settings());
    settings.put("AFTERSEND_KAFKA_BOOTSTRAP", ready.field("kafka"));
    settings.put("AFTERSEND_CLICKHOUSE_URL", ready.field("clickhouse"));
    settings.put("AFTERSEND_PUBLIC_URL", ready.field("edge"));
    return AftersendProcess.start(up.directory(), settings, "api");
  }

  /// Makes webhooks until the second API delivers to some of them, once it has got its share.
  private void makeWebhooks(String campaign, AftersendProcess api) {
    AdminPage page = new AdminPage(api.ready().field("api"), HttpClient.newHttpClient());
    Await.untilAsserted(
        DEADLINE,
        () -> {
          if (webhooks.size() < MAX_WEBHOOKS) {
            make(campaign, "/" + webhooks.size());
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
          }
          return assertThat(page.count("aftersend_webhook_subscriptions")).isPositive();
        });
  }

  private String make(String campaign, String path) {
    HttpResponse<String> made =
        client.postJson(
            client.api() + "/api/v1/webhooks",
            Client.text(
                Map.of(
                    "url",
                    receiver.url() + path,
                    "events",
                    TYPES,
                    "campaigns",
                    List.of(campaign))));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    JsonNode json = Client.json(made.body());
    String webhook = json.path("webhook").asText();
    webhooks.add(webhook);
    receiver.checkWith(path, json.path("secret").asText());
    return webhook;
  }

  /// Posts the types of that range for every message, one type after the other.
  private void post(String campaign, int fromType, int toType) {
    for (String type : TYPES.subList(fromType, toType)) {
      List<Map<String, Object>> events = new ArrayList<>();
      for (int message = 0; message < MESSAGES; message++) {
        String id = campaign + "-m" + message;
        events.add(
            Map.of("type", type, "campaign", campaign, "message", id, "event_id", id + type));
      }
      client.post(events);
    }
  }

  private void expectEverything(String campaign, Duration deadline) {
    String tenant = up.process().ready().field("tenant");
    String kafka = up.process().ready().field("kafka");
    Await.untilAsserted(
        deadline,
        () -> {
          Map<String, List<String>> expected = JudgedOrder.read(kafka, tenant, campaign);
          assertThat(expected).hasSize(MESSAGES);
          assertThat(expected.values())
              .allSatisfy(order -> assertThat(order).hasSizeGreaterThanOrEqualTo(TYPES.size()));
          for (int number = 0; number < webhooks.size(); number++) {
            List<Taken> taken = receiver.taken("/" + number);
            assertThat(events(taken)).as("what webhook %d took", number).isEqualTo(expected);
          }
          return null;
        });
    for (int number = 0; number < webhooks.size(); number++) {
      expectOneIdEach(receiver.taken("/" + number));
    }
    int most = (int) receiver.taken().stream().map(Taken::id).distinct().count();
    System.out.printf(
        "WebhooksIT: %d webhooks, %d deliveries, %d of them repeats, %d refused%n",
        webhooks.size(),
        receiver.taken().size(),
        receiver.taken().size() - most,
        receiver.refused());
    assertThat(receiver.forged()).isZero();
  }

  /// What came for each message, in the order in which each first came.
  private static Map<String, List<String>> events(List<Taken> taken) {
    Map<String, Set<String>> firsts = new TreeMap<>();
    for (Taken each : taken) {
      if (!each.type().equals("webhook.test")) {
        firsts.computeIfAbsent(each.message(), _ -> new LinkedHashSet<>()).add(each.judgement());
      }
    }
    Map<String, List<String>> events = new TreeMap<>();
    firsts.forEach((message, judgements) -> events.put(message, List.copyOf(judgements)));
    return events;
  }

  private static void expectOneIdEach(List<Taken> taken) {
    Map<String, Set<String>> ids = new TreeMap<>();
    Set<String> all = new LinkedHashSet<>();
    for (Taken each : taken) {
      ids.computeIfAbsent(each.message() + " " + each.judgement(), _ -> new LinkedHashSet<>())
          .add(each.id());
      all.add(each.id());
    }
    assertThat(ids.values()).allSatisfy(of -> assertThat(of).hasSize(1));
    assertThat(all).hasSameSizeAs(ids.keySet());
  }
}
