package io.aftersend.query.heatmap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.query.TestApi;
import io.aftersend.query.campaign.CampaignProfile;
import io.aftersend.query.heatmap.HeatmapReadModel.Slice;
import io.aftersend.query.heatmap.HeatmapReadModel.WeekHour;
import io.aftersend.query.http.Answer;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeatmapTest {
  private static final String TARGET = "/api/v1/campaigns/c/heatmap";

  private final TestApi api = new TestApi();

  @BeforeEach
  void addCampaign() {
    api.campaigns.add("ours", CampaignProfile.untold("c"));
  }

  @Test
  void givesAllHoursOfTheWeekInOrder() {
    api.heatmaps.week.put(new WeekHour(7, 23), new CellCounts(30, 20, 10));

    JsonNode answer = TestApi.json(api.get(TARGET));

    assertThat(answer.path("zone").asText()).isEqualTo("Asia/Baku");
    assertThat(answer.path("grain").asText()).isEqualTo("hourly");
    assertThat(answer.path("event").asText()).isEqualTo("opened");
    assertThat(answer.path("basis").asText()).isEqualTo("event");
    assertThat(answer.path("counts").asText()).isEqualTo("human");
    JsonNode cells = answer.path("cells");
    assertThat(cells).hasSize(168);
    for (int i = 0; i < 168; i++) {
      assertThat(cells.get(i).path("weekday").asInt()).isEqualTo(i / 24 + 1);
      assertThat(cells.get(i).path("hour").asInt()).isEqualTo(i % 24);
    }
    assertThat(cells.get(167).toString())
        .isEqualTo("{\"weekday\":7,\"hour\":23,\"total\":20,\"first\":10,\"masked\":false}");
    assertThat(cells.get(0).toString())
        .isEqualTo("{\"weekday\":1,\"hour\":0,\"total\":0,\"first\":0,\"masked\":true}");
  }

  @Test
  void masksCellsOfTooFewMessages() {
    api.heatmaps.week.put(new WeekHour(1, 0), new CellCounts(100, 100, 4));
    api.heatmaps.week.put(new WeekHour(1, 1), new CellCounts(100, 100, 5));

    JsonNode cells = TestApi.json(api.get(TARGET)).path("cells");

    assertThat(cells.get(0).path("masked").asBoolean()).isTrue();
    assertThat(cells.get(1).path("masked").asBoolean()).isFalse();
  }

  @Test
  void countsMachinesWhenAsked() {
    api.heatmaps.week.put(new WeekHour(1, 0), new CellCounts(30, 20, 10));

    JsonNode cells = TestApi.json(api.get(TARGET + "?counts=all")).path("cells");

    assertThat(cells.get(0).path("total").asInt()).isEqualTo(30);
  }

  @Test
  void leavesNobodyOutWhereOnlyTheSenderActs() {
    api.heatmaps.week.put(new WeekHour(1, 0), new CellCounts(30, 0, 30));

    JsonNode cells = TestApi.json(api.get(TARGET + "?event=sent")).path("cells");

    assertThat(cells.get(0).path("total").asInt()).isEqualTo(30);
  }

  @Test
  void fillsTheDaysBetween() {
    api.heatmaps.days.put(LocalDate.of(2026, 2, 27), new CellCounts(7, 6, 5));
    api.heatmaps.days.put(LocalDate.of(2026, 3, 2), new CellCounts(7, 6, 5));

    JsonNode cells = TestApi.json(api.get(TARGET + "?grain=daily")).path("cells");

    assertThat(cells.findValuesAsText("date"))
        .containsExactly("2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02");
    assertThat(cells.get(1).toString())
        .isEqualTo("{\"date\":\"2026-02-28\",\"total\":0,\"first\":0,\"masked\":true}");
    assertThat(cells.get(3).path("total").asInt()).isEqualTo(6);
  }

  @Test
  void boundsTheDays() {
    api.heatmaps.days.put(LocalDate.of(1000, 1, 1), new CellCounts(7, 6, 5));
    api.heatmaps.days.put(LocalDate.of(2026, 3, 2), new CellCounts(7, 6, 5));

    JsonNode cells = TestApi.json(api.get(TARGET + "?grain=daily")).path("cells");

    assertThat(cells).hasSize(Gapless.MAX_DAYS);
    assertThat(cells.get(Gapless.MAX_DAYS - 1).path("date").asText()).isEqualTo("2026-03-02");
  }

  @Test
  void givesNoDaysWhereNothingHappened() {
    assertThat(TestApi.json(api.get(TARGET + "?grain=daily")).path("cells")).isEmpty();
  }

  @Test
  void addsUpRecipientsOwnZonesAndSaysWhoHasNone() {
    api.heatmaps.zones.put("", new CellCounts(9, 8, 7));
    api.heatmaps.zones.put("Asia/Tehran", new CellCounts(1, 1, 1));
    api.heatmaps.zones.put("Asia/Kathmandu", new CellCounts(1, 1, 1));
    api.heatmaps.zones.put("Mars/Olympus", new CellCounts(10, 20, 30));
    api.heatmaps.week.put(new WeekHour(1, 0), new CellCounts(3, 2, 1));

    JsonNode answer = TestApi.json(api.get(TARGET + "?zone=recipient"));

    assertThat(answer.path("zone").asText()).isEqualTo("recipient");
    assertThat(api.heatmaps.asked)
        .containsExactly(new Slice("Asia/Kathmandu", true), new Slice("Asia/Tehran", true));
    assertThat(answer.path("cells").get(0).path("total").asInt()).isEqualTo(4);
    assertThat(answer.path("unplaced").toString()).isEqualTo("{\"total\":28,\"first\":37}");
  }

  @Test
  void asksForExactlyWhatWasAskedOfIt() {
    api.get(TARGET + "?event=clicked&zone=Asia%2FTehran&basis=sent");

    assertThat(api.heatmaps.asked).containsExactly(new Slice("Asia/Tehran", false));
    assertThat(api.heatmaps.questions)
        .containsExactly(new HeatmapQuestion("ours", "c", "clicked", "sent"));
  }

  @Test
  void namesEveryWrongParameter() {
    Answer answer =
        api.get(TARGET + "?event=read&grain=weekly&zone=Nowhere&counts=some&basis=none&week=1");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(TestApi.wrong(answer))
        .containsExactlyInAnyOrder("event", "grain", "zone", "counts", "basis", "week");
    for (String zone : List.of("+03:30", "UTC%2B3", "'", "", "asia/tehran")) {
      assertThat(TestApi.wrong(api.get(TARGET + "?zone=" + zone))).containsExactly("zone");
    }
  }

  @Test
  void refusesAZoneThatTheDatabaseDoesNotKnow() {
    api.heatmaps.unknownToDatabase = Set.of("Asia/Tehran");

    assertThat(TestApi.wrong(api.get(TARGET + "?zone=Asia/Tehran"))).containsExactly("zone");
  }

  @Test
  void givesATableForSpreadsheets() {
    api.heatmaps.days.put(LocalDate.of(2026, 3, 2), new CellCounts(7, 6, 5));

    assertThat(TestApi.text(api.getCsv(TARGET + "?grain=daily")))
        .isEqualTo("date,total,first,masked\r\n2026-03-02,6,5,false\r\n");
    assertThat(TestApi.text(api.getCsv(TARGET)).lines())
        .hasSize(169)
        .startsWith("weekday,hour,total,first,masked", "1,0,0,0,true");
  }

  @Test
  void knowsNoOtherCampaign() {
    assertThat(api.get("/api/v1/campaigns/x/heatmap").status()).isEqualTo(404);
  }
}
