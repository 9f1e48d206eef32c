package io.aftersend.query.list;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.query.TestApi;
import io.aftersend.query.http.Answer;
import io.aftersend.query.list.ListProfiles.Stored;
import io.aftersend.query.list.ListReadModel.Growth;
import io.aftersend.query.list.ListReadModel.Moves;
import io.aftersend.query.list.ListReadModel.Rate;
import io.aftersend.query.period.Period;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListTableTest {
  private static final String TARGET = "/api/v1/lists";

  private final TestApi api = new TestApi();

  @BeforeEach
  void addLists() {
    api.lists.store("ours", new Stored(new ListProfile("a", "=Customers", 90L, null), 1));
    api.lists.store("ours", new Stored(ListProfile.untold("b"), 1));
    api.lists.store("ours", new Stored(ListProfile.untold("c"), 1));
    api.lists.store("theirs", new Stored(ListProfile.untold("d"), 1));
    api.lists.growth =
        new Growth(
            new Rate(15, 100, new BigDecimal("0.15"), "all"), new Moves(20, 4, 1, 5), 100, 115);
  }

  @Test
  void showsEachListWithItsSizeAndItsGrowth() {
    JsonNode answer = TestApi.json(api.get(TARGET + "?from=2026-06-01&to=2026-07-01&zone=UTC"));

    assertThat(answer.path("from").asText()).isEqualTo("2026-06-01T00:00:00Z");
    assertThat(answer.path("to").asText()).isEqualTo("2026-07-01T00:00:00Z");
    assertThat(answer.path("lists").findValuesAsText("list")).containsExactly("a", "b", "c");
    assertThat(answer.at("/lists/0").toString())
        .isEqualTo(
            "{\"list\":\"a\",\"name\":\"=Customers\","
                + "\"counts\":{\"subscribed\":20,\"unsubscribed\":4,\"complained\":1,\"departed\":5},"
                + "\"size_at_start\":100,\"size_at_end\":115,"
                + "\"rates\":{\"list_growth_rate\":{\"value\":0.15,\"numerator\":15,"
                + "\"denominator\":100,\"counts\":\"all\"}}}");
    assertThat(answer.at("/lists/1/name").isNull()).isTrue();
  }

  @Test
  void takesTheLastThirtyDaysByDefault() {
    api.get(TARGET);

    assertThat(api.lists.asked)
        .containsExactly(new Period(Instant.parse("2026-10-22T20:00:00Z"), TestApi.NOW));
  }

  @Test
  void pagesGoOnBehindTheLastList() {
    Answer first = api.get(TARGET + "?limit=2&zone=UTC");
    String cursor = TestApi.json(first).path("next_cursor").asText();

    assertThat(first.headers().get("Link"))
        .isEqualTo("</api/v1/lists?zone=UTC&limit=2&cursor=" + cursor + ">; rel=\"next\"");
    JsonNode second = TestApi.json(api.get(TARGET + "?limit=2&zone=UTC&cursor=" + cursor));
    assertThat(second.path("lists").findValuesAsText("list")).containsExactly("c");
    assertThat(second.path("next_cursor").isNull()).isTrue();
  }

  @Test
  void isATableForSpreadsheets() {
    assertThat(TestApi.text(api.getCsv(TARGET + "?limit=1")).lines())
        .containsExactly(
            "list,name,size_at_start,size_at_end,subscribed,unsubscribed,complained,departed",
            "a,'=Customers,100,115,20,4,1,5");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    JsonNode problem = TestApi.json(api.get(TARGET + "?from=never&limit=0&cursor=x&sort=size"));

    assertThat(problem.path("errors").findValuesAsText("parameter"))
        .containsExactlyInAnyOrder("from", "limit", "cursor", "sort");
  }
}
