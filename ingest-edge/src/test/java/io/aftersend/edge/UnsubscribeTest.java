package io.aftersend.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.links.Endpoint;
import io.aftersend.links.LinkClaims;
import io.aftersend.links.TrackingMode;
import io.aftersend.schemas.event.EmailEvent;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnsubscribeTest {
  private final RunningEdge edge = RunningEdge.start();

  @AfterEach
  void stop() {
    edge.close();
  }

  private String path() {
    return "/u/" + edge.tenants.token(Endpoint.UNSUBSCRIBE);
  }

  @Test
  void showsAButtonAndChangesNothingOnGet() throws Exception {
    HttpResponse<String> page = edge.get(path());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .get()
        .asString()
        .contains("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'");
    assertThat(page.body()).containsOnlyOnce("<button").contains("<form method=\"post\">");
    assertThat(page.body()).doesNotContain("http://", "https://", "src=", "<script");
    assertThat(edge.event().getType()).isEqualTo("unsubscribe_viewed");
  }

  @Test
  void unsubscribesOnPostHoweverTheBodyLooks() throws Exception {
    String path = path();
    List<Map.Entry<String, String>> bodies =
        List.of(
            Map.entry("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"),
            Map.entry(
                "multipart/form-data; boundary=b",
                """
                --b\r
                Content-Disposition: form-data; name="List-Unsubscribe"\r
                \r
                One-Click\r
                --b--\r
                """),
            Map.entry("text/plain", ""),
            Map.entry("application/octet-stream", "{{{"));
    for (Map.Entry<String, String> body : bodies) {
      HttpResponse<String> answer = edge.post(path, body.getValue(), "Content-Type", body.getKey());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("You are unsubscribed");
    }
    List<EmailEvent> events = edge.events(4);
    assertThat(events).extracting(EmailEvent::getType).containsOnly("unsubscribed");
    assertThat(events).extracting(EmailEvent::getSource).containsOnly("unsubscribe");
    assertThat(events).extracting(EmailEvent::getList).containsOnly("l1");
    assertThat(events).extracting(EmailEvent::getRecipient).containsOnly("r1");
    assertThat(events).extracting(EmailEvent::getEventId).hasSize(4);
    assertThat(events.stream().map(EmailEvent::getEventId).distinct()).hasSize(1);
    assertThat(events.getFirst().getEventId()).matches("u-[0-9a-f]{32}");
  }

  @Test
  void keepsTheRecipientOfAnUnsubscriptionInEveryMode() throws Exception {
    LinkClaims untracked = TestTenants.claims().trackingMode(TrackingMode.NONE).build();
    edge.post("/u/" + edge.tenants.token(Endpoint.UNSUBSCRIBE, untracked), "");
    EmailEvent event = edge.event();
    assertThat(event.getRecipient()).isEqualTo("r1");
    assertThat(event.getEventTime()).isEqualTo(RunningEdge.NOW);
    assertThat(event.getIp()).isNull();
    assertThat(event.getUserAgent()).isNull();
  }

  @Test
  void refusesAnEndlessBodyOfAnUnsubscription() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("POST " + path() + " HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n");
      RawClient.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.header("Connection")).isEqualTo("close");
    }
    assertThat(edge.records()).isEmpty();
  }

  @Test
  void answersAnUnsubscriptionWhoseChunkedBodyIsTooLongToReadOver() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(
          "POST "
              + path()
              + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n11170\r\n"
              + "x".repeat(70_000));
      RawClient.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).contains("You are unsubscribed");
      assertThat(client.isEnded()).isTrue();
    }
    assertThat(edge.event().getType()).isEqualTo("unsubscribed");
  }
}
