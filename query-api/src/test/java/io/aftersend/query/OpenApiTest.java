package io.aftersend.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Route;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The document against the routes that there are: neither has what the other lacks.
class OpenApiTest {
  private static final String BASE = "/api/v1";

  private final TestApi api = new TestApi();
  private final JsonNode document =
      TestApi.json(api.send("GET", BASE + "/openapi.json", Map.of(), ""));

  private record Described(String method, String path, JsonNode item, JsonNode operation) {}

  private List<Described> described() {
    List<Described> described = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        member -> {
                          if (!member.getKey().equals("parameters")) {
                            described.add(
                                new Described(
                                    member.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    path.getValue(),
                                    member.getValue()));
                          }
                        }));
    return described;
  }

  @Test
  void everyRouteIsAnOperationAndEveryOperationARoute() {
    List<String> routes =
        api.table.stream()
            .filter(route -> route.template().startsWith(BASE))
            .map(route -> route.method() + " " + route.template().substring(BASE.length()))
            .toList();

    assertThat(described().stream().map(each -> each.method() + " " + each.path()))
        .containsExactlyInAnyOrderElementsOf(routes);
  }

  @Test
  void everyOperationTellsTheScopesOfItsRoute() {
    for (Described each : described()) {
      TreeSet<String> told = new TreeSet<>();
      each.operation()
          .path("security")
          .forEach(one -> one.path("key").forEach(scope -> told.add(scope.asText())));
      TreeSet<String> taken = new TreeSet<>();
      route(each).anyOf().forEach(scope -> taken.add(scope.text()));
      assertThat(told).as(each.method() + " " + each.path()).isEqualTo(taken);
    }
  }

  private Route route(Described each) {
    return api.table.stream()
        .filter(route -> route.method().equals(each.method()))
        .filter(route -> route.template().equals(BASE + each.path()))
        .findFirst()
        .orElseThrow();
  }

  /// What an endpoint says that it expects, when it is asked for something that it does not know.
  @Test
  void everyParameterThatIsTakenIsDescribedAndNoOther() {
    for (Described each : described()) {
      if (each.method().equals("GET") && !each.operation().path("security").isEmpty()) {
        TreeSet<String> told = new TreeSet<>();
        each.operation()
            .path("parameters")
            .forEach(one -> told.add(resolved(one).path("name").asText()));
        Answer answer = api.get(BASE + each.path().replace("{id}", "x") + "?no-such-name=1");
        assertThat(answer.status()).as(each.path()).isEqualTo(400);
        assertThat(taken(answer)).as(each.path()).isEqualTo(told);
      }
    }
  }

  private JsonNode resolved(JsonNode reference) {
    return document.at(reference.path("$ref").asText().substring(1));
  }

  private static Set<String> taken(Answer answer) {
    String detail = TestApi.json(answer).path("detail").asText();
    String list = detail.replaceAll("^no-such-name: expected (.*), got the unknown.*$", "$1");
    return list.equals("no parameters")
        ? new TreeSet<>()
        : new TreeSet<>(Arrays.asList(list.split(", ", -1)));
  }
}
