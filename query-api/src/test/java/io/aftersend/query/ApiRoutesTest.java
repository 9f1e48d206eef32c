package io.aftersend.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.query.campaign.CampaignProfile;
import io.aftersend.query.campaign.EventCounts;
import io.aftersend.query.http.Answer;
import io.aftersend.runtime.lifecycle.LifecycleState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRoutesTest {
  private final TestApi api = new TestApi();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1",
        "/api/v1/",
        "/api/v1/campaigns",
        "/api/v1/campaigns/x",
        "/api/v1/campaigns/x/heatmap",
        "/api/v1/campaigns/x/links",
        "/api/v1/links",
        "/api/v1/lists/x",
        "/api/v1/lists/x/growth",
        "/api/v1/mailboxes",
        "/api/v1/mailboxes/x",
        "/api/v1/mailboxes/x/unanswered",
        "/api/v1/recipients",
        "/api/v1/recipients/x/timeline",
        "/api/v1/signals",
        "/api/v1/nothing/at/all",
        "/%61pi/v1/campaigns"
      })
  void asksForAKeyWhateverLiesBelowTheApi(String path) {
    Answer answer = api.send("GET", path, Map.of(), "");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.headers().get("WWW-Authenticate")).startsWith("Bearer realm=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer wrong", "Bearer ", "Basic YTpi", "Bearer"})
  void refusesWhatIsNoKey(String header) {
    Answer answer = api.send("GET", "/api/v1/campaigns", Map.of("authorization", header), "");

    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void takesTheSchemeInAnyCase() {
    Answer answer =
        api.send("GET", "/api/v1/campaigns", Map.of("authorization", "bEARER " + TestApi.READ), "");

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void answersAnUnknownPathWith404() {
    for (String path : List.of("/nothing", "/api/v1/campaign", "/assets/x.js", "/api", "//", "")) {
      Answer answer = api.get(path);
      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(answer.contentType()).isEqualTo("application/problem+json");
    }
  }

  @Test
  void namesTheMethodsOfAPath() {
    Answer answer =
        api.send("DELETE", "/api/v1/campaigns/x", TestApi.jsonHeaders(TestApi.ALL_SCOPES), "");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers()).containsEntry("Allow", "GET, HEAD, PUT");
    assertThat(api.send("POST", "/", Map.of(), "").headers()).containsEntry("Allow", "GET, HEAD");
    assertThat(api.get("/api/v1/links").headers()).containsEntry("Allow", "POST");
  }

  @Test
  void keepsToTheScopesOfTheKey() {
    assertThat(api.get(TestApi.INGEST, "/api/v1/campaigns").status()).isEqualTo(403);
    Answer write = api.send("PUT", "/api/v1/campaigns/x", TestApi.jsonHeaders(TestApi.READ), "{}");
    assertThat(write.status()).isEqualTo(403);
    assertThat(write.headers().get("WWW-Authenticate")).contains("scope=\"admin\"");
    assertThat(api.post(TestApi.READ, "/api/v1/links", "{}").status()).isEqualTo(403);
    assertThat(api.post(TestApi.INGEST, "/api/v1/links", "{\"message\":\"m\"}").status())
        .isEqualTo(200);
  }

  @Test
  void endsAKeysShareOfTheServer() {
    for (int i = 0; i < TestApi.MAX_REQUESTS_PER_KEY; i++) {
      assertThat(api.get(TestApi.READ, "/api/v1/nothing").status()).isEqualTo(404);
    }

    Answer refused = api.get(TestApi.READ, "/api/v1/campaigns");

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.headers()).containsEntry("Retry-After", "1");
    assertThat(api.get(TestApi.ALL_SCOPES, "/api/v1/campaigns").status()).isEqualTo(200);
    api.nanoTime.addAndGet(1_000_000_000L);
    assertThat(api.get(TestApi.READ, "/api/v1/campaigns").status()).isEqualTo(200);
  }

  @Test
  void sparesAClientWhatItHas() {
    api.campaigns.add("ours", CampaignProfile.untold("c"));
    String tag = String.valueOf(api.get("/api/v1/campaigns/c").headers().get("ETag"));
    Map<String, String> again =
        Map.of("authorization", "Bearer " + TestApi.READ, "if-none-match", tag);

    assertThat(api.send("GET", "/api/v1/campaigns/c", again, "").status()).isEqualTo(304);
    api.campaigns.counts.add(new EventCounts("sent", 1, 1, 0, 0));
    assertThat(api.send("GET", "/api/v1/campaigns/c", again, "").status()).isEqualTo(200);
    assertThat(api.put("/api/v1/campaigns/c", "{}").headers()).doesNotContainKey("ETag");
  }

  @Test
  void keepsTenantsApart() {
    api.campaigns.add("theirs", CampaignProfile.untold("c"));

    assertThat(api.get(TestApi.THEIRS, "/api/v1/campaigns/c").status()).isEqualTo(200);
    assertThat(api.get("/api/v1/campaigns/c").status()).isEqualTo(404);
    assertThat(api.get("/api/v1/campaigns/c/heatmap").status()).isEqualTo(404);
    assertThat(api.get("/api/v1/campaigns/c/links").status()).isEqualTo(404);
    assertThat(TestApi.json(api.get("/api/v1/campaigns")).path("campaigns")).isEmpty();
  }

  @Test
  void answersHeadAsGet() {
    Answer answer = api.send("HEAD", "/api/v1/campaigns", TestApi.jsonHeaders(TestApi.READ), "");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(api.get("/api/v1/campaigns").body());
  }

  @Test
  void passesOnThatTheDatabaseIsAway() {
    api.campaigns.isDown = true;

    Answer answer = api.get("/api/v1/campaigns");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers()).containsKey("Retry-After");
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
  }

  @Test
  void saysWhetherItIsReady() {
    assertThat(api.get("/health/live").status()).isEqualTo(200);
    assertThat(api.get("/health/ready").status()).isEqualTo(503);
    api.health.moveTo(LifecycleState.READY);
    assertThat(api.get("/health/ready").status()).isEqualTo(200);
    api.health.addCheck("clickhouse", () -> "not reachable");
    assertThat(TestApi.text(api.get("/health/ready"))).contains("not reachable");
  }

  @Test
  void hardensEveryAnswer() {
    for (String path : List.of("/", "/nothing", "/api/v1/campaigns", "/health/live")) {
      assertThat(api.get(path).headers())
          .as(path)
          .containsEntry("X-Content-Type-Options", "nosniff")
          .containsEntry("X-Frame-Options", "DENY")
          .doesNotContainKey("Access-Control-Allow-Origin");
    }
    assertThat(api.get("/").headers().get("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(api.get("/api/v1/campaigns").headers())
        .containsEntry("Cache-Control", "private, no-cache");
    assertThat(api.get("/api/v1/campaigns/x").headers()).containsEntry("Cache-Control", "no-store");
  }

  @Test
  void servesThePageAtEveryViewWithItsFiles() {
    Answer page = api.send("GET", "/", Map.of(), "");
    String text = TestApi.text(page);

    assertThat(text).doesNotContain("http://", "https://").doesNotContain("style=", "<style");
    assertThat(text).doesNotContainPattern("<script[^>]*>[^<]");
    assertThat(page.headers()).containsEntry("Cache-Control", "no-cache");
    for (String view :
        List.of("/campaigns/x", "/campaigns/x/heatmap", "/recipients/r", "/totals")) {
      assertThat(api.send("GET", view, Map.of(), "").body()).as(view).isEqualTo(page.body());
    }
    List<String> files =
        Pattern.compile("(?:src|href)=\"(/[^\"]+)\"")
            .matcher(text)
            .results()
            .map(file -> file.group(1))
            .toList();
    assertThat(files).anyMatch(file -> file.matches("/assets/.*[.]js"));
    for (String file : files) {
      Answer answer = api.send("GET", file, Map.of(), "");
      assertThat(answer.status()).as(file).isEqualTo(200);
      assertThat(answer.headers().get("Cache-Control"))
          .as(file)
          .isEqualTo(
              file.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
    }
  }

  @Test
  void packsTheFilesOfThePageForWhoTakesGzip() throws IOException {
    Answer plain = api.send("GET", "/", Map.of("accept-encoding", "br"), "");
    Answer packed = api.send("GET", "/", Map.of("accept-encoding", "gzip, deflate, br"), "");

    assertThat(plain.headers()).doesNotContainKey("Content-Encoding");
    assertThat(packed.headers())
        .containsEntry("Content-Encoding", "gzip")
        .containsEntry("Vary", "Accept-Encoding");
    try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertThat(unpacked.readAllBytes()).isEqualTo(plain.body());
    }
  }

  @Test
  void describesItselfToAnyone() {
    Answer document = api.send("GET", "/api/v1/openapi.json", Map.of(), "");
    String page = TestApi.text(api.send("GET", "/api/v1/docs", Map.of(), ""));

    assertThat(TestApi.json(document).path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(page).doesNotContain("http://", "https://").contains("\"/docs.js\"");
    assertThat(api.send("GET", "/docs.js", Map.of(), "").status()).isEqualTo(200);
    assertThat(api.send("PUT", "/api/v1/docs", Map.of(), "").status()).isEqualTo(405);
    assertThat(api.send("GET", "/api/v1/docs/x", Map.of(), "").status()).isEqualTo(401);
  }

  @Test
  void tellsTheObserverTheTemplateNotThePath() {
    api.get("/api/v1/campaigns/secret");
    api.get("/nothing");

    assertThat(api.observed).containsExactly("GET /api/v1/campaigns/{id} 404", "GET unknown 404");
  }
}
