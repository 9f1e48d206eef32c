package io.aftersend.query.heatmap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.query.TestApi;
import io.aftersend.query.heatmap.HeatmapReadModel.WeekHour;
import io.aftersend.query.heatmap.MailboxHeatmapReadModel.Mails;
import io.aftersend.query.http.Answer;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailboxHeatmapTest {
  private static final String TARGET = "/api/v1/mailboxes/ann/heatmap";

  private final TestApi api = new TestApi();

  @BeforeEach
  void addMails() {
    api.mailboxHeatmaps.week.put(new WeekHour(2, 9), new Mails(7, 4, 5));
    api.mailboxHeatmaps.days.put(LocalDate.parse("2026-06-01"), new Mails(6, 1, 0));
    api.mailboxHeatmaps.days.put(LocalDate.parse("2026-06-03"), new Mails(2, 8, 1));
  }

  private JsonNode read(String query) {
    return TestApi.json(api.get(TARGET + query));
  }

  @Test
  void givesAllHoursOfTheWeekWithWhatIsTooLittleMasked() {
    JsonNode received = read("");

    assertThat(received.path("mailbox").asText()).isEqualTo("ann");
    assertThat(received.path("zone").asText()).isEqualTo("Asia/Baku");
    assertThat(received.path("event").asText()).isEqualTo("received");
    assertThat(received.path("cells")).hasSize(168);
    assertThat(received.at("/cells/33").toString())
        .isEqualTo("{\"weekday\":2,\"hour\":9,\"total\":4,\"masked\":true}");
    assertThat(read("?event=replied").at("/cells/33").toString())
        .isEqualTo("{\"weekday\":2,\"hour\":9,\"total\":5,\"masked\":false}");
  }

  @Test
  void givesEveryDayFromTheFirstToTheLast() {
    assertThat(read("?grain=daily&event=sent").path("cells").toString())
        .isEqualTo(
            "[{\"date\":\"2026-06-01\",\"total\":6,\"masked\":false},"
                + "{\"date\":\"2026-06-02\",\"total\":0,\"masked\":true},"
                + "{\"date\":\"2026-06-03\",\"total\":2,\"masked\":true}]");
  }

  @Test
  void asksInTheZoneThatIsWanted() {
    read("?zone=Asia/Tehran");

    assertThat(api.mailboxHeatmaps.questions.getLast().zone()).isEqualTo("Asia/Tehran");
  }

  @Test
  void isATableForSpreadsheets() {
    Answer answer = api.getCsv(TARGET + "?grain=daily");

    assertThat(TestApi.text(answer).lines())
        .containsExactly(
            "date,total,masked", "2026-06-01,1,true", "2026-06-02,0,true", "2026-06-03,8,false");
  }

  @Test
  void mailboxOfNobodyOrOfAnotherTenantIsNotFound() {
    assertThat(api.get("/api/v1/mailboxes/bob/heatmap").status()).isEqualTo(404);
    assertThat(api.get(TestApi.THEIRS, TARGET).status()).isEqualTo(404);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    JsonNode problem = read("?event=opened&grain=weekly&zone=recipient&basis=sent");

    assertThat(problem.path("errors").findValuesAsText("parameter"))
        .containsExactlyInAnyOrder("event", "grain", "zone", "basis");
  }
}
