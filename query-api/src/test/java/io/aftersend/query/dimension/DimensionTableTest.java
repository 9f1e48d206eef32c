package io.aftersend.query.dimension;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.query.TestApi;
import io.aftersend.query.campaign.CampaignProfile;
import io.aftersend.query.campaign.EventCounts;
import io.aftersend.query.http.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DimensionTableTest {
  private static final String DEVICES = "/api/v1/campaigns/spring/devices";
  private static final String PLACES = "/api/v1/campaigns/spring/places";
  private static final String ACCOUNTS = "/api/v1/campaigns/spring/accounts";

  private final TestApi api = new TestApi();

  @BeforeEach
  void campaignExists() {
    api.campaigns.add("ours", CampaignProfile.untold("spring"));
  }

  private void add(Dimension dimension, String value, EventCounts counts) {
    api.dimensions.add("ours", "spring", dimension, value, counts);
  }

  @Test
  void showsOpensAndClicksOfEachDevice() {
    add(Dimension.DEVICE, "mobile", new EventCounts("opened", 9, 7, 5, 4));
    add(Dimension.DEVICE, "unknown", new EventCounts("clicked", 2, 1, 0, 0));

    assertThat(TestApi.json(api.get(DEVICES)).toString())
        .isEqualTo(
            "{\"campaign\":\"spring\",\"min_messages\":5,\"devices\":["
                + "{\"device\":\"mobile\",\"counts\":{"
                + "\"opened\":{\"total\":9,\"unique\":7,\"human_total\":5,\"human_unique\":4},"
                + "\"clicked\":{\"total\":0,\"unique\":0,\"human_total\":0,\"human_unique\":0}}},"
                + "{\"device\":\"unknown\",\"counts\":{"
                + "\"opened\":{\"total\":0,\"unique\":0,\"human_total\":0,\"human_unique\":0},"
                + "\"clicked\":{\"total\":2,\"unique\":1,\"human_total\":0,\"human_unique\":0}}}],"
                + "\"next_cursor\":null}");
  }

  @Test
  void placeThatIsNotKnownIsNull() {
    add(Dimension.COUNTRY, "", new EventCounts("opened", 9, 7, 5, 4));
    add(Dimension.COUNTRY, "AZ", new EventCounts("opened", 1, 1, 1, 1));

    List<String> countries = new ArrayList<>();
    TestApi.json(api.get(PLACES))
        .path("places")
        .forEach(place -> countries.add(place.get("country").toString()));
    assertThat(countries).containsExactly("null", "\"AZ\"");
  }

  @Test
  void givesAccountsAsATableForSpreadsheets() {
    add(Dimension.ACCOUNT, "globex", new EventCounts("sent", 3, 2, 0, 0));
    add(Dimension.ACCOUNT, "globex", new EventCounts("opened", 9, 7, 5, 4));

    Answer answer = api.getCsv(ACCOUNTS);

    assertThat(answer.headers().get("Content-Disposition")).contains("accounts.csv");
    assertThat(TestApi.text(answer))
        .isEqualTo(
            "account,sent_total,sent_unique,delivered_total,delivered_unique,bounced_total,"
                + "bounced_unique,opened_total,opened_unique,opened_human_total,"
                + "opened_human_unique,clicked_total,clicked_unique,clicked_human_total,"
                + "clicked_human_unique,replied_total,replied_unique,converted_total,"
                + "converted_unique,unsubscribed_total,unsubscribed_unique,complained_total,"
                + "complained_unique\r\n"
                + "globex,3,2,0,0,0,0,9,7,5,4,0,0,0,0,0,0,0,0,0,0,0,0\r\n");
  }

  @Test
  void leadsThroughAllPagesFromTheUnknownValueOn() {
    List<String> expected = new ArrayList<>(List.of("null"));
    add(Dimension.COUNTRY, "", new EventCounts("opened", 1, 1, 1, 1));
    for (char letter = 'A'; letter <= 'Z'; letter++) {
      add(Dimension.COUNTRY, "X" + letter, new EventCounts("opened", 1, 1, 1, 1));
      expected.add("\"X" + letter + "\"");
    }
    List<String> seen = new ArrayList<>();
    String target = PLACES + "?limit=1";
    while (target != null) {
      Answer page = api.get(target);
      TestApi.json(page).path("places").forEach(place -> seen.add(place.get("country").toString()));
      String next = page.headers().get("Link");
      target = next == null ? null : next.substring(1, next.indexOf('>'));
    }
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void campaignWithoutCountsHasNoRowsAndAnUnknownOneIsNotFound() {
    assertThat(TestApi.json(api.get(DEVICES)).path("devices")).isEmpty();
    assertThat(api.get("/api/v1/campaigns/nothing/devices").status()).isEqualTo(404);
  }

  @Test
  void keepsTenantsAndDimensionsApart() {
    add(Dimension.COUNTRY, "AZ", new EventCounts("opened", 1, 1, 1, 1));

    assertThat(api.get(TestApi.THEIRS, PLACES).status()).isEqualTo(404);
    assertThat(TestApi.json(api.get(DEVICES)).path("devices")).isEmpty();
  }

  @Test
  void namesEveryWrongParameter() {
    Answer answer = api.get(PLACES + "?limit=0&cursor=abc&order=x");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(TestApi.wrong(answer)).containsExactlyInAnyOrder("limit", "cursor", "order");
  }
}
