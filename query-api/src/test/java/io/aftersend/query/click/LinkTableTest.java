package io.aftersend.query.click;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.query.TestApi;
import io.aftersend.query.campaign.CampaignProfile;
import io.aftersend.query.http.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkTableTest {
  private static final String PATH = "/api/v1/campaigns/spring/links";
  private static final Instant FIRST = Instant.parse("2026-10-05T08:00:00.125Z");

  private final TestApi api = new TestApi();

  @BeforeEach
  void campaignExists() {
    api.campaigns.add("ours", CampaignProfile.untold("spring"));
  }

  private void addLink(String link, String url, @Nullable Instant humanClick) {
    api.links.add(
        "ours",
        "spring",
        new LinkClicks(
            new LinkPlace(link, link.isEmpty() ? url : ""),
            url,
            1,
            9,
            7,
            5,
            4,
            FIRST,
            FIRST.plusSeconds(60),
            humanClick,
            humanClick));
  }

  @Test
  void showsPeopleBesideMachinesAndTimesInRfc3339() {
    addLink("offer", "https://shop.example/?a=1", FIRST.plusSeconds(30));

    JsonNode body = TestApi.json(api.get(PATH));

    assertThat(body.toString())
        .isEqualTo(
            "{\"campaign\":\"spring\",\"links\":[{\"link\":\"offer\","
                + "\"url\":\"https://shop.example/?a=1\",\"urls\":1,\"total\":9,\"unique\":7,"
                + "\"human_total\":5,\"human_unique\":4,"
                + "\"first_click\":\"2026-10-05T08:00:00.125Z\","
                + "\"last_click\":\"2026-10-05T08:01:00.125Z\","
                + "\"first_human_click\":\"2026-10-05T08:00:30.125Z\","
                + "\"last_human_click\":\"2026-10-05T08:00:30.125Z\"}],\"next_cursor\":null}");
  }

  @Test
  void linkWithoutANameHasNullForItAndWithoutPeopleHasNoTimeOfTheirs() {
    addLink("", "https://shop.example/", null);

    JsonNode link = TestApi.json(api.get(PATH)).path("links").get(0);

    assertThat(link.path("link").isNull()).isTrue();
    assertThat(link.path("first_human_click").isNull()).isTrue();
    assertThat(link.path("last_human_click").isNull()).isTrue();
  }

  @Test
  void leadsThroughAllPagesWithoutGapOrRepeat() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      addLink("", "https://shop.example/%02d?ü=\"".formatted(i), null);
      addLink("l%02d".formatted(i), "https://shop.example/", null);
    }
    api.links
        .after("ours", "spring", LinkPlace.START, 100)
        .forEach(each -> expected.add(each.place().toString()));
    List<String> seen = new ArrayList<>();
    String target = PATH + "?limit=7";
    int pages = 0;
    while (target != null) {
      Answer page = api.get(target);
      TestApi.json(page)
          .path("links")
          .forEach(
              each -> {
                String link = each.path("link").isNull() ? "" : each.path("link").asText();
                String url = each.path("url").asText();
                seen.add(new LinkPlace(link, link.isEmpty() ? url : "").toString());
              });
      String next = page.headers().get("Link");
      target = next == null ? null : next.substring(1, next.indexOf('>'));
      pages++;
    }

    assertThat(pages).isEqualTo(8);
    assertThat(seen).hasSize(50).containsExactlyElementsOf(expected);
  }

  @Test
  void givesATableForSpreadsheets() {
    addLink("offer", "=https://evil", null);

    Answer answer = api.getCsv(PATH);

    assertThat(answer.contentType()).startsWith("text/csv");
    assertThat(answer.headers().get("Content-Disposition")).contains("links.csv");
    assertThat(TestApi.text(answer))
        .isEqualTo(
            "link,url,urls,total,unique,human_total,human_unique,first_click,last_click,"
                + "first_human_click,last_human_click\r\n"
                + "offer,'=https://evil,1,9,7,5,4,2026-10-05T08:00:00.125Z,"
                + "2026-10-05T08:01:00.125Z,,\r\n");
  }

  @Test
  void campaignWithoutClicksHasNoLinksAndAnUnknownOneIsNotFound() {
    assertThat(TestApi.json(api.get(PATH)).path("links")).isEmpty();
    assertThat(api.get("/api/v1/campaigns/nothing/links").status()).isEqualTo(404);
  }

  @Test
  void keepsTenantsApart() {
    addLink("offer", "https://shop.example/", null);

    assertThat(api.get(TestApi.THEIRS, PATH).status()).isEqualTo(404);
  }

  @Test
  void namesEveryWrongParameter() {
    Answer answer = api.get(PATH + "?limit=0&cursor=abc&order=x");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(TestApi.wrong(answer)).containsExactlyInAnyOrder("limit", "cursor", "order");
  }

  @Test
  void sparesAClientWhatItHas() {
    addLink("offer", "https://shop.example/", null);
    String tag = api.get(PATH).headers().getOrDefault("ETag", "");

    Answer same = ask(tag);
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(same.headers()).containsEntry("ETag", tag);
    assertThat(ask("\"x\", W/" + tag).status()).isEqualTo(304);
    assertThat(ask("\"x\"").status()).isEqualTo(200);

    addLink("more", "https://shop.example/more", null);
    assertThat(ask(tag).status()).isEqualTo(200);
    assertThat(api.getCsv(PATH).headers().get("ETag")).isNotEqualTo(tag);
  }

  private Answer ask(String ifNoneMatch) {
    Map<String, String> headers = new HashMap<>(TestApi.jsonHeaders(TestApi.READ));
    headers.put("if-none-match", ifNoneMatch);
    return api.send("GET", PATH, headers, "");
  }
}
