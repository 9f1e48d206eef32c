package io.aftersend.query.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.query.TestApi;
import io.aftersend.query.campaign.CampaignProfile;
import io.aftersend.query.http.Answer;
import io.aftersend.query.period.Period;
import java.time.Instant;
import java.util.HashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineTest {
  private static final String TARGET = "/api/v1/campaigns/c/timeline";

  private final TestApi api = new TestApi();

  @BeforeEach
  void addCampaign() {
    api.campaigns.add("ours", CampaignProfile.untold("c"));
  }

  private void happened(String time, String event, long total, long humanTotal, long first) {
    api.timelines
        .steps
        .computeIfAbsent(Instant.parse(time), at -> new HashMap<>())
        .put(event, new EventSums(total, humanTotal, first));
  }

  @Test
  void givesEveryStepWithThePeoplesCountsInIt() {
    happened("2026-06-01T20:30:00Z", "opened", 9, 4, 3);
    happened("2026-05-31T20:30:00Z", "sent", 7, 7, 7);

    Answer answer = api.get(TARGET + "?from=2026-06-01&to=2026-06-03&zone=Asia/Tehran");

    assertThat(TestApi.text(answer))
        .isEqualTo(
            "{\"campaign\":\"c\",\"zone\":\"Asia/Tehran\",\"grain\":\"day\",\"basis\":\"event\","
                + "\"counts\":\"human\",\"from\":\"2026-05-31T20:30:00Z\","
                + "\"to\":\"2026-06-02T20:30:00Z\",\"points\":["
                + "{\"start\":\"2026-06-01T00:00:00+03:30\",\"sent\":{\"total\":7,\"first\":7},"
                + "\"received\":{\"total\":0,\"first\":0},\"opened\":{\"total\":0,\"first\":0},"
                + "\"clicked\":{\"total\":0,\"first\":0},\"replied\":{\"total\":0,\"first\":0}},"
                + "{\"start\":\"2026-06-02T00:00:00+03:30\",\"sent\":{\"total\":0,\"first\":0},"
                + "\"received\":{\"total\":0,\"first\":0},\"opened\":{\"total\":4,\"first\":3},"
                + "\"clicked\":{\"total\":0,\"first\":0},\"replied\":{\"total\":0,\"first\":0}}]}");
  }

  @Test
  void countsMachinesWhereAllIsAskedFor() {
    happened("2026-06-01T00:00:00Z", "opened", 9, 4, 3);
    String all = TARGET + "?from=2026-06-01&to=2026-06-02&zone=UTC&counts=all";

    assertThat(TestApi.json(api.get(all)).at("/points/0/opened/total").asLong()).isEqualTo(9);
  }

  @Test
  void comparesWithAsManyDaysBeforeThoughTheClocksChanged() {
    happened("2026-03-07T05:00:00Z", "clicked", 1, 1, 1);

    JsonNode answer =
        TestApi.json(
            api.get(
                TARGET + "?from=2026-03-08&to=2026-03-09&zone=America/New_York&compare=previous"));

    assertThat(answer.at("/to").asText()).isEqualTo("2026-03-09T04:00:00Z");
    assertThat(answer.at("/previous/from").asText()).isEqualTo("2026-03-07T05:00:00Z");
    assertThat(answer.at("/previous/to").asText()).isEqualTo("2026-03-08T05:00:00Z");
    assertThat(answer.at("/previous/points")).hasSize(1);
    assertThat(answer.at("/previous/points/0/clicked/total").asLong()).isEqualTo(1);
  }

  @Test
  void comparesHoursWithAsManyHoursBefore() {
    JsonNode answer =
        TestApi.json(
            api.get(
                TARGET
                    + "?from=2026-06-01T06:00:00Z&to=2026-06-01T09:00:00Z&zone=UTC"
                    + "&grain=hour&compare=previous"));

    assertThat(answer.at("/points")).hasSize(3);
    assertThat(answer.at("/previous/from").asText()).isEqualTo("2026-06-01T03:00:00Z");
  }

  @Test
  void coversTheLifeOfTheCampaignWhereNoPeriodIsNamed() {
    api.timelines.span =
        new Period(Instant.parse("2026-06-01T10:15:00Z"), Instant.parse("2026-06-02T11:30:00Z"));
    happened("2026-06-01T10:15:00Z", "sent", 1, 1, 1);

    JsonNode answer = TestApi.json(api.get(TARGET + "?grain=hour&zone=UTC"));

    assertThat(answer.at("/from").asText()).isEqualTo("2026-06-01T10:00:00Z");
    assertThat(answer.at("/to").asText()).isEqualTo("2026-06-02T11:30:00Z");
    assertThat(answer.at("/points")).hasSize(26);
    assertThat(answer.at("/points/0/sent/total").asLong()).isEqualTo(1);
  }

  @Test
  void givesTheLatestStepsOfAVeryLongLife() {
    api.timelines.span =
        new Period(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2026-06-02T00:00:00Z"));

    JsonNode answer = TestApi.json(api.get(TARGET + "?grain=15m&zone=UTC"));

    assertThat(answer.at("/points")).hasSize(Grain.MAX_STEPS);
    assertThat(answer.at("/points/9999/start").asText()).isEqualTo("2026-06-01T23:45:00Z");
  }

  @Test
  void givesCsvWithThePeriodBeforeFirst() {
    happened("2026-06-01T00:00:00Z", "sent", 5, 5, 4);

    Answer answer = api.getCsv(TARGET + "?from=2026-06-01&to=2026-06-02&zone=UTC&compare=previous");

    assertThat(TestApi.text(answer).split("\r\n", -1))
        .containsExactly(
            "period,start,sent_total,sent_first,received_total,received_first,opened_total,"
                + "opened_first,clicked_total,clicked_first,replied_total,replied_first",
            "previous,2026-05-31T00:00:00Z,0,0,0,0,0,0,0,0,0,0",
            "current,2026-06-01T00:00:00Z,5,4,0,0,0,0,0,0,0,0",
            "");
  }

  @Test
  void hoursOfAZoneWithAHalfHourBeginOnItsHours() {
    JsonNode answer =
        TestApi.json(
            api.get(
                TARGET
                    + "?from=2026-06-01T00:00:00Z&to=2026-06-01T01:00:00Z&grain=hour"
                    + "&zone=Asia/Tehran"));

    assertThat(answer.findValuesAsText("start"))
        .containsExactly("2026-06-01T03:00:00+03:30", "2026-06-01T04:00:00+03:30");
  }

  @ParameterizedTest
  @CsvSource({
    "grain=week, grain",
    "counts=machines, counts",
    "basis=click, basis",
    "compare=next, compare",
    "zone=recipient, zone",
    "from=2026-06-02&to=2026-06-01, from",
    "grain=15m&from=2026-01-01&to=2026-06-01, from",
    "limit=3, limit"
  })
  void namesTheWrongParameter(String query, String parameter) {
    Answer answer = api.get(TARGET + "?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(TestApi.wrong(answer)).containsExactly(parameter);
    assertThat(api.timelines.asked).isEmpty();
  }

  @Test
  void keepsTenantsApart() {
    assertThat(api.get(TestApi.THEIRS, TARGET).status()).isEqualTo(404);
  }

  @Test
  void asksForTheSendCohort() {
    api.get(TARGET + "?basis=sent");

    assertThat(api.timelines.questions.getFirst().basis()).isEqualTo("sent");
  }
}
