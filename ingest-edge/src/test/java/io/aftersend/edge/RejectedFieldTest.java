package io.aftersend.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RejectedFieldTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static RunningEdge edge;

  @BeforeAll
  static void start() {
    edge = RunningEdge.start();
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  static Stream<Arguments> brokenFields() {
    String id65 = "\"" + "x".repeat(65) + "\"";
    List<Arguments> cases = new ArrayList<>();
    for (String id :
        List.of(
            "campaign",
            "message",
            "recipient",
            "account",
            "link",
            "list",
            "mailbox",
            "counterparty",
            "thread",
            "variant",
            "provider")) {
      for (String bad :
          List.of("\"\"", "1", "true", "[]", "{}", "\"a b\"", "\"ə\"", "\"a@b\"", id65)) {
        cases.add(Arguments.of("opened", id, bad));
      }
    }
    String[][] others = {
      {"opened", "event_id", "\"\""},
      {"opened", "event_id", "7"},
      {"opened", "event_id", "\"" + "x".repeat(129) + "\""},
      {"opened", "event_time", "\"2026-11-22\""},
      {"opened", "event_time", "\"2026-11-22T10:20:00\""},
      {"opened", "event_time", "\"2026-02-30T10:20:00Z\""},
      {"opened", "event_time", "\"yesterday\""},
      {"opened", "event_time", "\"1795342830456\""},
      {"opened", "event_time", "1795342830.5"},
      {"opened", "event_time", "true"},
      {"opened", "event_time", "99999999999999999999999999"},
      {"opened", "event_time", "\"2026-11-22T10:25:30.457Z\""},
      {"opened", "event_time", "\"2025-10-18T10:20:30.455Z\""},
      {"opened", "event_time", "1795342830"},
      {"opened", "labels", "\"x\""},
      {"opened", "labels", "[1]"},
      {"opened", "labels", "[[\"x\"]]"},
      {"opened", "labels", "[\"" + "x".repeat(201) + "\"]"},
      {"opened", "labels", "[" + "\"x\",".repeat(100) + "\"x\"]"},
      {"opened", "method", "\"get\""},
      {"opened", "prefetch", "\"true\""},
      {"opened", "prefetch", "1"},
      {"opened", "host", "\"a b\""},
      {"opened", "referer", "\"\""},
      {"opened", "user_agent", "\"" + "x".repeat(2_001) + "\""},
      {"opened", "user_agent", "\"a\\u0000b\""},
      {"opened", "user_agent", "\"\\ud800\""},
      {"opened", "ip", "\"mail.example.com\""},
      {"opened", "ip", "\"localhost\""},
      {"opened", "ip", "\"1.2.3\""},
      {"opened", "ip", "\"1.2.3.4:80\""},
      {"opened", "ip", "\"[::1]\""},
      {"opened", "ip", "\"fe80::1%eth0\""},
      {"opened", "ip", "16909060"},
      {"opened", "recipient_time_zone", "\"Tehran\""},
      {"opened", "recipient_time_zone", "\"+03:30\""},
      {"opened", "test", "\"yes\""},
      {"opened", "test", "0"},
      {"opened", "position", "\"middle\""},
      {"opened", "tenant", "\"acme\""},
      {"opened", "verdict", "\"human\""},
      {"opened", "ingest_time", "1"},
      {"opened", "source", "\"pixel\""},
      {"opened", "network_class", "\"google\""},
      {"opened", "asn", "1"},
      {"opened", "journal", "\"x\""},
      {"opened", "tracking_mode", "\"full\""},
      {"opened", "country", "\"AZ\""},
      {"opened", "Campaign", "\"c\""},
      {"opened", "", "\"c\""},
      {"opened", "bounce_class", "\"hard\""},
      {"opened", "url", "\"https://a.example\""},
      {"bounced", "bounce_class", "\"Hard\""},
      {"bounced", "smtp_code", "\"550\""},
      {"bounced", "smtp_code", "550.0"},
      {"bounced", "smtp_code", "5500"},
      {"bounced", "smtp_code", "99999999999"},
      {"bounced", "enhanced_code", "\"6.1.1\""},
      {"bounced", "diagnostic", "\"" + "x".repeat(2_001) + "\""},
      {"placed", "placement", "\"promotions\""},
      {"read", "read_class", "\"long\""},
      {"sent", "tracked_links", "-1"},
      {"sent", "tracked_links", "70000"},
      {"sent", "in_reply_to", "\"<a@b>\""},
      {"clicked", "url", "\"\""},
      {"clicked", "url", "7"},
      {"clicked", "url", "\"https://a.example/" + "x".repeat(8_000) + "\""},
      {"attachment_opened", "file_name", "\"" + "x".repeat(201) + "\""},
      {"forwarded", "inferred", "\"no\""},
      {"converted", "goal", "\"" + "x".repeat(201) + "\""},
      {"converted", "goal", "1"},
      {"converted", "value", "1.2345678"},
      {"converted", "value", "\"1.2345678\""},
      {"converted", "value", "1234567890123"},
      {"converted", "value", "1e13"},
      {"converted", "value", "1e-7"},
      {"converted", "value", "1e999999999"},
      {"converted", "value", "\"1,5\""},
      {"converted", "value", "\"\""},
      {"converted", "value", "\"NaN\""},
      {"converted", "value", "true"},
      {"converted", "currency", "\"eur\""},
      {"converted", "currency", "\"EURO\""},
      {"converted", "currency", "978"},
      {"converted", "order", "\"a/b\""},
    };
    Stream.of(others).map(Arguments::of).forEach(cases::add);
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("brokenFields")
  void rejectsABrokenFieldByNameAndTakesTheRest(String type, String field, String value)
      throws Exception {
    String broken = "{\"type\":\"" + type + "\",\"" + field + "\":" + value + "}";
    String good = "{\"type\":\"sent\"}";
    HttpResponse<String> answer = edge.postEvents("[" + good + "," + broken + "," + good + "]");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    JsonNode result = JSON.readTree(answer.body());
    assertThat(result.get("accepted").intValue()).isEqualTo(2);
    assertThat(result.get("rejected")).hasSize(1);
    JsonNode rejected = result.get("rejected").get(0);
    assertThat(rejected.get("index").intValue()).isEqualTo(1);
    assertThat(rejected.get("field").textValue()).isEqualTo(field);
    assertThat(rejected.get("error").textValue()).isNotEmpty().hasSizeLessThan(400);
  }
}
