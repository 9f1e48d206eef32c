package io.aftersend.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.links.Endpoint;
import io.aftersend.links.LinkClaims;
import io.aftersend.links.PixelPosition;
import io.aftersend.schemas.event.EmailEvent;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HitIntoEventTest {
  private static final byte[] GIF =
      Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==");

  private final RunningEdge edge = RunningEdge.start();

  @AfterEach
  void stop() {
    edge.close();
  }

  private String path(Endpoint endpoint) {
    return "/" + endpoint.letter() + "/" + edge.tenants.token(endpoint);
  }

  private String path(Endpoint endpoint, LinkClaims claims) {
    return "/" + endpoint.letter() + "/" + edge.tenants.token(endpoint, claims);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".gif"})
  void answersAnOpenWithThePixel(String extension) throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("GET " + path(Endpoint.OPEN) + extension + " HTTP/1.1\r\nHost: a\r\n\r\n");
      RawClient.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(GIF).hasSize(43);
      assertThat(answer.headers())
          .contains(
              "Content-Type: image/gif",
              "Content-Length: 43",
              "Cache-Control: no-cache, no-store, must-revalidate, max-age=0, private",
              "Pragma: no-cache",
              "Expires: 0",
              "X-Content-Type-Options: nosniff",
              "Referrer-Policy: no-referrer",
              "Cross-Origin-Resource-Policy: cross-origin",
              "Date: Sun, 22 Nov 2026 10:20:30 GMT")
          .noneMatch(h -> h.matches("(?i)(etag|last-modified|set-cookie|connection):.*"));
    }
    assertThat(edge.event().getType()).isEqualTo("opened");
  }

  @Test
  void recordsAllThatTheTokenAndTheRequestSay() throws Exception {
    LinkClaims claims =
        TestTenants.claims().targetUrl(null).position(PixelPosition.BOTTOM).test(true).build();
    try (RawClient client = edge.connect()) {
      client.send(
          "GET "
              + path(Endpoint.OPEN, claims)
              + " HTTP/1.1\r\nHost: Links.Example:8080\r\nUser-Agent: Mozilla/5.0\r\n"
              + "Referer: https://user@Mail.Example:443/inbox?x=1\r\n"
              + "Sec-Purpose: prefetch;anonymous-client-ip\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
    }
    EmailEvent event = edge.event();
    assertThat(event.getEventId()).matches("[0-9a-f]{16}-[01]-1");
    assertThat(event.getEventId())
        .isEqualTo(event.getJournal() + "-" + event.getLane() + "-" + event.getSequence());
    assertThat(event.getTenant()).isEqualTo("acme");
    assertThat(event.getType()).isEqualTo("opened");
    assertThat(event.getSource()).isEqualTo("pixel");
    assertThat(event.getEventTime()).isEqualTo(RunningEdge.NOW);
    assertThat(event.getIngestTime()).isEqualTo(RunningEdge.NOW);
    assertThat(event.getCampaign()).isEqualTo("c1");
    assertThat(event.getMessage()).isEqualTo("m1");
    assertThat(event.getRecipient()).isEqualTo("r1");
    assertThat(event.getList()).isEqualTo("l1");
    assertThat(event.getLink()).isEqualTo("button");
    assertThat(event.getVariant()).isEqualTo("A");
    assertThat(event.getAccount()).isEqualTo("firm");
    assertThat(event.getTrackedLinks()).isEqualTo(3);
    assertThat(event.getPosition()).isEqualTo("bottom");
    assertThat(event.getTest()).isTrue();
    assertThat(event.getTrackingMode()).isEqualTo("full");
    assertThat(event.getMethod()).isEqualTo("GET");
    assertThat(event.getPrefetch()).isTrue();
    assertThat(event.getHost()).isEqualTo("links.example");
    assertThat(event.getReferer()).isEqualTo("mail.example");
    assertThat(event.getUserAgent()).isEqualTo("Mozilla/5.0");
    assertThat(event.getIp()).isEqualTo("127.0.0.0");
    assertThat(event.getNetworkClass()).isEqualTo("other");
    assertThat(event.getAsn()).isNull();
  }

  @Test
  void putsHitsUnderTheKeyOfTheirMessageAtIngestTime() throws Exception {
    edge.get(path(Endpoint.OPEN));
    edge.event();
    var record = edge.records().getFirst();
    assertThat(record.topic()).isEqualTo("email-events");
    assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("acme|m:m1");
    assertThat(record.timestamp()).isEqualTo(RunningEdge.NOW.toEpochMilli());
  }

  @ParameterizedTest
  @CsvSource({"CLICK,clicked", "ATTACHMENT,attachment_opened", "FORWARD,forwarded"})
  void redirectsToTheTokensBytes(Endpoint endpoint, String type) throws Exception {
    HttpResponse<String> answer = edge.get(path(endpoint));
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location"))
        .contains("https://shop.example/a?b=1&c=%20#top");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(answer.headers().firstValue("X-Robots-Tag")).contains("noindex, nofollow");
    assertThat(answer.body()).isEmpty();
    EmailEvent event = edge.event();
    assertThat(event.getType()).isEqualTo(type);
    assertThat(event.getSource()).isEqualTo("redirect");
    assertThat(event.getLink()).isEqualTo("button");
    assertThat(event.getUrl())
        .isEqualTo(endpoint == Endpoint.CLICK ? "https://shop.example/a?b=1&c=%20#top" : null);
    assertThat(event.getFileName())
        .isEqualTo(endpoint == Endpoint.ATTACHMENT ? "Prices.pdf" : null);
    assertThat(event.getChannel()).isEqualTo(endpoint == Endpoint.FORWARD ? "web" : null);
  }

  @Test
  void answersPageViewsAndConversionsWithThePixel() throws Exception {
    assertThat(edge.get(path(Endpoint.PAGE_VIEW)).body()).startsWith("GIF89a");
    assertThat(edge.get(path(Endpoint.CONVERSION)).body()).startsWith("GIF89a");
    assertThat(edge.events(2))
        .extracting(EmailEvent::getType)
        .containsExactlyInAnyOrder("page_viewed", "converted");
  }

  @Test
  void readsAConversionsParameters() throws Exception {
    edge.get(
        path(Endpoint.CONVERSION)
            + "?goal=Buy+now%20%C9%99&value=12.345678&currency=AZN&order=A-1.2_~&goal=second&x=1");
    EmailEvent event = edge.event();
    assertThat(event.getGoal()).isEqualTo("Buy now ə");
    assertThat(event.getValue()).isEqualTo(new BigDecimal("12.345678"));
    assertThat(event.getCurrency()).isEqualTo("AZN");
    assertThat(event.getOrder()).isEqualTo("A-1.2_~");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "value=1.2345678",
        "value=1234567890123",
        "value=abc",
        "value=%zz",
        "value=NaN",
        "value=1e999999999",
        "currency=eur",
        "order=a%20b",
        "goal=%ff",
        "goal=a%00b"
      })
  void leavesOutAConversionsBadParameterAndCountsIt(String query) throws Exception {
    try (RawClient client = edge.connect()) {
      String target = path(Endpoint.CONVERSION) + "?" + query;
      client.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.answer().body()).isEqualTo(GIF);
    }
    EmailEvent event = edge.event();
    assertThat(event.getGoal()).isNull();
    assertThat(event.getValue()).isNull();
    assertThat(event.getCurrency()).isNull();
    assertThat(event.getOrder()).isNull();
    String parameter = query.substring(0, query.indexOf('='));
    assertThat(edge.metrics())
        .containsPattern(
            "aftersend_edge_parameters_dropped_total\\{parameter=\"" + parameter + "\".*} 1");
  }

  @ParameterizedTest
  @EnumSource(
      value = Endpoint.class,
      names = {"OPEN", "PAGE_VIEW", "CONVERSION"})
  void answersBadTokensOfPixelsWithThePixelAndRecordsNothing(Endpoint endpoint) throws Exception {
    String wrongEndpoint =
        edge.tenants.token(endpoint == Endpoint.OPEN ? Endpoint.PAGE_VIEW : Endpoint.OPEN);
    String foreign = new TestTenants(8).token(endpoint);
    for (String token :
        List.of("", "x", "a/b", "%00", wrongEndpoint, foreign, tampered(path(endpoint)))) {
      HttpResponse<String> answer = edge.get("/" + endpoint.letter() + "/" + token);
      assertThat(answer.statusCode()).as(token).isEqualTo(200);
      assertThat(answer.body()).startsWith("GIF89a");
    }
    edge.get(path(Endpoint.CLICK));
    assertThat(edge.event().getType()).isEqualTo("clicked");
    assertThat(edge.metrics())
        .contains(
            "aftersend_edge_tokens_rejected_total{endpoint=\""
                + endpoint.name().toLowerCase(Locale.ROOT)
                + "\",reason=\"unknown_key\"} 1.0");
  }

  @ParameterizedTest
  @EnumSource(
      value = Endpoint.class,
      names = {"CLICK", "ATTACHMENT", "FORWARD", "UNSUBSCRIBE"})
  void answersOtherBadTokensWithAPlain404(Endpoint endpoint) throws Exception {
    String foreign = new TestTenants(8).token(endpoint);
    for (String token :
        List.of("", "x", edge.tenants.token(Endpoint.OPEN), foreign, tampered(path(endpoint)))) {
      HttpResponse<String> answer = edge.get("/" + endpoint.letter() + "/" + token);
      assertThat(answer.statusCode()).as(token).isEqualTo(404);
      assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
      assertThat(answer.headers().firstValue("Location")).isEmpty();
    }
    assertThat(edge.post("/u/" + foreign, "").statusCode()).isEqualTo(404);
    edge.get(path(Endpoint.OPEN));
    assertThat(edge.event().getType()).isEqualTo("opened");
  }

  private static String tampered(String path) {
    String token = path.substring(3);
    char first = token.charAt(token.length() - 9);
    char other = first == 'A' ? 'B' : 'A';
    return token.substring(0, token.length() - 9) + other + token.substring(token.length() - 8);
  }

  @ParameterizedTest
  @EnumSource(Endpoint.class)
  void answersHeadLikeGetWithoutABody(Endpoint endpoint) throws Exception {
    try (RawClient client = edge.connect()) {
      String rest = " " + path(endpoint) + " HTTP/1.1\r\nHost: a\r\n\r\n";
      rest = rest.substring(1);
      RawClient.Answer got = client.send("GET " + rest).answer();
      RawClient.Answer head = client.send("HEAD " + rest).answerToHead();
      assertThat(head.status()).isEqualTo(got.status());
      assertThat(head.headers()).isEqualTo(got.headers());
      RawClient.Answer next = client.send("GET " + rest).answer();
      assertThat(next.body()).isEqualTo(got.body());
    }
    assertThat(edge.events(3))
        .extracting(EmailEvent::getMethod)
        .containsExactly("GET", "HEAD", "GET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get", "POST"})
  void refusesOtherMethodsWithAllow(String method) throws Exception {
    for (Endpoint endpoint : Endpoint.values()) {
      boolean isUnsubscribe = endpoint == Endpoint.UNSUBSCRIBE;
      if (isUnsubscribe && method.equals("POST")) {
        continue;
      }
      try (RawClient client = edge.connect()) {
        client.send(method + " " + path(endpoint) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        RawClient.Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow"))
            .isEqualTo(isUnsubscribe ? "GET, HEAD, POST" : "GET, HEAD");
      }
    }
    assertThat(edge.records()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/o",
        "/t/abc",
        "/r/abc",
        "/z/abc",
        "/favicon.ico",
        "/v1/mail",
        "/v1/webhooks/x/y",
        "/v1/events/",
        "/V1/events",
        "//o/x"
      })
  void answersUnknownPathsWith404(String path) throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Purpose: prefetch",
        "Sec-Purpose: prefetch;prerender",
        "Purpose: prefetch",
        "X-Moz: prefetch",
        "X-Purpose: preview",
        "x-purpose: PREFETCH"
      })
  void noticesPrefetchHeaders(String header) throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("GET " + path(Endpoint.CLICK) + " HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(302);
    }
    assertThat(edge.event().getPrefetch()).isTrue();
  }

  @Test
  void doesNotTakeOtherHeadersForPrefetch() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(
          "GET " + path(Endpoint.CLICK) + " HTTP/1.1\r\nHost: a\r\nX-Moz: livebookmarks\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(302);
    }
    assertThat(edge.event().getPrefetch()).isFalse();
  }

  @Test
  void boundsTheUserAgentAndKeepsItPrintable() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(
          "GET "
              + path(Endpoint.OPEN)
              + " HTTP/1.1\r\nHost: a\r\nUser-Agent: é\t"
              + "x".repeat(3_000)
              + "\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
    }
    assertThat(edge.event().getUserAgent()).startsWith("??xxx").hasSize(1_024);
  }

  @Test
  void followsATargetFromAnAbsoluteRequestTarget() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("GET http://a" + path(Endpoint.CLICK) + "?x HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(302);
    }
  }

  @Test
  void answersWhileKafkaIsAway() throws Exception {
    Map<String, String> soon = Map.of("AFTERSEND_EDGE_DRAIN_TIMEOUT", "100ms");
    try (RunningEdge alone = RunningEdge.startWithoutKafka(soon)) {
      String token = alone.tenants.token(Endpoint.CLICK);
      assertThat(alone.get("/c/" + token).statusCode()).isEqualTo(302);
      HttpRequest.Builder unsubscribe =
          alone
              .request("/u/" + alone.tenants.token(Endpoint.UNSUBSCRIBE))
              .POST(HttpRequest.BodyPublishers.noBody());
      assertThat(alone.send(unsubscribe).statusCode()).isEqualTo(200);
      RunningEdge.await(() -> alone.service.waiting() == 2);
    }
  }
}
