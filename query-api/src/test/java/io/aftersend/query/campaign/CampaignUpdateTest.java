package io.aftersend.query.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.query.TestApi;
import io.aftersend.query.campaign.CampaignProfiles.Stored;
import io.aftersend.query.http.Answer;
import io.aftersend.schemas.campaign.CampaignSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CampaignUpdateTest {
  private static final String TARGET = "/api/v1/campaigns/c";

  private final TestApi api = new TestApi();

  @Test
  void createsACampaignOfWhatIsGiven() {
    Answer answer =
        api.put(
            TARGET,
            """
            {"name":"Früh","subject":"S","cost":"100.50","currency":"AZN","labels":["a","b","a"],
             "list":"l1","count_source":"provider"}
            """);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(TestApi.text(answer))
        .isEqualTo(
            "{\"campaign\":\"c\",\"name\":\"Früh\",\"subject\":\"S\",\"labels\":[\"a\",\"b\"],"
                + "\"list\":\"l1\",\"cost\":100.5,\"currency\":\"AZN\","
                + "\"count_source\":\"provider\"}");
    CampaignSettings record = api.publisher.published.getFirst();
    assertThat(record.getTenant()).isEqualTo("ours");
    assertThat(record.getCost()).isEqualTo("100.500000");
    assertThat(record.getVersion()).isEqualTo(TestApi.NOW.toEpochMilli());
    assertThat(api.campaigns.stored.getFirst().version()).isEqualTo(record.getVersion());
  }

  @Test
  void leavesAbsentFieldsAndClearsNulls() {
    api.put(
        TARGET,
        "{\"name\":\"N\",\"subject\":\"S\",\"cost\":5,\"currency\":\"USD\","
            + "\"labels\":[\"a\"],\"list\":\"l\",\"count_source\":\"provider\"}");

    Answer answer =
        api.put(
            TARGET,
            "{\"subject\":null,\"cost\":null,\"labels\":null,\"list\":null,\"count_source\":null}");

    assertThat(TestApi.text(answer))
        .isEqualTo(
            "{\"campaign\":\"c\",\"name\":\"N\",\"subject\":null,\"labels\":[],\"list\":null,"
                + "\"cost\":null,\"currency\":\"USD\",\"count_source\":\"own\"}");
    assertThat(api.publisher.published.getLast().getName()).isEqualTo("N");
  }

  @Test
  void makesEveryVersionGreaterThanTheOneBefore() {
    long future = TestApi.NOW.toEpochMilli() + 1_000_000;
    api.campaigns.store("ours", new Stored(CampaignProfile.untold("c"), future));

    api.put(TARGET, "{\"name\":\"N\"}");

    assertThat(api.campaigns.stored.getLast().version()).isEqualTo(future + 1);
  }

  @Test
  void storesNothingThatKafkaDidNotTake() {
    api.publisher.isDown = true;

    Answer answer = api.put(TARGET, "{\"name\":\"N\"}");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers()).containsKey("Retry-After");
    assertThat(api.campaigns.stored).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name':5} | name",
        "{'name':''} | name",
        "{'subject':'a\\nb'} | subject",
        "{'subject':'\\ud800'} | subject",
        "{'cost':-1,'currency':'AZN'} | cost",
        "{'cost':0.0000001,'currency':'AZN'} | cost",
        "{'cost':1000000000000,'currency':'AZN'} | cost",
        "{'cost':1e999999999,'currency':'AZN'} | cost",
        "{'cost':'1e3','currency':'AZN'} | cost",
        "{'cost':true,'currency':'AZN'} | cost",
        "{'cost':5} | currency",
        "{'currency':'azn'} | currency",
        "{'currency':'AZNN'} | currency",
        "{'labels':'a'} | labels",
        "{'labels':['a',1]} | labels[1]",
        "{'labels':['']} | labels[0]",
        "{'list':'a b'} | list",
        "{'count_source':'both'} | count_source",
        "{'colour':'red'} | colour",
        "{'campaign':'other'} | campaign"
      })
  void namesTheWrongField(String body, String parameter) {
    Answer answer = api.put(TARGET, body.replace('\'', '"'));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(TestApi.wrong(answer)).containsExactly(parameter);
    assertThat(api.publisher.published).isEmpty();
  }

  @Test
  void namesAllWrongFieldsAtOnce() {
    Answer answer = api.put(TARGET, "{\"name\":1,\"cost\":-1,\"list\":\"\",\"x\":1}");

    assertThat(TestApi.wrong(answer)).containsExactlyInAnyOrder("name", "cost", "list", "x");
  }

  @Test
  void takesTheLargestAndSmallestCost() {
    for (String cost : List.of("999999999999.999999", "0.000001", "0", "1e3", "1.0000000")) {
      Answer answer = api.put(TARGET, "{\"cost\":" + cost + ",\"currency\":\"AZN\"}");
      assertThat(TestApi.json(answer).path("cost").decimalValue()).isEqualByComparingTo(cost);
    }
  }

  @Test
  void takesItsOwnAnswerBack() {
    String answer = TestApi.text(api.put(TARGET, "{\"name\":\"N\"}"));

    assertThat(TestApi.text(api.put(TARGET, answer))).isEqualTo(answer);
  }

  @Test
  void refusesAnIdThatIsNone() {
    Answer answer = api.put("/api/v1/campaigns/a%20b", "{}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(TestApi.wrong(answer)).containsExactly("campaign");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "null", "{} {}", "{\"name\":\"a\",\"name\":\"b\"}", "{'a':1}"})
  void refusesABodyThatIsNotOneObject(String body) {
    assertThat(api.put(TARGET, body).status()).isEqualTo(400);
  }

  @Test
  void refusesOtherTypesAndEncodings() {
    Map<String, String> form =
        Map.of(
            "authorization",
            "Bearer " + TestApi.ALL_SCOPES,
            "content-type",
            "application/x-www-form-urlencoded");
    assertThat(api.send("PUT", TARGET, form, "{}").status()).isEqualTo(415);
    Map<String, String> gzip =
        Map.of(
            "authorization", "Bearer " + TestApi.ALL_SCOPES,
            "content-type", "application/json; charset=utf-8",
            "content-encoding", "gzip");
    assertThat(api.send("PUT", TARGET, gzip, "{}").status()).isEqualTo(415);
  }

  @Test
  void refusesABodyOverTheLimit() {
    String atLimit = "{\"name\":\"n\"" + " ".repeat(TestApi.MAX_BODY_BYTES - 12) + "}";

    assertThat(api.put(TARGET, atLimit).status()).isEqualTo(200);
    Answer answer = api.put(TARGET, atLimit + " ");
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.headers()).containsEntry("Connection", "close");
  }

  @Test
  void losesNoneOfTheChangesMadeAtOnce() {
    List<String> bodies =
        List.of(
            "{\"name\":\"N\"}",
            "{\"subject\":\"S\"}",
            "{\"labels\":[\"l\"]}",
            "{\"list\":\"l\"}",
            "{\"count_source\":\"provider\"}",
            "{\"currency\":\"AZN\"}");
    // Holds the first change until a second one comes as far, which it must not.
    CountDownLatch together = new CountDownLatch(2);
    api.publisher.whilePublishing =
        () -> {
          together.countDown();
          awaitBriefly(together);
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      bodies.forEach(body -> threads.execute(() -> api.put(TARGET, body)));
    }

    CampaignProfile all =
        new CampaignProfile("c", "N", "S", null, "AZN", List.of("l"), "l", "provider");
    assertThat(api.campaigns.stored).extracting(Stored::profile).last().isEqualTo(all);
    assertThat(api.campaigns.stored).extracting(Stored::version).doesNotHaveDuplicates();
  }

  private static void awaitBriefly(CountDownLatch latch) {
    try {
      latch.await(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
