package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.it.ApiDocument.Operation;
import io.aftersend.it.TwoTenants.Apis;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Every operation of the API's own description, errors included, each answer judged by it.
@ExtendWith({RunningUp.class, TwoTenants.class})
class ApiContractIT {
  /// What is asked of each operation, further calls behind the first: every operation must be here.
  private static final String FOLLOW = "followEvents";

  /// What is answered without ClickHouse.
  private static final Set<String> IN_KAFKA = Set.of("pullEvents", FOLLOW);

  private static final Map<String, List<String>> CALLS =
      Map.ofEntries(
          Map.entry(
              "listCampaigns",
              List.of(
                  "/campaigns",
                  "/campaigns?limit=1&sparkline=opened&sort=first_sent&order=desc",
                  "/campaigns?sort=name&search=OWN&label=own",
                  "/campaigns?sort=clicked&limit=1&sparkline=sent")),
          Map.entry("getCampaign", List.of("/campaigns/shared")),
          Map.entry("putCampaign", List.of("/campaigns/contract-put")),
          Map.entry(
              "getTimeline",
              List.of(
                  "/campaigns/shared/timeline",
                  "/campaigns/shared/timeline?grain=15m&basis=sent&counts=all",
                  "/campaigns/shared/timeline?grain=hour&compare=previous&zone=Asia/Tehran")),
          Map.entry(
              "getHeatmap",
              List.of(
                  "/campaigns/shared/heatmap",
                  "/campaigns/shared/heatmap?zone=recipient&grain=daily")),
          Map.entry(
              "listCampaignRecipients",
              List.of(
                  "/campaigns/shared/recipients", "/campaigns/shared/recipients?filter=bounced")),
          Map.entry(
              "compareArms",
              List.of(
                  "/campaigns/shared/compare",
                  "/campaigns/shared/compare?goal=conversions&control=b&split=a:1,b:1",
                  "/campaigns/own-only/compare")),
          Map.entry("getDistributions", List.of("/campaigns/shared/distributions")),
          Map.entry("listLinks", List.of("/campaigns/shared/links")),
          Map.entry("listDevices", List.of("/campaigns/shared/devices")),
          Map.entry("listPlaces", List.of("/campaigns/shared/places")),
          Map.entry("listAccounts", List.of("/campaigns/shared/accounts")),
          Map.entry(
              "getTotals",
              List.of(
                  "/totals",
                  "/totals?by=label&limit=1",
                  "/totals?by=subject",
                  "/totals?by=month",
                  "/totals?by=label&basis=sent",
                  "/totals?by=subject&from=2026-01-01&compare=previous")),
          Map.entry("getConversions", List.of("/conversions")),
          Map.entry("getAccounting", List.of("/accounting", "/accounting?rows=counted&limit=1")),
          Map.entry("putList", List.of("/lists/contract-put")),
          Map.entry(
              "listLists", List.of("/lists", "/lists?limit=1&from=2026-01-01&zone=Asia/Tehran")),
          Map.entry("getGrowth", List.of("/lists/shared/growth")),
          Map.entry("listMailboxes", List.of("/mailboxes", "/mailboxes?from=2026-01-01")),
          Map.entry("getMailbox", List.of("/mailboxes/shared")),
          Map.entry(
              "getMailboxHeatmap",
              List.of(
                  "/mailboxes/shared/heatmap",
                  "/mailboxes/shared/heatmap?event=sent&grain=daily&zone=Asia/Tehran")),
          Map.entry(
              "listUnanswered",
              List.of(
                  "/mailboxes/shared/unanswered",
                  "/mailboxes/shared/unanswered?direction=received")),
          Map.entry("listRecipients", List.of("/recipients", "/recipients?filter=quiet")),
          Map.entry("getRecipientTimeline", List.of("/recipients/r1/timeline")),
          Map.entry("listSignals", List.of("/signals", "/signals?signal=clicked&limit=1")),
          Map.entry(
              "pullEvents", List.of("/events?limit=1", "/events?type=opened&counts=human&limit=5")),
          // Which never ends: its messages are held to the document elsewhere.
          Map.entry(FOLLOW, List.of()),
          Map.entry("signLinks", List.of("/links")),
          Map.entry("getOpenApi", List.of("/openapi.json")),
          Map.entry("getDocs", List.of("/docs")));

  private static final Map<String, String> BODIES =
      Map.of(
          "putCampaign", "{\"name\":\"put\",\"cost\":\"1.50\",\"currency\":\"AZN\"}",
          "putList", "{\"size\":10}",
          "signLinks", "{\"message\":\"m\",\"urls\":[\"https://shop.example/\"]}");

  private final ApiCalls whole;
  private final ApiCalls strict;
  private final ApiCalls cutOff;
  private final ApiDocument document;
  private final String text;
  private final Map<String, Set<Integer>> seen = new HashMap<>();

  ApiContractIT(Apis apis) {
    whole = ApiCalls.to(apis.whole().url());
    strict = ApiCalls.to(apis.strict().url());
    cutOff = ApiCalls.to(apis.cutOff().url());
    text = whole.send("GET", "/openapi.json", Map.of(), "").body();
    document = new ApiDocument(text);
  }

  @Test
  void theDocumentIsSoundInAnOpenApiParsersEyes() {
    SwaggerParseResult result = new OpenAPIV3Parser().readContents(text);

    assertThat(result.getMessages()).isEmpty();
    assertThat(result.getOpenAPI().getPaths()).isNotEmpty();
  }

  @Test
  void everyOperationHasACall() {
    assertThat(operations().stream().map(Operation::id))
        .containsExactlyInAnyOrderElementsOf(CALLS.keySet());
  }

  @Test
  void everyAnswerIsAsDescribed() {
    List<String> problems = new ArrayList<>();
    for (Operation operation : operations()) {
      for (String path : CALLS.getOrDefault(operation.id(), List.of())) {
        judge(problems, operation, 200, call(whole, operation, path, Map.of()));
        if (operation.gives("text/csv")) {
          judge(problems, operation, 200, call(whole, operation, path, accept("text/csv")));
        }
      }
      errors(problems, operation);
    }
    assertThat(problems).isEmpty();
    TreeSet<Integer> statuses = new TreeSet<>();
    seen.values().forEach(statuses::addAll);
    assertThat(statuses).contains(200, 304, 400, 401, 403, 404, 405, 406, 409, 413, 415, 429, 503);
  }

  /// All but those of webhooks, whose ids are drawn.
  private List<Operation> operations() {
    return document.operations().stream()
        .filter(operation -> !operation.path().startsWith("/webhooks"))
        .toList();
  }

  @Test
  void everyAnswerOfAWebhookIsAsDescribed() {
    List<String> problems = new ArrayList<>();
    String made = "{\"url\":\"http://127.0.0.1:9/hook\",\"events\":[\"clicked\"]}";
    HttpResponse<String> created = webhook(problems, "createWebhook", 201, "/webhooks", made);
    String id = ApiDocument.json(created.body()).path("webhook").asText();
    String one = "/webhooks/" + id;
    webhook(problems, "createWebhook", 400, "/webhooks", "{\"url\":\"ftp://x\"}");
    webhook(problems, "listWebhooks", 200, "/webhooks", "");
    webhook(problems, "listWebhooks", 400, "/webhooks?limit=none", "");
    webhook(problems, "getWebhook", 200, one, "");
    webhook(problems, "getWebhook", 404, "/webhooks/wh_000000000000000000000000", "");
    webhook(problems, "putWebhook", 200, one, "{\"rotate_secret\":true}");
    webhook(problems, "testWebhook", 200, one + "/test", "");
    webhook(problems, "listDeadDeliveries", 200, one + "/dead", "");
    webhook(problems, "replayWebhook", 200, one + "/replay", "{}");
    webhook(problems, "deleteWebhook", 200, one, "");
    webhook(problems, "deleteWebhook", 404, one, "");
    assertThat(problems).isEmpty();
  }

  private HttpResponse<String> webhook(
      List<String> problems, String id, int expected, String path, String body) {
    Operation operation =
        document.operations().stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow();
    HttpResponse<String> answer = body(whole, operation, path, body);
    judge(problems, operation, expected, answer);
    return answer;
  }

  private void errors(List<String> problems, Operation operation) {
    String path = path(operation);
    judge(problems, operation, 405, send(whole, "DELETE", operation, path, Map.of()));
    if (operation.isOpen()) {
      return;
    }
    Map<String, String> nobody = Map.of("Authorization", "Bearer nobody");
    judge(problems, operation, 401, call(whole, operation, path, nobody));
    String wrong = operation.path().replace("{id}", "shared") + "?no-such-name=1";
    judge(problems, operation, 400, call(whole, operation, wrong, Map.of()));
    judge(problems, operation, 429, tooSoon(operation, wrong));
    if (operation.method().equals("GET")) {
      Map<String, String> other = Map.of("Authorization", "Bearer " + TwoTenants.INGEST_ONLY);
      judge(problems, operation, 403, call(whole, operation, path, other));
      judge(problems, operation, 406, call(whole, operation, path, accept("image/png")));
      if (IN_KAFKA.contains(operation.id())) {
        return;
      }
      judge(problems, operation, 503, call(cutOff, operation, path, Map.of()));
      Map<String, String> tag = Map.of("If-None-Match", "*");
      judge(problems, operation, 304, call(whole, operation, path, tag));
      if (operation.path().contains("{id}")) {
        String unknown = operation.path().replace("{id}", "no-such-id");
        judge(problems, operation, 404, call(whole, operation, unknown, Map.of()));
      }
    } else {
      writeErrors(problems, operation, path);
    }
  }

  private static String path(Operation operation) {
    List<String> calls = CALLS.getOrDefault(operation.id(), List.of());
    return calls.isEmpty() ? operation.path() : calls.getFirst();
  }

  /// The answer to one request too many, however slow the others were.
  private HttpResponse<String> tooSoon(Operation operation, String path) {
    HttpResponse<String> answer = call(strict, operation, path, Map.of());
    for (int i = 0; i < 20 && answer.statusCode() != 429; i++) {
      answer = call(strict, operation, path, Map.of());
    }
    return answer;
  }

  private void writeErrors(List<String> problems, Operation operation, String path) {
    Map<String, String> text = Map.of("Content-Type", "text/plain");
    judge(problems, operation, 415, call(whole, operation, path, text));
    judge(problems, operation, 400, body(whole, operation, path, "{\"no-such-field\":1}"));
    judge(problems, operation, 400, body(whole, operation, path, "{"));
    judge(problems, operation, 413, body(whole, operation, path, " ".repeat(10_000) + "{}"));
    if (operation.id().equals("signLinks")) {
      Map<String, String> unsigned = Map.of("Authorization", "Bearer " + TwoTenants.THEIRS);
      judge(problems, operation, 409, call(whole, operation, path, unsigned));
    } else {
      judge(problems, operation, 503, call(cutOff, operation, path, Map.of()));
      Map<String, String> other = Map.of("Authorization", "Bearer " + TwoTenants.INGEST_ONLY);
      judge(problems, operation, 403, call(whole, operation, path, other));
    }
  }

  private static Map<String, String> accept(String mediaType) {
    return Map.of("Accept", mediaType);
  }

  private HttpResponse<String> call(
      ApiCalls api, Operation operation, String path, Map<String, String> headers) {
    return send(api, operation.method(), operation, path, headers);
  }

  private HttpResponse<String> body(ApiCalls api, Operation operation, String path, String body) {
    Map<String, String> headers =
        Map.of("Authorization", "Bearer " + TwoTenants.OURS, "Content-Type", "application/json");
    return api.send(operation.method(), path, headers, body);
  }

  private HttpResponse<String> send(
      ApiCalls api, String method, Operation operation, String path, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>();
    if (!operation.isOpen()) {
      all.put("Authorization", "Bearer " + TwoTenants.OURS);
    }
    String body = method.equals("DELETE") ? "" : BODIES.getOrDefault(operation.id(), "");
    if (!body.isEmpty()) {
      all.put("Content-Type", "application/json");
    }
    all.putAll(headers);
    return api.send(method, path, all, body);
  }

  private void judge(
      List<String> problems, Operation operation, int expected, HttpResponse<String> answer) {
    String what = operation.method() + " " + answer.uri() + " " + answer.statusCode() + ": ";
    seen.computeIfAbsent(operation.id(), id -> new HashSet<>()).add(answer.statusCode());
    if (answer.statusCode() != expected) {
      problems.add(what + "expected " + expected + ", got " + answer.body());
    }
    document.problems(operation, answer).forEach(problem -> problems.add(what + problem));
  }
}
