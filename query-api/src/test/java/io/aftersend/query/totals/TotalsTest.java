package io.aftersend.query.totals;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.query.TestApi;
import io.aftersend.query.campaign.Rate;
import io.aftersend.query.http.Answer;
import io.aftersend.query.timeline.EventSums;
import io.aftersend.query.totals.TotalsReadModel.Total;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotalsTest {
  private static final String TARGET = "/api/v1/totals";

  private final TestApi api = new TestApi();

  @Test
  void givesReturnsApartByCurrency() {
    Rate roi =
        new Rate("roi", BigDecimal.valueOf(9), BigDecimal.ONE, BigDecimal.valueOf(9), "all", "AZN");
    Rate clicks =
        new Rate(
            "click_through_rate",
            BigDecimal.ONE,
            BigDecimal.TWO,
            new BigDecimal("0.5"),
            "human",
            "");
    api.totals.totals.put("", new Total("", List.of(), List.of(clicks, roi), new TreeMap<>()));

    JsonNode row = TestApi.json(api.get(TARGET + "?by=subject")).at("/totals/0");

    assertThat(row.path("subject").isNull()).isTrue();
    assertThat(row.at("/rates/click_through_rate/numerator").asLong()).isEqualTo(1);
    assertThat(row.at("/rates/roi/AZN/value").asLong()).isEqualTo(9);
  }

  @Test
  void leadsThroughAllPagesAlsoPastAnEmptyValue() {
    for (String value : List.of("", "a", "b")) {
      api.totals.totals.put(value, new Total(value, List.of(), List.of(), new TreeMap<>()));
    }
    List<String> seen = new ArrayList<>();
    String target = TARGET + "?by=label&limit=1";
    while (target != null) {
      Answer page = api.get(target);
      TestApi.json(page)
          .path("totals")
          .forEach(
              row -> seen.add(row.path("label").isNull() ? "none" : row.path("label").asText()));
      String link = page.headers().get("Link");
      target = link == null ? null : link.substring(1, link.indexOf('>'));
    }

    assertThat(seen).containsExactly("none", "a", "b");
  }

  @Test
  void comparesAPeriodWithTheOneBefore() {
    api.totals.now.put("c", Map.of("opened", new EventSums(9, 4, 3)));
    api.totals.before.put("c", Map.of("opened", new EventSums(5, 2, 1)));

    JsonNode answer =
        TestApi.json(api.get(TARGET + "?from=2026-06-08&to=2026-06-15&zone=UTC&compare=previous"));

    assertThat(answer.at("/previous/from").asText()).isEqualTo("2026-06-01T00:00:00Z");
    assertThat(answer.at("/totals/0/counts/opened/total").asLong()).isEqualTo(4);
    assertThat(answer.at("/totals/0/previous/opened/first").asLong()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "by=day, by",
    "by=month&compare=previous&from=2026-06-01, compare",
    "compare=previous, compare",
    "from=2026-06-02&to=2026-06-01, from",
    "basis=x, basis",
    "cursor=abc, cursor",
    "sort=x, sort"
  })
  void namesTheWrongParameter(String query, String parameter) {
    Answer answer = api.get(TARGET + "?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(TestApi.wrong(answer)).containsExactly(parameter);
  }
}
