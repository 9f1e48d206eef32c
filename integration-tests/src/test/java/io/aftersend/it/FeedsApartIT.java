package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.LiveClient.Message;
import io.aftersend.it.RunningUp.Up;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// What comes by itself, to two tenants whose events have the same ids: over the live feed, the
/// pull feed and webhooks each gets all of its own and nothing of the other's.
@ExtendWith(RunningUp.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FeedsApartIT {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final int MESSAGES = 20;
  private static final String OURS = "our-side";
  private static final String THEIRS = "their-side";
  private static final List<String> TYPES = List.of("sent", "delivered", "clicked");

  private static int added;

  private final Up up;
  private final String ourName;
  private final Client ours;
  private final Client theirs;

  FeedsApartIT(Up up) {
    this.up = up;
    ourName = "feeds-" + added++;
    ours = tenant(ourName);
    theirs = tenant("feeds-" + added++);
  }

  private Client tenant(String name) {
    AftersendProcess tenant =
        AftersendProcess.start(up.directory(), up.settings(), "tenant", "add", name, "--json");
    assertThat(tenant.awaitEnd()).as(tenant.outputText()).isZero();
    ReadyLine ready = up.process().ready();
    Client client =
        Client.of(
            ready.field("edge"),
            ready.field("api"),
            ready.field("clickhouse"),
            Client.json(tenant.outputText()).get("key").asText());
    Await.untilAsserted(DEADLINE, () -> client.getJson("/campaigns"));
    return client;
  }

  @Test
  void liveFeedAndPullFeedGiveToEachTenantItsOwn() throws IOException {
    Instant start = Instant.now();
    String beforeThem;
    try (LiveClient ourFeed = connect(ours);
        LiveClient theirFeed = connect(theirs)) {
      post(ours, "feeds", OURS);
      post(theirs, "feeds", THEIRS);
      beforeThem = Objects.requireNonNull(theirFeed.lastId());
      assertAllAndOnlyOwn(seen(ourFeed), OURS);
      assertAllAndOnlyOwn(seen(theirFeed), THEIRS);
    }
    try (LiveClient resumed = LiveClient.connect(ours, "", beforeThem)) {
      assertAllAndOnlyOwn(seen(resumed), OURS);
    }
    assertAllAndOnlyOwn(pulled(ours, start), OURS);
    assertAllAndOnlyOwn(pulled(theirs, start), THEIRS);
  }

  private static LiveClient connect(Client tenant) throws IOException {
    LiveClient feed = LiveClient.connect(tenant, "", null);
    assertThat(Objects.requireNonNull(feed.next()).name()).isEqualTo("ready");
    return feed;
  }

  /// What comes until all events have come.
  private static List<JsonNode> seen(LiveClient feed) throws IOException {
    List<JsonNode> seen = new ArrayList<>();
    while (seen.size() < MESSAGES * TYPES.size()) {
      Message message = Objects.requireNonNull(feed.next());
      if (message.name().equals("message")) {
        seen.add(message.data());
      } else {
        assertThat(message.name()).isEqualTo("ready");
      }
    }
    return seen;
  }

  private static List<JsonNode> pulled(Client tenant, Instant since) {
    List<JsonNode> seen = new ArrayList<>();
    JsonNode page = tenant.getJson("/events?limit=50&since=" + since);
    page.path("events").forEach(seen::add);
    while (!page.path("at_end").asBoolean()) {
      String cursor = page.path("next_cursor").asText();
      page = tenant.getJson("/events?limit=50&cursor=" + cursor);
      page.path("events").forEach(seen::add);
    }
    return seen;
  }

  /// Every event says whose it is by its account.
  private static void assertAllAndOnlyOwn(List<JsonNode> events, String mark) {
    assertThat(events)
        .hasSize(MESSAGES * TYPES.size())
        .extracting(event -> event.path("account").asText())
        .containsOnly(mark);
    assertThat(events).extracting(event -> event.path("event_id").asText()).doesNotHaveDuplicates();
  }

  @Test
  void webhooksTakeToEachTenantItsOwn() throws IOException {
    try (WebhookReceiver receiver = WebhookReceiver.start()) {
      String ourHook = subscribe(ours, receiver, "/ours");
      String theirHook = subscribe(theirs, receiver, "/theirs");
      try {
        post(ours, "hooks", OURS);
        post(theirs, "hooks", THEIRS);

        int all = MESSAGES * TYPES.size();
        Await.untilAsserted(
            DEADLINE,
            () -> {
              assertThat(accounts(receiver, "/ours")).hasSizeGreaterThanOrEqualTo(all);
              return assertThat(accounts(receiver, "/theirs")).hasSizeGreaterThanOrEqualTo(all);
            });
        assertThat(accounts(receiver, "/ours")).containsOnly(OURS);
        assertThat(accounts(receiver, "/theirs")).containsOnly(THEIRS);
        assertThat(receiver.taken("/ours"))
            .extracting(taken -> taken.body().at("/data/tenant").asText())
            .containsOnly(ourName);
        assertThat(receiver.forged()).isZero();
        assertUnknown(ours, theirHook);
        assertUnknown(theirs, ourHook);
      } finally {
        ours.delete("/webhooks/" + ourHook);
        theirs.delete("/webhooks/" + theirHook);
      }
    }
  }

  private static String subscribe(Client tenant, WebhookReceiver receiver, String path) {
    HttpResponse<String> made =
        tenant.postJson(
            tenant.api() + "/api/v1/webhooks",
            Client.text(
                Map.of(
                    "url", receiver.url() + path, "events", TYPES, "campaigns", List.of("hooks"))));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    JsonNode webhook = Client.json(made.body());
    receiver.checkWith(path, webhook.path("secret").asText());
    return webhook.path("webhook").asText();
  }

  private static List<String> accounts(WebhookReceiver receiver, String path) {
    return receiver.taken(path).stream()
        .map(taken -> taken.body().at("/data/account").asText())
        .toList();
  }

  /// To another tenant a webhook is not there, whatever is asked of it.
  private static void assertUnknown(Client client, String webhook) {
    String path = "/webhooks/" + webhook;
    String url = client.api() + "/api/v1" + path;
    assertThat(client.getJson("/webhooks").toString()).doesNotContain(webhook);
    assertThat(client.get(path).statusCode()).isEqualTo(404);
    assertThat(client.get(path + "/dead").statusCode()).isEqualTo(404);
    assertThat(client.put(path, "{\"enabled\":false}").statusCode()).isEqualTo(404);
    assertThat(client.postJson(url + "/test", "{}").statusCode()).isEqualTo(404);
    assertThat(client.postJson(url + "/replay", "{}").statusCode()).isEqualTo(404);
    assertThat(client.delete(path)).isEqualTo(404);
  }

  /// Both tenants' events have the same ids.
  private static void post(Client tenant, String campaign, String mark) {
    for (String type : TYPES) {
      List<Map<String, Object>> events = new ArrayList<>();
      for (int message = 0; message < MESSAGES; message++) {
        events.add(
            Map.of(
                "type",
                type,
                "campaign",
                campaign,
                "message",
                campaign + "-m" + message,
                "recipient",
                "r" + message,
                "event_id",
                campaign + "-" + message + type,
                "account",
                mark));
      }
      // Until the edge knows the tenant, nothing is taken.
      Await.untilAsserted(
          DEADLINE,
          () -> {
            tenant.post(events);
            return null;
          });
    }
  }
}
