package io.aftersend.query.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.query.TestApi;
import io.aftersend.query.http.Answer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeopleAnswerTest {
  private static final Instant TIME = Instant.parse("2026-10-05T08:00:00.125Z");

  private final TestApi api = new TestApi();

  @Test
  void writesEachKindOfCell() {
    api.people.add(
        "ours",
        PeopleTable.UNANSWERED,
        "ann",
        new Place(1, "t1"),
        Arrays.asList("t1", TIME, 2L, TIME, "e1", null, "bob"));

    assertThat(TestApi.text(api.get("/api/v1/mailboxes/ann/unanswered")))
        .isEqualTo(
            "{\"mailbox\":\"ann\",\"unanswered\":[{\"thread\":\"t1\","
                + "\"waiting_since\":\"2026-10-05T08:00:00.125Z\",\"mails\":2,"
                + "\"event_time\":\"2026-10-05T08:00:00.125Z\",\"event_id\":\"e1\","
                + "\"message\":null,\"counterparty\":\"bob\",\"campaign\":null}],"
                + "\"next_cursor\":null}");
    assertThat(TestApi.text(api.getCsv("/api/v1/mailboxes/ann/unanswered")).split("\r\n", -1))
        .containsExactly(
            "thread,waiting_since,mails,event_time,event_id,message,counterparty,campaign",
            "t1,2026-10-05T08:00:00.125Z,2,2026-10-05T08:00:00.125Z,e1,,bob,",
            "");
  }

  @Test
  void writesRatiosWithoutExponentAndDisarmsFormulas() {
    api.people.add(
        "ours",
        PeopleTable.MAILBOX,
        "ann",
        new Place(3, "=1+1"),
        Arrays.asList("label", "=1+1", 1L, 2L, 3L, 4L, 5L, 6L, new BigDecimal("0.50")));

    JsonNode slice = TestApi.json(api.get("/api/v1/mailboxes/ann")).path("slices").get(0);

    assertThat(slice.path("value").asText()).isEqualTo("=1+1");
    assertThat(slice.path("answered_rate").decimalValue()).isEqualTo(new BigDecimal("0.5"));
    assertThat(slice.path("median_seconds").isNull()).isTrue();
    assertThat(TestApi.text(api.getCsv("/api/v1/mailboxes/ann")))
        .endsWith("label,'=1+1,1,2,3,4,5,6,0.5,,,\r\n");
  }

  @ParameterizedTest
  @CsvSource({"mailboxes, MAILBOXES", "recipients, RECIPIENTS", "signals, SIGNALS"})
  void leadsThroughAllPagesWithoutGapOrRepeat(String path, PeopleTable table) {
    for (int i = 0; i < 25; i++) {
      api.people.add(
          "ours", table, "", new Place(i / 2, "x%02d".formatted(i)), List.of("x%02d".formatted(i)));
    }
    List<String> seen = new ArrayList<>();
    String target = "/api/v1/" + path + "?limit=7";
    while (target != null) {
      Answer page = api.get(target);
      JsonNode body = TestApi.json(page);
      body.path(table.rowsName()).forEach(row -> seen.add(first(row)));
      String link = page.headers().get("Link");
      assertThat(link == null).isEqualTo(body.path("next_cursor").isNull());
      target = link == null ? null : link.substring(1, link.indexOf('>'));
    }
    assertThat(seen).hasSize(25).doesNotHaveDuplicates();
  }

  private static String first(JsonNode row) {
    return row.elements().next().asText();
  }

  @Test
  void linkToTheNextPageKeepsTheFilter() {
    for (int i = 0; i < 3; i++) {
      api.people.add("ours", PeopleTable.SIGNALS, "", new Place(i, "s" + i), List.of("s" + i));
    }

    Answer answer = api.get("/api/v1/signals?signal=clicked&limit=2");

    assertThat(answer.headers().get("Link"))
        .startsWith("</api/v1/signals?signal=clicked&limit=2&cursor=");
    assertThat(api.people.asked.getFirst().filters()).containsEntry("signal", "clicked");
  }

  @ParameterizedTest
  @CsvSource({
    "signals?signal=loud, signal",
    "signals?campaign=a%20b, campaign",
    "recipients?filter=best, filter",
    "recipients?campaigns=7, campaigns",
    "mailboxes?limit=0, limit",
    "mailboxes?cursor=abc, cursor",
    "mailboxes/ann/unanswered?direction=both, direction",
    "recipients/r1/timeline?since=1, since"
  })
  void namesAWrongParameter(String path, String parameter) {
    Answer answer = api.get("/api/v1/" + path);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(TestApi.wrong(answer)).containsExactly(parameter);
  }

  @Test
  void refusesTheCursorOfAnotherTable() {
    for (int i = 0; i < 2; i++) {
      api.people.add("ours", PeopleTable.MAILBOXES, "", new Place(0, "m" + i), List.of("m" + i));
    }
    String cursor = TestApi.json(api.get("/api/v1/mailboxes?limit=1")).path("next_cursor").asText();

    assertThat(api.get("/api/v1/mailboxes?cursor=" + cursor).status()).isEqualTo(200);
    assertThat(api.get("/api/v1/signals?cursor=" + cursor).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"mailboxes/ann", "mailboxes/ann/unanswered", "recipients/ann/timeline"})
  void whatIsAnotherTenantsIsNotFound(String path) {
    api.people.add("ours", PeopleTable.MAILBOX, "ann", new Place(1, ""), List.of());
    api.people.add("ours", PeopleTable.TIMELINE, "ann", new Place(1, ""), List.of());

    assertThat(api.get("/api/v1/" + path).status()).isEqualTo(200);
    assertThat(api.get(TestApi.THEIRS, "/api/v1/" + path).status()).isEqualTo(404);
  }
}
