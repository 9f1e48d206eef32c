package io.aftersend.query.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.query.TestApi;
import io.aftersend.query.http.Answer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CampaignTableTest {
  private final TestApi api = new TestApi();

  private void addCampaigns(int count) {
    for (int i = 0; i < count; i++) {
      api.campaigns.add("ours", CampaignProfile.untold("c%04d".formatted(i)));
    }
  }

  @Test
  void leadsThroughAllPagesWithoutGapOrRepeat() {
    addCampaigns(250);
    List<String> seen = new ArrayList<>();
    String target = "/api/v1/campaigns?limit=100";
    String cursor = "";
    int pages = 0;
    while (cursor != null) {
      JsonNode page = TestApi.json(api.get(target + cursor));
      page.path("campaigns").forEach(each -> seen.add(each.path("campaign").asText()));
      JsonNode next = page.path("next_cursor");
      cursor = next.isNull() ? null : "&cursor=" + next.asText();
      pages++;
    }

    assertThat(pages).isEqualTo(3);
    assertThat(seen).hasSize(250).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void givesNoCursorAfterAPageThatIsJustFull() {
    addCampaigns(100);

    JsonNode page = TestApi.json(api.get("/api/v1/campaigns"));

    assertThat(page.path("campaigns")).hasSize(100);
    assertThat(page.path("next_cursor").isNull()).isTrue();
  }

  @Test
  void showsPeopleApartOnlyWhereMachinesAreCountedToo() {
    addCampaigns(1);

    JsonNode counts =
        TestApi.json(api.get("/api/v1/campaigns")).path("campaigns").get(0).path("counts");

    assertThat(counts.path("sent").toString()).isEqualTo("{\"total\":4,\"unique\":3}");
    assertThat(counts.path("opened").toString())
        .isEqualTo("{\"total\":4,\"unique\":3,\"human_total\":2,\"human_unique\":1}");
  }

  @Test
  void namesEveryWrongParameter() {
    Answer answer = api.get("/api/v1/campaigns?limit=1001&cursor=abc&page=2");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(TestApi.wrong(answer)).containsExactlyInAnyOrder("limit", "cursor", "page");
    for (String limit : List.of("0", "-1", "x", "1.5", "", "99999999999")) {
      assertThat(TestApi.wrong(api.get("/api/v1/campaigns?limit=" + limit)))
          .containsExactly("limit");
    }
    assertThat(TestApi.wrong(api.get("/api/v1/campaigns?limit=1&limit=1")))
        .containsExactly("limit");
  }

  @Test
  void givesATableForSpreadsheets() {
    api.campaigns.add(
        "ours",
        new CampaignProfile(
            "c1",
            "=HYPERLINK(\"http://evil\")",
            "a \"b\", c",
            new BigDecimal("100.500000"),
            "AZN",
            List.of("x", "y"),
            "-list",
            "own"));

    Answer answer = api.getCsv("/api/v1/campaigns");

    assertThat(answer.contentType()).startsWith("text/csv");
    List<String> lines = List.of(TestApi.text(answer).split("\r\n", -1));
    assertThat(lines).hasSize(3);
    assertThat(lines.getFirst())
        .startsWith("campaign,name,subject,labels,list,cost,currency,count_source,sent_total,")
        .contains(",opened_total,opened_unique,opened_human_total,opened_human_unique,");
    assertThat(lines.get(1))
        .startsWith(
            "c1,\"'=HYPERLINK(\"\"http://evil\"\")\",\"a \"\"b\"\", c\",x; y,-list,100.5,AZN,own,4,3");
  }

  @Test
  void leadsFromACutTableToItsRest() {
    addCampaigns(TestApi.MAX_CSV_ROWS + 1);

    Answer cut = api.getCsv("/api/v1/campaigns");

    assertThat(TestApi.text(cut).lines()).hasSize(TestApi.MAX_CSV_ROWS + 1);
    String link = cut.headers().getOrDefault("Link", "");
    assertThat(link).endsWith("; rel=\"next\"");
    Answer rest = api.getCsv(link.substring(1, link.indexOf('>')));
    assertThat(TestApi.text(rest).lines()).hasSize(2);
  }

  @Test
  void refusesToAnswerInAFormThatItDoesNotHave() {
    Answer answer =
        api.send(
            "GET",
            "/api/v1/campaigns",
            Map.of("authorization", "Bearer " + TestApi.READ, "accept", "application/xml"),
            "");

    assertThat(answer.status()).isEqualTo(406);
  }

  @Test
  void asksForWhatIsSearchedInTheOrderThatIsWanted() {
    addCampaigns(3);

    Answer answer =
        api.get("/api/v1/campaigns?search=%C6%8Fla&label=a%2Bb&sort=clicked&order=desc&limit=2");

    assertThat(api.campaigns.asked.getFirst())
        .isEqualTo(
            new CampaignQuestion("ours", "Əla", "a+b", CampaignOrder.CLICKED, true, null, 3));
    String link = String.valueOf(answer.headers().get("Link"));
    assertThat(link)
        .startsWith(
            "</api/v1/campaigns?search=%C6%8Fla&label=a%2Bb&sort=clicked&order=desc&limit=2");
    assertThat(api.get(link.substring(1, link.indexOf('>'))).status()).isEqualTo(200);
    assertThat(
            api.get("/api/v1/campaigns?cursor=" + link.replaceAll(".*cursor=([^>]*)>.*", "$1"))
                .status())
        .isEqualTo(400);
  }

  @Test
  void drawsTheFirstDaysOfACampaign() {
    addCampaigns(2);
    api.campaigns.sparklines.put("c0001", new Sparkline(TestApi.NOW, List.of(3L, 1L)));

    JsonNode rows = TestApi.json(api.get("/api/v1/campaigns?sparkline=opened")).path("campaigns");

    assertThat(rows.get(0).path("sparkline").isNull()).isTrue();
    assertThat(rows.get(1).path("sparkline").toString())
        .isEqualTo("{\"start\":\"2026-11-22T12:00:00Z\",\"days\":[3,1]}");
    assertThat(TestApi.json(api.get("/api/v1/campaigns")).at("/campaigns/0").has("sparkline"))
        .isFalse();
  }
}
