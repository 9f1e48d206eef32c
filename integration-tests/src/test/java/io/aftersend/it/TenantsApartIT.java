package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.ApiDocument.Operation;
import io.aftersend.it.TwoTenants.Apis;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A walk over everything that can be read, by two tenants with the same ids: neither sees a row of
/// the other.
@ExtendWith({RunningUp.class, TwoTenants.class})
class TenantsApartIT {
  /// Where a tenant's texts do not come up, since it gives numbers only; its numbers are compared.
  private static final Set<String> NUMBERS_ONLY =
      Set.of(
          "/campaigns/{id}/distributions",
          "/campaigns/{id}/timeline",
          "/campaigns/{id}/heatmap",
          "/campaigns/{id}/devices",
          "/campaigns/{id}/places",
          "/campaigns/{id}/compare",
          "/conversions",
          "/lists/{id}/growth",
          "/mailboxes",
          "/mailboxes/{id}/heatmap",
          "/signals");

  /// What is said of the whole installation, which takes a scope of its own.
  private static final String OF_ALL = "/accounting";

  /// Which never ends.
  private static final String STREAM = "/live";

  /// A page of it ends after three seconds, perhaps before it has come to these tenants.
  private static final String LONG = "/events";

  private final ApiCalls api;
  private final ApiDocument document;

  TenantsApartIT(Apis apis) {
    api = ApiCalls.to(apis.whole().url());
    document = new ApiDocument(api.send("GET", "/openapi.json", Map.of(), "").body());
  }

  private List<Operation> reads() {
    return document.operations().stream()
        .filter(operation -> operation.method().equals("GET") && !operation.isOpen())
        .filter(operation -> !Set.of(OF_ALL, STREAM).contains(operation.path()))
        // Whose ids are drawn, so that tenants share none.
        .filter(operation -> !operation.path().startsWith("/webhooks"))
        .toList();
  }

  private static String path(Operation operation) {
    boolean isRecipient = operation.path().startsWith("/recipients/");
    return operation.path().replace("{id}", isRecipient ? "r1" : "shared");
  }

  @Test
  void noAnswerHasARowOfTheOtherTenant() {
    List<String> leaks = new ArrayList<>();
    for (Operation operation : reads()) {
      String path = path(operation);
      for (String body : bodies(TwoTenants.OURS, operation, path)) {
        if (body.contains(TwoTenants.MARK)) {
          leaks.add(path + " shows a row of the other tenant: " + body);
        }
      }
      boolean isShown =
          bodies(TwoTenants.THEIRS, operation, path).getFirst().contains(TwoTenants.MARK);
      boolean mayMiss = NUMBERS_ONLY.contains(operation.path()) || operation.path().equals(LONG);
      if (!isShown && !mayMiss) {
        leaks.add(path + " does not even show the other tenant its own rows");
      }
    }
    assertThat(leaks).isEmpty();
  }

  private List<String> bodies(String key, Operation operation, String path) {
    List<String> bodies = new ArrayList<>();
    HttpResponse<String> json = api.get(key, path);
    assertThat(json.statusCode()).as(path + json.body()).isEqualTo(200);
    bodies.add(json.body());
    if (operation.gives("text/csv")) {
      HttpResponse<String> csv = api.getCsv(key, path);
      assertThat(csv.statusCode()).as(path + csv.body()).isEqualTo(200);
      bodies.add(csv.body());
    }
    return bodies;
  }

  @Test
  void whatOnlyTheOtherTenantHasIsNotFound() {
    for (Operation operation : reads()) {
      if (operation.path().contains("{id}")) {
        boolean isRecipient = operation.path().startsWith("/recipients/");
        String id = TwoTenants.MARK + (isRecipient ? "-r" : "-only");
        String path = operation.path().replace("{id}", id);
        assertThat(api.get(TwoTenants.OURS, path).statusCode()).as(path).isEqualTo(404);
        assertThat(api.getCsv(TwoTenants.OURS, path).statusCode()).as(path).isIn(404, 406);
      }
    }
  }

  @Test
  void sumsOfTheWholeInstallationAreForItsOperatorAlone() {
    assertThat(api.get(TwoTenants.READ_ONLY, OF_ALL).statusCode()).isEqualTo(403);
    assertThat(api.getCsv(TwoTenants.READ_ONLY, OF_ALL).statusCode()).isEqualTo(403);
    assertThat(api.get(TwoTenants.OURS, OF_ALL).statusCode()).isEqualTo(200);
  }

  @Test
  void numbersAreOfTheOwnTenantAlone() {
    int mails = SharedIds.mails("own");
    assertThat(number("/campaigns/shared", "/counts/sent/unique")).isEqualTo(mails);
    assertThat(number("/campaigns/shared", "/revenue/AZN")).isEqualTo(mails * 5 / 2);
    assertThat(sum("/campaigns/shared/timeline", "/points", "/opened/first")).isEqualTo(mails);
    assertThat(sum("/campaigns/shared/heatmap", "/cells", "/first")).isEqualTo(mails);
    assertThat(sum("/campaigns/shared/compare", "/arms", "/messages")).isEqualTo(mails);
    assertThat(sum("/campaigns/shared/devices", "/devices", "/counts/opened/total"))
        .isEqualTo(mails);
    assertThat(number("/lists/shared/growth", "/counts/subscribed")).isEqualTo(mails);
    assertThat(sum("/lists?from=2020-01-01", "/lists", "/counts/subscribed")).isEqualTo(mails);
    assertThat(sum("/mailboxes", "/mailboxes", "/received")).isEqualTo(mails);
    assertThat(sum("/mailboxes/shared/heatmap", "/cells", "/total")).isEqualTo(mails);
    assertThat(json("/signals?signal=clicked").path("signals")).hasSize(mails);
    assertThat(sum("/conversions", "/conversions", "/total")).isEqualTo(mails);
    assertThat(sum("/totals?by=month", "/totals", "/counts/clicked/first")).isEqualTo(mails);
    assertThat(sum("/campaigns/shared/recipients", "/recipients", "/converted")).isEqualTo(mails);
  }

  private long number(String path, String pointer) {
    return json(path).at(pointer).asLong();
  }

  private long sum(String path, String rows, String pointer) {
    long sum = 0;
    for (JsonNode row : json(path).at(rows)) {
      sum += row.at(pointer).asLong();
    }
    return sum;
  }

  private JsonNode json(String path) {
    HttpResponse<String> answer = api.get(TwoTenants.OURS, path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ApiDocument.json(answer.body());
  }
}
