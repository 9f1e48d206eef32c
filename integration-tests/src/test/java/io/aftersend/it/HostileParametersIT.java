package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.it.ApiDocument.Operation;
import io.aftersend.it.ApiDocument.Parameter;
import io.aftersend.it.TwoTenants.Apis;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Every parameter of every operation that reads, filled with what breaks careless programs: the
/// answer is a mistake by name, or that to a value that nobody has.
@ExtendWith({RunningUp.class, TwoTenants.class})
class HostileParametersIT {
  private static final List<String> HOSTILE =
      List.of(
          "'",
          "\\",
          "\\' OR 1=1 --",
          "' OR ''='",
          "x' UNION ALL SELECT * FROM aftersend.event_log --",
          "x') OR sleep(3) = 0 /*",
          "1; DROP TABLE aftersend.campaigns",
          "{of_tenant:String}",
          "?",
          "%",
          "x'/**/OR/**/tenant!='",
          "\u0000",
          "é\uD83D\uDE00'\"`",
          "-1",
          "99999999999999999999",
          "2026-99-99T99:99:99Z");

  private static final String UNKNOWN = "zz-unknown";
  private static final int AT_ONCE = 8;

  private final ApiCalls api;
  private final ApiDocument document;

  HostileParametersIT(Apis apis) {
    api = ApiCalls.to(apis.whole().url());
    document = new ApiDocument(api.send("GET", "/openapi.json", Map.of(), "").body());
  }

  private record Attack(String path, String value, String harmless) {}

  @Test
  void noValueIsMoreThanAValue() {
    List<Attack> attacks = attacks();
    List<String> problems = Collections.synchronizedList(new ArrayList<>());
    Semaphore free = new Semaphore(AT_ONCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Attack attack : attacks) {
        threads.execute(
            () -> {
              free.acquireUninterruptibly();
              try {
                judge(attack, problems);
              } catch (RuntimeException | AssertionError e) {
                problems.add(attack + ": " + e);
              } finally {
                free.release();
              }
            });
      }
    }
    assertThat(attacks).hasSizeGreaterThan(1_000);
    assertThat(problems).isEmpty();
  }

  private List<Attack> attacks() {
    List<Attack> attacks = new ArrayList<>();
    for (Operation operation : document.operations()) {
      boolean isFeed = operation.node().path("tags").toString().contains("Events");
      // Feeds are read from Kafka: they ask no database.
      if (!operation.method().equals("GET") || operation.isOpen() || isFeed) {
        continue;
      }
      boolean isRecipient = operation.path().startsWith("/recipients/");
      String path = operation.path().replace("{id}", isRecipient ? "r1" : "shared");
      for (String hostile : HOSTILE) {
        String encoded = encoded(hostile);
        if (operation.path().contains("{id}")) {
          attacks.add(
              new Attack(
                  operation.path().replace("{id}", encoded),
                  hostile,
                  operation.path().replace("{id}", UNKNOWN)));
        }
        for (Parameter parameter : document.parameters(operation)) {
          String query = path + "?" + parameter.name() + "=";
          attacks.add(new Attack(query + encoded, hostile, query + UNKNOWN));
        }
      }
    }
    return attacks;
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private void judge(Attack attack, List<String> problems) {
    // What is asked without a period is asked of one that ends today, and the day may end between
    // two questions: a difference counts when it stays.
    String difference = difference(attack);
    if (!difference.isEmpty() && !difference(attack).isEmpty()) {
      problems.add(difference);
    }
  }

  /// How the answer differs from a refusal and from that to a value that nobody has; empty where it
  /// is one of these.
  private String difference(Attack attack) {
    HttpResponse<String> answer = api.get(TwoTenants.OURS, attack.path());
    if (answer.statusCode() == 400 || answer.statusCode() == 404) {
      return "";
    }
    HttpResponse<String> harmless = api.get(TwoTenants.OURS, attack.harmless());
    boolean isAsUnknown =
        answer.statusCode() == harmless.statusCode() && answer.body().equals(harmless.body());
    return isAsUnknown ? "" : attack + ": " + answer.statusCode() + " " + answer.body();
  }

  @Test
  void zonesAndPeriodsThatAreNoneAreRefused() {
    for (String query :
        List.of(
            "zone=Mars/Olympus",
            "zone=",
            "zone=UTC%2B4",
            "from=2026-06-02&to=2026-06-01",
            "from=0001-01-01&to=9999-12-31",
            "from=2010-01-01&to=2026-01-01",
            "from=%2B999999999-12-31",
            "to=now")) {
      for (String path :
          List.of(
              "/lists",
              "/lists/shared/growth",
              "/totals",
              "/mailboxes",
              "/campaigns/shared/timeline")) {
        HttpResponse<String> answer = api.get(TwoTenants.OURS, path + "?" + query);
        assertThat(answer.statusCode()).as(path + "?" + query + answer.body()).isEqualTo(400);
      }
    }
  }

  @Test
  void aCursorOfAnotherTableIsRefused() {
    String cursor =
        ApiDocument.json(api.get(TwoTenants.OURS, "/recipients?limit=1").body())
            .path("next_cursor")
            .asText();
    for (String path : List.of("/campaigns", "/totals", "/signals", "/lists", "/mailboxes")) {
      assertThat(api.get(TwoTenants.OURS, path + "?cursor=" + cursor).statusCode())
          .as(path)
          .isEqualTo(400);
    }
  }
}
