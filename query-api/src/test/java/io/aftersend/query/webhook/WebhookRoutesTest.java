package io.aftersend.query.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.query.TestApi;
import io.aftersend.query.http.Answer;
import io.aftersend.schemas.webhook.DeadDelivery;
import io.aftersend.schemas.webhook.WebhookSubscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookRoutesTest {
  private static final String ALL = "/api/v1/webhooks";
  private static final String BODY =
      "{\"url\":\"https://receiver.example.com/hook\",\"events\":[\"clicked\",\"bounced\"]}";

  private final TestApi api = new TestApi();

  @Test
  void showsTheSecretOnceAndNeverAgain() {
    Answer made = api.post(TestApi.ALL_SCOPES, ALL, BODY);

    assertThat(made.status()).isEqualTo(201);
    JsonNode json = TestApi.json(made);
    String id = json.path("webhook").asText();
    assertThat(made.headers()).containsEntry("Location", ALL + "/" + id);
    assertThat(json.path("secret").asText()).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(json.path("enabled").asBoolean()).isTrue();
    assertThat(TestApi.text(api.get(ALL + "/" + id)))
        .contains("\"events\":[\"clicked\",\"bounced\"]")
        .doesNotContain("secret", "whsec_");
    assertThat(TestApi.text(api.get(ALL))).contains(id).doesNotContain("whsec_");
    assertThat(TestApi.text(api.put(ALL + "/" + id, "{\"human_only\":true}")))
        .contains("\"human_only\":true")
        .doesNotContain("whsec_");
  }

  @Test
  void signsWithTheOldSecretTooForADayAfterAChange() {
    JsonNode made = make();
    String id = made.path("webhook").asText();

    JsonNode changed = TestApi.json(api.put(ALL + "/" + id, "{\"rotate_secret\":true}"));

    WebhookSubscription stored = Objects.requireNonNull(api.webhooks.tables().find("ours", id));
    assertThat(changed.path("secret").asText())
        .isEqualTo(stored.getSecret())
        .isNotEqualTo(made.path("secret").asText());
    assertThat(stored.getSecretBefore()).isEqualTo(made.path("secret").asText());
    assertThat(stored.getSecretBeforeUntil()).isEqualTo(TestApi.NOW.plus(Duration.ofDays(1)));
  }

  @Test
  void leavesAbsentFieldsAndForgetsWhyItWasDisabled() {
    String id = make().path("webhook").asText();
    WebhookSubscription stored = Objects.requireNonNull(api.webhooks.tables().find("ours", id));
    api.webhooks.put(
        WebhookSubscription.newBuilder(stored)
            .setEnabled(false)
            .setDisabledReason("the receiver answered HTTP 410")
            .build());

    JsonNode after =
        TestApi.json(api.put(ALL + "/" + id, "{\"enabled\":true,\"campaigns\":[\"c\"]}"));

    assertThat(after.path("disabled_reason").isNull()).isTrue();
    assertThat(after.path("enabled").asBoolean()).isTrue();
    assertThat(after.path("campaigns").toString()).isEqualTo("[\"c\"]");
    assertThat(after.path("url").asText()).isEqualTo("https://receiver.example.com/hook");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'url':'https://inside.example.com/'} | url",
        "{'url':'https://nowhere.example.com/'} | url",
        "{'url':'https://169.254.169.254/latest'} | url",
        "{'url':'http://receiver.example.com/'} | url",
        "{'url':'file:///etc/passwd'} | url",
        "{'url':5} | url",
        "{'events':['klicked']} | events[0]",
        "{'events':'clicked'} | events",
        "{'events':[]} | events",
        "{'signals':['opened']} | signals[0]",
        "{'campaigns':['a b']} | campaigns[0]",
        "{'human_only':'yes'} | human_only",
        "{'enabled':null} | enabled",
        "{'description':''} | description",
        "{'secret':'x'} | secret"
      })
  void namesTheWrongField(String body, String parameter) {
    String id = make().path("webhook").asText();

    Answer answer = api.put(ALL + "/" + id, body.replace('\'', '"'));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(TestApi.wrong(answer)).containsExactly(parameter);
  }

  @Test
  void asksForAUrlAndSomethingToTell() {
    assertThat(TestApi.wrong(api.post(TestApi.ALL_SCOPES, ALL, "{}")))
        .containsExactlyInAnyOrder("url", "events");
  }

  @Test
  void keepsTenantsApart() {
    String id = make().path("webhook").asText();

    assertThat(api.get(TestApi.THEIRS, ALL + "/" + id).status()).isEqualTo(404);
    assertThat(api.get(TestApi.THEIRS, ALL + "/" + id + "/dead").status()).isEqualTo(404);
    for (String action : List.of("/test", "/replay")) {
      assertThat(api.post(TestApi.THEIRS, ALL + "/" + id + action, "{}").status()).isEqualTo(404);
    }
    assertThat(api.send("DELETE", ALL + "/" + id, TestApi.jsonHeaders(TestApi.THEIRS), "").status())
        .isEqualTo(404);
    assertThat(TestApi.json(api.get(TestApi.THEIRS, ALL)).path("webhooks")).isEmpty();
    assertThat(TestApi.json(api.get(ALL)).path("webhooks")).hasSize(1);
  }

  @Test
  void asksForTheScopeAdminToWrite() {
    String id = make().path("webhook").asText();

    assertThat(api.get(TestApi.READ, ALL + "/" + id).status()).isEqualTo(200);
    for (String path : List.of(ALL, ALL + "/" + id + "/test", ALL + "/" + id + "/replay")) {
      assertThat(api.post(TestApi.READ, path, BODY).status()).as(path).isEqualTo(403);
    }
    assertThat(api.get(TestApi.INGEST, ALL).status()).isEqualTo(403);
  }

  @Test
  void pagesById() {
    List<String> ids =
        List.of(make(), make(), make()).stream()
            .map(made -> made.path("webhook").asText())
            .sorted()
            .toList();

    JsonNode first = TestApi.json(api.get(ALL + "?limit=2"));
    JsonNode second =
        TestApi.json(api.get(ALL + "?limit=2&cursor=" + first.path("next_cursor").asText()));

    assertThat(first.path("webhooks").findValuesAsText("webhook")).isEqualTo(ids.subList(0, 2));
    assertThat(second.path("webhooks").findValuesAsText("webhook")).isEqualTo(ids.subList(2, 3));
    assertThat(second.path("next_cursor").isNull()).isTrue();
    assertThat(TestApi.text(api.getCsv(ALL)))
        .contains(ids.getFirst() + ",https://receiver.example.com/hook,,clicked; bounced,");
  }

  @Test
  void listsTheDeadAndOrdersThemAgain() {
    String id = make().path("webhook").asText();
    api.webhooks.put(dead(id, "msg_a"));
    api.webhooks.put(dead(id, "msg_b"));

    assertThat(TestApi.json(api.get(ALL + "/" + id + "/dead?limit=1")).path("dead"))
        .singleElement()
        .satisfies(row -> assertThat(row.path("error").asText()).isEqualTo("HTTP 400"));
    assertThat(TestApi.json(api.get(ALL + "/" + id)).at("/state/dead").asInt()).isEqualTo(2);
    Answer one =
        api.post(
            TestApi.ALL_SCOPES, ALL + "/" + id + "/replay", "{\"deliveries\":[\"msg_b\",\"x\"]}");
    assertThat(TestApi.text(one)).isEqualTo("{\"replayed\":1}");
    JsonNode rows = TestApi.json(api.get(ALL + "/" + id + "/dead")).path("dead");
    assertThat(rows.get(0).path("replay_asked_at").isNull()).isTrue();
    assertThat(rows.get(1).path("replay_asked_at").asText()).isEqualTo("2026-11-22T12:00:00Z");
    assertThat(TestApi.text(api.post(TestApi.ALL_SCOPES, ALL + "/" + id + "/replay", "{}")))
        .isEqualTo("{\"replayed\":2}");
    assertThat(
            TestApi.wrong(
                api.post(
                    TestApi.ALL_SCOPES, ALL + "/" + id + "/replay", "{\"deliveries\":\"all\"}")))
        .containsExactly("deliveries");
  }

  @Test
  void removesAWebhook() {
    String id = make().path("webhook").asText();

    assertThat(
            api.send("DELETE", ALL + "/" + id, TestApi.jsonHeaders(TestApi.ALL_SCOPES), "")
                .status())
        .isEqualTo(200);
    assertThat(api.get(ALL + "/" + id).status()).isEqualTo(404);
  }

  @Test
  void takesSoManyOfATenantAndNoMore() {
    for (int i = 0; i < WebhookWrites.MAX_PER_TENANT; i++) {
      assertThat(api.post(TestApi.ALL_SCOPES, ALL, BODY).status()).isEqualTo(201);
    }

    assertThat(api.post(TestApi.ALL_SCOPES, ALL, BODY).status()).isEqualTo(409);
    assertThat(api.post(TestApi.THEIRS, ALL, BODY).status()).isEqualTo(201);
  }

  @Test
  void saysWhenKafkaIsAway() {
    api.webhooks.isDown = true;

    assertThat(api.get(ALL).status()).isEqualTo(503);
    assertThat(api.send("GET", ALL, Map.of(), "").status()).isEqualTo(401);
  }

  private JsonNode make() {
    return TestApi.json(api.post(TestApi.ALL_SCOPES, ALL, BODY));
  }

  private static DeadDelivery dead(String webhook, String delivery) {
    return DeadDelivery.newBuilder()
        .setTenant("ours")
        .setWebhook(webhook)
        .setDelivery(delivery)
        .setType("event.clicked")
        .setTopic("email-events-judged")
        .setPartition(0)
        .setOffset(1)
        .setArrivedAt(TestApi.NOW)
        .setDiedAt(TestApi.NOW)
        .setAttempts(5)
        .setError("HTTP 400")
        .build();
  }
}
