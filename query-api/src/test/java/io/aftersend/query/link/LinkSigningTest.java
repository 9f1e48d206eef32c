package io.aftersend.query.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.links.ClaimField;
import io.aftersend.links.Endpoint;
import io.aftersend.links.KeyRing;
import io.aftersend.links.SigningKey;
import io.aftersend.links.TokenStatus;
import io.aftersend.links.TokenVerifier;
import io.aftersend.links.TrackingMode;
import io.aftersend.query.TestApi;
import io.aftersend.query.http.Answer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkSigningTest {
  private static final String TARGET = "/api/v1/links";
  private static final KeyRing RING =
      KeyRing.builder()
          .addActive(SigningKey.of("ours", TestApi.SIGNING_KEY_ID, new byte[32]))
          .build();

  private final TestApi api = new TestApi();
  private final TokenVerifier verifier = new TokenVerifier(() -> RING);

  private Answer post(String body) {
    return api.post(TestApi.INGEST, TARGET, body.replace('\'', '"'));
  }

  private void verify(String url, Endpoint endpoint) {
    String prefix = "https://go.example.com/" + endpoint.letter() + "/";
    assertThat(url).startsWith(prefix);
    String token = url.substring(prefix.length()).replace(".gif", "");
    assertThat(verifier.verify(token, endpoint)).isEqualTo(TokenStatus.VALID);
  }

  @Test
  void signsOneMessage() {
    JsonNode answer =
        TestApi.json(
            post(
                "{'campaign':'c','message':'m','recipient':'r','list':'l','account':'a',"
                    + "'variant':'v','mode':'aggregate','test':true,"
                    + "'urls':['https://a.example/?q=1',{'url':'https://b.example','link':'cta'}]}"));

    assertThat(answer.fieldNames())
        .toIterable()
        .containsExactly("message", "open", "clicks", "unsubscribe", "conversion", "warnings");
    assertThat(answer.path("open")).hasSize(2);
    assertThat(answer.path("clicks").findValuesAsText("link")).containsExactly("1", "cta");
    assertThat(answer.path("warnings")).isEmpty();
    verify(answer.path("open").get(1).asText(), Endpoint.OPEN);
    verify(answer.path("unsubscribe").asText(), Endpoint.UNSUBSCRIBE);
    verify(answer.path("conversion").asText(), Endpoint.CONVERSION);
    verify(answer.path("clicks").get(0).path("tracked").asText(), Endpoint.CLICK);
    assertThat(verifier.tenant()).isEqualTo("ours");
    assertThat(verifier.text(ClaimField.CAMPAIGN)).isEqualTo("c");
    assertThat(verifier.text(ClaimField.RECIPIENT)).isEqualTo("r");
    assertThat(verifier.text(ClaimField.TARGET_URL)).isEqualTo("https://a.example/?q=1");
    assertThat(verifier.trackingMode()).isEqualTo(TrackingMode.AGGREGATE);
    assertThat(verifier.isTest()).isTrue();
    assertThat(verifier.trackedLinks()).isEqualTo(2);
    assertThat(verifier.issuedAtSeconds()).isEqualTo(TestApi.NOW.getEpochSecond());
  }

  @Test
  void signsManyMessagesInTheirOrder() {
    String messages =
        IntStream.range(0, 100)
            .mapToObj(i -> "{'message':'m%d','urls':['https://x.example/%d']}".formatted(i, i))
            .collect(Collectors.joining(","));

    JsonNode answer = TestApi.json(post("{'messages':[" + messages + "]}"));

    assertThat(answer.path("messages")).hasSize(100);
    assertThat(answer.path("messages").get(99).path("message").asText()).isEqualTo("m99");
    assertThat(answer.path("messages").get(99).path("clicks").get(0).path("url").asText())
        .isEqualTo("https://x.example/99");
  }

  @Test
  void putsAConversionReferenceIntoTheTarget() {
    JsonNode answer =
        TestApi.json(
            post(
                "{'message':'m','urls':[{'url':'https://a.example/x?y=1#z',"
                    + "'conversion_param':'ref'}]}"));

    verify(answer.path("clicks").get(0).path("tracked").asText(), Endpoint.CLICK);
    assertThat(verifier.text(ClaimField.TARGET_URL))
        .startsWith("https://a.example/x?y=1&ref=")
        .endsWith("#z");
  }

  @Test
  void givesOnlyThePixelThatWasAskedFor() {
    JsonNode answer = TestApi.json(post("{'message':'m','position':'bottom'}"));

    assertThat(answer.path("open")).hasSize(1);
    verify(answer.path("open").get(0).asText(), Endpoint.OPEN);
    assertThat(verifier.text(ClaimField.POSITION)).isEqualTo("b");
  }

  @Test
  void warnsOfAUrlThatIsTooLongForSomeClients() {
    JsonNode answer =
        TestApi.json(
            post("{'message':'m','urls':['https://a.example/" + "x".repeat(2_000) + "']}"));

    assertThat(answer.path("warnings").get(0).asText()).contains("link 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | message",
        "{'message':'a b'} | message",
        "{'message':'m','recipient':'me@example.com'} | recipient",
        "{'message':'m','mode':'some'} | mode",
        "{'message':'m','position':'left'} | position",
        "{'message':'m','test':'yes'} | test",
        "{'message':'m','tracked_links':-1} | tracked_links",
        "{'message':'m','colour':1} | colour",
        "{'message':'m','urls':'x'} | urls",
        "{'message':'m','urls':['javascript:alert(1)']} | urls[0]",
        "{'message':'m','urls':['https://a.example',{'link':'x'}]} | urls[1].url",
        "{'message':'m','urls':[{'url':'/relative'}]} | urls[0].url",
        "{'message':'m','urls':[{'url':'https://a.example','link':'a b'}]} | urls[0].link",
        "{'message':'m','urls':[{'url':'https://a.example','to':'x'}]} | urls[0].to",
        "{'messages':[]} | messages",
        "{'messages':[1]} | messages[0]",
        "{'messages':[{'message':'m'},{'message':'m','urls':[{'url':'x'}]}]} |"
            + " messages[1].urls[0].url",
        "{'messages':[{'message':'m'}],'message':'m'} | message"
      })
  void namesThePlaceOfAMistake(String body, String place) {
    Answer answer = post(body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(TestApi.wrong(answer)).containsExactly(place);
  }

  @Test
  void namesAllMistakesAtOnce() {
    Answer answer =
        post("{'messages':[{'message':'m','urls':['x','y']},{'message':'m','urls':['z']}]}");

    assertThat(TestApi.wrong(answer))
        .containsExactly("messages[0].urls[0]", "messages[0].urls[1]", "messages[1].urls[0]");
  }

  @Test
  void boundsTheNumberOfMessages() {
    String body = "{'messages':[" + "{},".repeat(1_000) + "{}]}";

    assertThat(TestApi.wrong(post(body))).containsExactly("messages");
  }

  @Test
  void cannotSignForATenantWithoutKey() {
    assertThat(api.post(TestApi.THEIRS, TARGET, "{\"message\":\"m\"}").status()).isEqualTo(409);
  }
}
