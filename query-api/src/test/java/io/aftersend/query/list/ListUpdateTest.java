package io.aftersend.query.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.query.TestApi;
import io.aftersend.query.http.Answer;
import io.aftersend.query.list.ListProfiles.Stored;
import io.aftersend.schemas.list.ListSettings;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListUpdateTest {
  private static final String TARGET = "/api/v1/lists/l";

  private final TestApi api = new TestApi();

  @Test
  void createsAListOfWhatIsGiven() {
    Answer answer =
        api.put(
            TARGET, "{\"name\":\"Früh\",\"size\":10000,\"as_of\":\"2026-06-01T04:00:00+04:00\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(TestApi.text(answer))
        .isEqualTo(
            "{\"list\":\"l\",\"name\":\"Früh\",\"size\":10000,\"as_of\":\"2026-06-01T00:00:00Z\"}");
    assertThat(api.lists.published)
        .containsExactly(
            new ListSettings(
                "ours",
                "l",
                "Früh",
                10_000L,
                Instant.parse("2026-06-01T00:00:00Z"),
                TestApi.NOW.toEpochMilli()));
    assertThat(api.lists.current("ours", "l"))
        .isEqualTo(
            new Stored(
                new ListProfile("l", "Früh", 10_000L, Instant.parse("2026-06-01T00:00:00Z")),
                TestApi.NOW.toEpochMilli()));
  }

  @Test
  void leavesAbsentFieldsAndClearsNulls() {
    api.put(TARGET, "{\"name\":\"N\",\"size\":5,\"as_of\":\"2026-06-01T00:00:00Z\"}");

    assertThat(TestApi.text(api.put(TARGET, "{\"name\":null}")))
        .isEqualTo("{\"list\":\"l\",\"name\":null,\"size\":5,\"as_of\":\"2026-06-01T00:00:00Z\"}");
    assertThat(TestApi.text(api.put(TARGET, "{\"size\":null}")))
        .isEqualTo("{\"list\":\"l\",\"name\":null,\"size\":null,\"as_of\":null}");
  }

  @Test
  void takesASizeWithoutATimeAsOfNow() {
    api.put(TARGET, "{\"size\":5,\"as_of\":\"2026-06-01T00:00:00Z\"}");

    Answer answer = api.put(TARGET, "{\"size\":7}");

    assertThat(TestApi.json(answer).path("as_of").asText()).isEqualTo(TestApi.NOW.toString());
  }

  @Test
  void makesEveryVersionGreaterThanTheOneBefore() {
    long future = TestApi.NOW.toEpochMilli() + 1_000_000;
    api.lists.store("ours", new Stored(ListProfile.untold("l"), future));

    api.put(TARGET, "{\"name\":\"N\"}");

    assertThat(api.lists.published.getFirst().getVersion()).isEqualTo(future + 1);
  }

  @Test
  void storesNothingThatKafkaDidNotTake() {
    api.lists.isKafkaDown = true;

    Answer answer = api.put(TARGET, "{\"name\":\"N\"}");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers()).containsKey("Retry-After");
    assertThat(api.lists.current("ours", "l")).isNull();
  }

  @Test
  void takesItsOwnAnswerBack() {
    String answer = TestApi.text(api.put(TARGET, "{\"size\":1}"));

    assertThat(TestApi.text(api.put(TARGET, answer))).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name':5} | name",
        "{'name':''} | name",
        "{'size':-1} | size",
        "{'size':1.5} | size",
        "{'size':1000000000000} | size",
        "{'size':1e999999999} | size",
        "{'size':'5'} | size",
        "{'size':5,'as_of':'yesterday'} | as_of",
        "{'size':5,'as_of':'2026-06-01'} | as_of",
        "{'size':5,'as_of':1780272000} | as_of",
        "{'size':5,'as_of':'2026-11-22T12:05:01Z'} | as_of",
        "{'size':5,'as_of':'1970-12-31T23:59:59Z'} | as_of",
        "{'colour':'red'} | colour",
        "{'list':'other'} | list"
      })
  void namesTheWrongField(String body, String parameter) {
    Answer answer = api.put(TARGET, body.replace('\'', '"'));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(TestApi.wrong(answer)).containsExactly(parameter);
    assertThat(api.lists.published).isEmpty();
  }

  @Test
  void takesTheSmallestAndLargestSize() {
    assertThat(TestApi.json(api.put(TARGET, "{\"size\":0}")).path("size").asLong()).isZero();
    assertThat(TestApi.json(api.put(TARGET, "{\"size\":999999999999}")).path("size").asLong())
        .isEqualTo(999_999_999_999L);
    assertThat(TestApi.json(api.put(TARGET, "{\"size\":1e3}")).path("size").asLong())
        .isEqualTo(1_000);
  }

  @Test
  void refusesAnIdThatIsNone() {
    assertThat(TestApi.wrong(api.put("/api/v1/lists/a%20b", "{}"))).containsExactly("list");
  }

  @Test
  void asksForTheScopeAdmin() {
    assertThat(api.send("PUT", TARGET, TestApi.jsonHeaders(TestApi.READ), "{}").status())
        .isEqualTo(403);
  }
}
