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
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListGrowthTest {
  private static final String TARGET = "/api/v1/lists/l/growth";

  private final TestApi api = new TestApi();

  @BeforeEach
  void addList() {
    api.lists.store("ours", new Stored(ListProfile.untold("l"), 1));
  }

  @Test
  void givesTheRateWithItsPartsAndEveryDay() {
    api.lists.growth =
        new Growth(
            new Rate(400, 10_000, new BigDecimal("0.04"), "all"),
            new Moves(500, 60, 40, 95),
            10_000,
            10_405);
    api.lists.days.put(LocalDate.parse("2026-06-02"), new Moves(500, 60, 40, 95));

    Answer answer = api.get(TARGET + "?from=2026-06-01&to=2026-06-03&zone=Asia/Tehran");

    assertThat(TestApi.text(answer))
        .isEqualTo(
            "{\"list\":\"l\",\"from\":\"2026-05-31T20:30:00Z\",\"to\":\"2026-06-02T20:30:00Z\","
                + "\"zone\":\"Asia/Tehran\","
                + "\"counts\":{\"subscribed\":500,\"unsubscribed\":60,\"complained\":40,\"departed\":95},"
                + "\"size_at_start\":10000,\"size_at_end\":10405,"
                + "\"rates\":{\"list_growth_rate\":{\"value\":0.04,\"numerator\":400,"
                + "\"denominator\":10000,\"counts\":\"all\"}},"
                + "\"days\":["
                + "{\"date\":\"2026-06-01\",\"subscribed\":0,\"unsubscribed\":0,\"complained\":0,\"departed\":0},"
                + "{\"date\":\"2026-06-02\",\"subscribed\":500,\"unsubscribed\":60,\"complained\":40,\"departed\":95}]}");
  }

  @Test
  void givesNullWhereTheListWasEmptyAtTheStart() {
    JsonNode rate = TestApi.json(api.get(TARGET)).at("/rates/list_growth_rate");

    assertThat(rate.get("value").isNull()).isTrue();
    assertThat(rate.get("denominator").asLong()).isZero();
  }

  @Test
  void takesTheLastThirtyDaysInTheTenantsZoneByDefault() {
    JsonNode answer = TestApi.json(api.get(TARGET));

    assertThat(answer.get("zone").asText()).isEqualTo("Asia/Baku");
    assertThat(api.lists.asked)
        .containsExactly(new Period(Instant.parse("2026-10-22T20:00:00Z"), TestApi.NOW));
  }

  @Test
  void widensTimesToQuarterHours() {
    api.get(TARGET + "?from=2026-06-01T00:14:59.999Z&to=2026-06-01T04:45:00.001%2B04:00");

    assertThat(api.lists.asked)
        .containsExactly(
            new Period(
                Instant.parse("2026-06-01T00:00:00Z"), Instant.parse("2026-06-01T01:00:00Z")));
  }

  @Test
  void givesTheDaysAsCsv() {
    api.lists.days.put(LocalDate.parse("2026-06-01"), new Moves(4, 3, 2, 1));

    Answer answer = api.getCsv(TARGET + "?from=2026-06-01&to=2026-06-03&zone=UTC");

    assertThat(answer.contentType()).startsWith("text/csv");
    assertThat(TestApi.text(answer))
        .isEqualTo(
            String.join(
                "\r\n",
                "date,subscribed,unsubscribed,complained,departed",
                "2026-06-01,4,3,2,1",
                "2026-06-02,0,0,0,0",
                ""));
  }

  @ParameterizedTest
  @CsvSource({
    "from=yesterday, from",
    "to=2026-13-01, to",
    "from=2026-06-02&to=2026-06-01, from",
    "from=2026-06-01&to=2026-06-01, from",
    "from=2010-01-01&to=2026-06-01, from",
    "from=1969-01-01&to=1970-01-01, from",
    "zone=Mars, zone",
    "zone=recipient, zone",
    "grain=day, grain"
  })
  void namesTheWrongParameter(String query, String parameter) {
    Answer answer = api.get(TARGET + "?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(TestApi.wrong(answer)).contains(parameter);
    assertThat(api.lists.asked).isEmpty();
  }

  @Test
  void refusesAZoneThatTheDatabaseDoesNotKnow() {
    api.heatmaps.unknownToDatabase = Set.of("Asia/Tehran");

    assertThat(TestApi.wrong(api.get(TARGET + "?zone=Asia/Tehran"))).containsExactly("zone");
  }

  @Test
  void keepsTenantsApart() {
    api.lists.store("theirs", new Stored(ListProfile.untold("secret"), 1));

    assertThat(api.get("/api/v1/lists/secret/growth").status()).isEqualTo(404);
    assertThat(api.get(TestApi.THEIRS, "/api/v1/lists/secret/growth").status()).isEqualTo(200);
  }

  @Test
  void asksForTheScopeRead() {
    assertThat(api.get(TestApi.INGEST, TARGET).status()).isEqualTo(403);
  }
}
