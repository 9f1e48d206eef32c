package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.RunningUp.Up;
import io.aftersend.query.ApiConfig;
import io.aftersend.query.ApiService;
import io.aftersend.query.oidc.FakeProvider;
import io.aftersend.runtime.tenants.Secret;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.runtime.tenants.Tenants;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The dashboard in a real Chromium: every page once, in all languages, themes and sizes in turn,
/// against the numbers of the API; `integration-tests/browser` says what is checked.
@ExtendWith(RunningUp.class)
class DashboardIT {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final Duration BROWSER_DEADLINE = Duration.ofMinutes(4);
  private static final Path BROWSER = Path.of("browser").toAbsolutePath();
  private static final String PHONE =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
          + " Gecko) Version/17.0 Mobile/15E148 Safari/604.1";
  private static final int MESSAGES = 240;
  private static final String TENANT = "dashboard";

  /// Where those who open read, in turn: of Germany and Singapore there are too few to tell.
  private static final List<String> PLACES =
      List.of(
          KnownPlaces.BAKU,
          KnownPlaces.BAKU,
          KnownPlaces.BAKU,
          KnownPlaces.TEHRAN,
          KnownPlaces.TEHRAN,
          KnownPlaces.ANKARA,
          KnownPlaces.BAKU,
          KnownPlaces.NOWHERE);

  private final Instant start =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(9));
  private final ReadyLine ready;
  private final Client client;
  private final String key;

  /// A tenant of its own, whose numbers no other test moves, with a key that sees the sums of all
  /// tenants too.
  DashboardIT(Up up) {
    command(up, "tenant", "add", TENANT, "--json");
    String scopes = "ingest,read,admin,operate";
    this.key =
        Client.json(command(up, "key", "add", "--tenant", TENANT, "--scope", scopes, "--json"))
            .get("key")
            .asText();
    this.ready = up.process().ready();
    this.client =
        Client.of(ready.field("edge"), ready.field("api"), ready.field("clickhouse"), key);
    Await.untilAsserted(DEADLINE, () -> client.getJson("/campaigns"));
  }

  private static String command(Up up, String... arguments) {
    AftersendProcess process = AftersendProcess.start(up.directory(), up.settings(), arguments);
    assertThat(process.awaitEnd()).as(process.outputText()).isZero();
    return process.outputText();
  }

  @Test
  void everyPageShowsTheNumbersOfTheApi() throws Exception {
    List<Map<String, Object>> events = new ArrayList<>(campaign());
    events.addAll(list());
    events.addAll(mailbox());
    Await.untilAsserted(
        DEADLINE,
        () -> {
          client.post(events);
          return null;
        });
    describe();
    awaitNumbers(events.size());

    try (FakeProvider provider = new FakeProvider();
        ApiService other = apiWith(provider)) {
      // Another site than the provider's, for browsers.
      String site = "http://localhost:" + other.url().getPort();
      Process browser = startBrowser(trackedClick(), site);
      String output = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(browser.waitFor(BROWSER_DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(browser.exitValue()).as(output).isZero();
    }
  }

  /// An API over the same numbers, by whose provider people of the group `marketing` see the
  /// tenant's.
  private ApiService apiWith(FakeProvider provider) {
    Map<String, String> settings =
        Map.of(
            "AFTERSEND_API_PORT",
            "0",
            "AFTERSEND_CLICKHOUSE_URL",
            ready.field("clickhouse"),
            "AFTERSEND_KAFKA_BOOTSTRAP",
            ready.field("kafka"),
            "AFTERSEND_OIDC_ISSUER",
            provider.issuer().toString(),
            "AFTERSEND_OIDC_CLIENT_ID",
            FakeProvider.CLIENT,
            "AFTERSEND_OIDC_CLIENT_SECRET",
            FakeProvider.SECRET,
            "AFTERSEND_OIDC_TENANT_CLAIM",
            "groups",
            "AFTERSEND_OIDC_TENANTS",
            "marketing=" + TENANT);
    Tenant tenant = new Tenant(TENANT, "UTC", 400, Instant.EPOCH, List.of(), List.of());
    Tenants tenants = Tenants.of(Secret.of(new byte[32]), List.of(tenant));
    return ApiService.start(
        ApiConfig.from(settings),
        () -> tenants,
        new PrometheusRegistry(),
        URI.create("https://go.example"));
  }

  private Process startBrowser(String tracked, String site) throws IOException {
    ProcessBuilder node =
        new ProcessBuilder("node", "run.mjs").directory(BROWSER.toFile()).redirectErrorStream(true);
    node.environment()
        .putAll(
            Map.of(
                "AFTERSEND_API",
                client.api(),
                "AFTERSEND_KEY",
                key,
                "CAMPAIGN",
                "dash",
                "LIST",
                "dash-list",
                "MAILBOX",
                "dash-ann",
                "RECIPIENT",
                "dash-r1",
                "TRACKED",
                tracked,
                "OIDC_API",
                site,
                "PICTURES",
                Path.of("target", "browser").toAbsolutePath().toString()));
    return node.start();
  }

  /// Two arms of 120 messages each; every third is opened, at hours that repeat, and some are
  /// clicked, more of arm b.
  private List<Map<String, Object>> campaign() {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      int minute = i % 8 * 1440 + 9 * 60;
      String message = "dash-m" + i;
      Map<String, Object> of =
          Map.of(
              "campaign",
              "dash",
              "message",
              message,
              "recipient",
              "dash-r" + i % 100,
              "account",
              "company-" + i % 4);
      events.add(event("sent", message, minute, of, Map.of("variant", i % 2 == 0 ? "a" : "b")));
      events.add(event("delivered", message, minute + 1, of, Map.of()));
      if (i % 3 == 0) {
        Map<String, Object> hit = Map.of("user_agent", PHONE, "ip", place(i / 3));
        events.add(event("opened", message, minute + 60, of, hit));
        if (i % (i % 2 == 0 ? 12 : 9) == 0) {
          events.add(
              event(
                  "clicked",
                  message,
                  minute + 61,
                  of,
                  Map.of(
                      "user_agent",
                      PHONE,
                      "ip",
                      place(i / 3),
                      "link",
                      "offer",
                      "url",
                      "https://shop.example/")));
        }
      }
      if (i % 60 == 0) {
        events.add(
            event("converted", message, minute + 90, of, Map.of("value", 25, "currency", "AZN")));
      }
    }
    return events;
  }

  private static String place(int reader) {
    return switch (reader) {
      case 7, 15, 23 -> KnownPlaces.BERLIN;
      case 31 -> KnownPlaces.SINGAPORE;
      default -> PLACES.get(reader % PLACES.size());
    };
  }

  private List<Map<String, Object>> list() {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Map<String, Object> of = Map.of("list", "dash-list", "recipient", "dash-new" + i);
      events.add(event("subscribed", "dash-l" + i, i % 8 * 1440, of, Map.of()));
      if (i % 5 == 0) {
        events.add(event("unsubscribed", "dash-l" + i, i % 8 * 1440 + 300, of, Map.of()));
      }
    }
    return events;
  }

  /// Six mails an hour for two hours, of which two thirds are answered.
  private List<Map<String, Object>> mailbox() {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Map<String, Object> of =
          Map.of("mailbox", "dash-ann", "thread", "dash-t" + i, "counterparty", "bob");
      events.add(event("received", "dash-t" + i, i * 10, of, Map.of("folder", "Inbox")));
      if (i % 3 != 0) {
        events.add(event("sent", "dash-t" + i, i * 10 + 45, of, Map.of()));
      }
    }
    return events;
  }

  private void describe() {
    String campaign =
        """
        {"name":"Spring offer","subject":"20 % off until Sunday","labels":["promotion","spring"],
         "list":"dash-list","cost":40,"currency":"AZN"}""";
    assertThat(client.putCampaign("dash", campaign).statusCode()).isEqualTo(200);
    // Of which nothing has happened yet.
    String quiet = "{\"name\":\"Autumn letter\",\"labels\":[\"autumn\"]}";
    assertThat(client.putCampaign("dash-quiet", quiet).statusCode()).isEqualTo(200);
    assertThat(client.put("/lists/dash-list", "{\"size\":1000}").statusCode()).isEqualTo(200);
  }

  private void awaitNumbers(int events) {
    Await.untilAsserted(
        DEADLINE,
        () -> {
          JsonNode campaign = client.campaign("dash");
          assertThat(campaign.at("/counts/sent/unique").asInt()).isEqualTo(MESSAGES);
          assertThat(campaign.at("/counts/opened/human_unique").asInt()).isEqualTo(MESSAGES / 3);
          assertThat(campaign.at("/counts/converted/unique").asInt()).isEqualTo(4);
          assertThat(client.getJson("/campaigns/dash/places").path("places")).hasSize(6);
          assertThat(
                  client.query(
                      "SELECT count() FROM aftersend.events WHERE tenant = '" + TENANT + "'"))
              .containsExactly(List.of("" + events));
          JsonNode mailbox = client.getJson("/mailboxes").at("/mailboxes/0");
          assertThat(mailbox.path("received").asInt()).isEqualTo(12);
          assertThat(mailbox.path("sent").asInt()).isEqualTo(8);
          JsonNode growth = client.getJson("/lists/dash-list/growth").path("counts");
          assertThat(growth.path("subscribed").asInt()).isEqualTo(30);
          assertThat(growth.path("departed").asInt()).isEqualTo(6);
          assertThat(client.getJson("/signals").path("signals")).isNotEmpty();
          assertThat(client.getJson("/recipients?filter=engaged").path("recipients")).isNotEmpty();
          return campaign;
        });
  }

  /// A click that is still to come, on a message that nobody has opened.
  private String trackedClick() {
    HttpResponse<String> links =
        client.postJson(
            client.api() + "/api/v1/links",
            """
            {"campaign":"dash","message":"dash-m1","recipient":"dash-r1",
             "urls":[{"url":"https://shop.example/","link":"offer"}]}""");
    assertThat(links.statusCode()).as(links.body()).isEqualTo(200);
    return Client.json(links.body()).at("/clicks/0/tracked").asText();
  }

  private Map<String, Object> event(
      String type, String id, int minute, Map<String, Object> of, Map<String, Object> more) {
    Map<String, Object> event = new HashMap<>(of);
    event.putAll(more);
    event.put("type", type);
    event.put("event_id", id + "-" + type);
    event.put("event_time", start.plus(Duration.ofMinutes(minute)).toString());
    return event;
  }
}
