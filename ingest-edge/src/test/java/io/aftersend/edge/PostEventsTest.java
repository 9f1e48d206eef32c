package io.aftersend.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PostEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunningEdge edge = RunningEdge.start();

  @AfterEach
  void stop() {
    edge.close();
  }

  private static void assertProblem(HttpResponse<String> answer, int status) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("type").textValue()).isNotEmpty();
    assertThat(problem.get("title").textValue()).isNotEmpty();
    assertThat(problem.get("detail").textValue()).isNotEmpty();
  }

  @Test
  void keepsAnOversizedNumberOrADeepValueToItsElement() throws Exception {
    String good = "{\"type\":\"sent\",\"message\":\"m\"}";
    String digits = "{\"type\":\"converted\",\"value\":" + "1".repeat(50_000) + "}";
    String time = "{\"type\":\"sent\",\"event_time\":" + "1".repeat(50_000) + "}";
    String deep = "{\"type\":\"sent\",\"goal\":" + "[".repeat(500) + "]".repeat(500) + "}";
    HttpResponse<String> answer =
        edge.postEvents("[" + String.join(",", good, digits, time, deep, good) + "]");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    JsonNode result = JSON.readTree(answer.body());
    assertThat(result.get("accepted").intValue()).isEqualTo(2);
    assertThat(result.get("rejected").findValuesAsText("index")).containsExactly("1", "2", "3");
    assertThat(result.get("rejected").findValuesAsText("field"))
        .containsExactly("value", "event_time", "goal");
  }

  @Test
  void takesEveryFieldOfAnEvent() throws Exception {
    HttpResponse<String> answer =
        edge.postEvents(
            """
            [{"type":"converted","event_id":"e-1","event_time":"2026-11-22T13:50:00.123456+03:30",
              "campaign":"c","message":"m","recipient":"r","account":"a","link":"l","list":"li",
              "mailbox":"mb","counterparty":"cp","thread":"t","labels":["one","zwei ə"],
              "variant":"B","goal":"buy","value":123456789012.123456,"currency":"AZN",
              "order":"o-1","method":"HEAD","prefetch":true,"host":"Links.example:80",
              "referer":"https://mail.example/x","user_agent":"UA/1","ip":"66.249.81.7",
              "recipient_time_zone":"Asia/Kathmandu","test":true,"provider":"ses",
              "provider_event_id":"0100=/x"}]""");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"accepted\":1,\"rejected\":[]}");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    EmailEvent event = edge.event();
    assertThat(event.getTenant()).isEqualTo("acme");
    assertThat(event.getType()).isEqualTo("converted");
    assertThat(event.getSource()).isEqualTo("post");
    assertThat(event.getEventId()).isEqualTo("e-1");
    assertThat(event.getEventTime()).isEqualTo(Instant.parse("2026-11-22T10:20:00.123Z"));
    assertThat(event.getIngestTime()).isEqualTo(RunningEdge.NOW);
    assertThat(event.getCampaign()).isEqualTo("c");
    assertThat(event.getMessage()).isEqualTo("m");
    assertThat(event.getRecipient()).isEqualTo("r");
    assertThat(event.getAccount()).isEqualTo("a");
    assertThat(event.getLink()).isEqualTo("l");
    assertThat(event.getList()).isEqualTo("li");
    assertThat(event.getMailbox()).isEqualTo("mb");
    assertThat(event.getCounterparty()).isEqualTo("cp");
    assertThat(event.getThread()).isEqualTo("t");
    assertThat(event.getLabels()).containsExactly("one", "zwei ə");
    assertThat(event.getVariant()).isEqualTo("B");
    assertThat(event.getGoal()).isEqualTo("buy");
    assertThat(event.getValue()).isEqualTo(new BigDecimal("123456789012.123456"));
    assertThat(event.getCurrency()).isEqualTo("AZN");
    assertThat(event.getOrder()).isEqualTo("o-1");
    assertThat(event.getMethod()).isEqualTo("HEAD");
    assertThat(event.getPrefetch()).isTrue();
    assertThat(event.getHost()).isEqualTo("links.example");
    assertThat(event.getReferer()).isEqualTo("mail.example");
    assertThat(event.getUserAgent()).isEqualTo("UA/1");
    assertThat(event.getIp()).isEqualTo("66.249.81.0");
    assertThat(event.getNetworkClass()).isEqualTo("google");
    assertThat(event.getRecipientTimeZone()).isEqualTo("Asia/Kathmandu");
    assertThat(event.getTest()).isTrue();
    assertThat(event.getProvider()).isEqualTo("ses");
    assertThat(event.getProviderEventId()).isEqualTo("0100=/x");
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void takesEveryTypeWithNothingElse(EventType type) throws Exception {
    assertThat(edge.postEvents("[{\"type\":\"" + type.wireName() + "\"}]").body())
        .isEqualTo("{\"accepted\":1,\"rejected\":[]}");
    EmailEvent event = edge.event();
    assertThat(event.getType()).isEqualTo(type.wireName());
    assertThat(event.getEventTime()).isEqualTo(RunningEdge.NOW);
    assertThat(event.getEventId()).matches("[0-9a-f]{16}-[0-9]+-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sent         | in_reply_to: x, tracked_links: 5, mailbox_provider: gmail
          received     | in_reply_to: x, folder: Inbox, auto_reply: true
          delivered    | smtp_code: 250, enhanced_code: 2.0.0, diagnostic: ok, mailbox_provider: g
          deferred     | smtp_code: 451, enhanced_code: 4.7.0, diagnostic: later, mailbox_provider: g
          dropped      | smtp_code: 550, enhanced_code: 5.1.1, diagnostic: no, mailbox_provider: g
          bounced      | smtp_code: 550, enhanced_code: 5.1.1, diagnostic: no, bounce_class: hard
          placed       | placement: spam
          opened       | position: top
          read         | read_class: glanced
          clicked      | link: l, url: https://a.example/?x
          attachment_opened | link: l, file_name: Prices.pdf
          forwarded    | channel: WhatsApp share, inferred: true
          replied      | in_reply_to: x, auto_reply: false
          read_receipt | disposition: manual-action/MDN-sent-manually; displayed
          page_viewed  | url: https://a.example/
          converted    | goal: buy, value: 1, currency: EUR, order: o
          unsubscribed | list: l
          complained   | list: l
          unsubscribe_viewed | list: l
          subscribed   | list: l
          """)
  void takesTheFieldsOfEachType(String type, String fields) throws Exception {
    Map<String, Object> event = new HashMap<>(Map.of("type", type));
    for (String field : fields.split(", ", -1)) {
      String[] nameAndValue = field.split(": ", 2);
      String value = nameAndValue[1];
      boolean isLiteral = value.matches("true|false|[0-9]+") && !nameAndValue[0].equals("order");
      event.put(nameAndValue[0], isLiteral ? JSON.readValue(value, Object.class) : value);
    }
    assertThat(edge.postEvents(JSON.writeValueAsString(List.of(event))).body())
        .isEqualTo("{\"accepted\":1,\"rejected\":[]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":"nonsense"}                 | type
          {"type":7}                          | type
          {"type":null}                       | type
          {}                                  | type
          {"campaign":"c"}                    | type
          {"type":"sent","type":"opened"}     | type
          {"type":"sent","message":"a","message":"a"} | message
          {"url":"x","type":"sent"}           | url
          7                                   | ''
          "sent"                              | ''
          null                                | ''
          [{"type":"sent"}]                   | ''
          """)
  void rejectsABrokenElement(String element, String field) throws Exception {
    JsonNode result = JSON.readTree(edge.postEvents("[" + element + "]").body());
    assertThat(result.get("accepted").intValue()).isZero();
    assertThat(result.get("rejected").get(0).get("field").textValue()).isEqualTo(field);
    assertThat(edge.records()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "2026-11-22T10:25:30.456Z"       | 2026-11-22T10:25:30.456Z
          "2025-10-18T10:20:30.456Z"       | 2025-10-18T10:20:30.456Z
          "2026-11-01t00:00:00z"           | 2026-11-01T00:00:00Z
          "2026-11-01 00:00:00.9999-08:00" | 2026-11-01T08:00:00.999Z
          "2026-06-30T23:59:60Z"           | 2026-06-30T23:59:59Z
          1793491200000                    | 2026-11-01T00:00:00Z
          """)
  void takesTimesOfTheRange(String json, Instant time) throws Exception {
    edge.postEvents("[{\"type\":\"sent\",\"event_time\":" + json + "}]");
    assertThat(edge.event().getEventTime()).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 1000.000000",
    "1e3, 1000.000000",
    "0.1, 0.100000",
    "'\"0.100000000\"', 0.100000",
    "-12.5, -12.500000",
    "0, 0.000000",
    "999999999999.999999, 999999999999.999999"
  })
  void takesAmountsExactly(String json, BigDecimal value) throws Exception {
    edge.postEvents("[{\"type\":\"converted\",\"value\":" + json + "}]");
    assertThat(edge.event().getValue()).isEqualTo(value);
  }

  @Test
  void takesNullAsAbsent() throws Exception {
    String event = "{\"type\":\"read\",\"read_class\":null,\"campaign\":null,\"url\":null}";
    assertThat(edge.postEvents("[" + event + "]").body()).startsWith("{\"accepted\":1");
  }

  @Test
  void answersOnceEventsAreOnTheDiskThoughKafkaIsSilent() throws Exception {
    edge.close();
    edge = RunningEdge.startWithSilentKafka(Map.of("AFTERSEND_EDGE_DRAIN_TIMEOUT", "100ms"));
    HttpResponse<String> answer = edge.postEvents("[{\"type\":\"sent\"},{\"type\":\"opened\"}]");
    assertThat(answer.body()).isEqualTo("{\"accepted\":2,\"rejected\":[]}");
    RunningEdge.await(() -> edge.service.waiting() == 2);
  }

  @Test
  void keepsABatchWholeOrAnswers503WhenTheBudgetIsSpent() throws Exception {
    edge.close();
    int lanes = 2 + Runtime.getRuntime().availableProcessors();
    edge =
        RunningEdge.startWithSilentKafka(
            Map.of(
                "AFTERSEND_EDGE_JOURNAL_BUDGET",
                2 * lanes + "MiB",
                "AFTERSEND_EDGE_DRAIN_TIMEOUT",
                "100ms"));
    String event = "{\"type\":\"bounced\",\"diagnostic\":\"" + "x".repeat(900) + "\"}";
    String batch = "[" + (event + ",").repeat(999) + event + "]";
    int accepted = 0;
    HttpResponse<String> answer = edge.postEvents(batch);
    while (answer.statusCode() == 202) {
      accepted += 1_000;
      answer = edge.postEvents(batch);
    }
    assertProblem(answer, 503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(accepted).isPositive();
    int whole = accepted;
    RunningEdge.await(() -> edge.service.waiting() == whole);
    RunningEdge.await(() -> edge.service.health().problems().containsKey("journal"));
  }
}
