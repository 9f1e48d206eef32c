package io.aftersend.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetUrlsTest {
  private final TargetUrls urls = TargetUrls.standard();

  @Test
  void bringsGeneratedUrlsBackFromTheVerifierAsTheOracleSays() {
    TokenSigner signer = new TokenSigner(() -> Keys.RING);
    TokenVerifier verifier = new TokenVerifier(() -> Keys.RING);
    Property<String> property = new Property<>(Urls::generate, Urls::smaller);

    property.holds(
        10_000,
        url -> {
          LinkClaims claims = LinkClaims.forTenant(Keys.TENANT).targetUrl(url).build();
          byte[] token = Keys.ascii(signer.sign(Endpoint.CLICK, claims));
          assertThat(verifier.verify(token, 0, token.length, Endpoint.CLICK))
              .isEqualTo(TokenStatus.VALID);
          byte[] location = Keys.ascii(Urls.encode(url));
          assertThat(verifier.copyOfTargetUrl()).isEqualTo(location);
          int from = verifier.offset(ClaimField.TARGET_URL);
          int to = from + verifier.length(ClaimField.TARGET_URL);
          assertThat(Arrays.equals(verifier.buffer(), from, to, location, 0, location.length))
              .isTrue();
        });
  }

  @Test
  void changesNothingWhenEncodingAgain() {
    new Property<>(Urls::generate, Urls::smaller)
        .holds(1_000, url -> assertThat(urls.encode(urls.encode(url))).isEqualTo(urls.encode(url)));
  }

  @Test
  void putsQueryParameterWhereTheOracleSays() {
    new Property<>(Urls::generate, Urls::smaller)
        .holds(
            1_000,
            url -> {
              String before = url.replaceFirst("(?s)#.*", "");
              String separator =
                  !before.contains("?") ? "?" : before.matches("(?s).*[?&]") ? "" : "&";
              assertThat(TargetUrls.withQueryParameter(url, "ref", "t0ken"))
                  .isEqualTo(before + separator + "ref=t0ken" + url.substring(before.length()));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "https://e.com/ https://e.com/?r=T",
        "https://e.com/?a=1 https://e.com/?a=1&r=T",
        "https://e.com/?a=1& https://e.com/?a=1&r=T",
        "https://e.com/? https://e.com/?r=T",
        "https://e.com/?a=1&amp;b=2 https://e.com/?a=1&amp;b=2&r=T",
        "https://e.com/#top https://e.com/?r=T#top",
        "https://e.com/?a#top?x#y https://e.com/?a&r=T#top?x#y",
        "https://e.com/#/route?a=1 https://e.com/?r=T#/route?a=1"
      })
  void putsQueryParameterBeforeFragment(String url, String expected) {
    assertThat(TargetUrls.withQueryParameter(url, "r", "T")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "HTTP://EXAMPLE.com/%e9%zz%?a[]=1&amp;b={x}|\"<>\\^`#frag#frag",
        "mailto:",
        "mailto:someone@example.com?subject=%20a",
        "tel:+994501234567",
        "https://user:p@ss@[::1]:80/",
        "http://[::1]"
      })
  void leavesVisibleAsciiAsItIs(String url) {
    assertThat(urls.encode(url)).isEqualTo(url);
  }

  @Test
  void encodesSpacesAndNonAsciiOnce() {
    assertThat(urls.encode("https://é.com/a b%20c?q=سلام&amp;x=😀#ə "))
        .isEqualTo(
            "https://%C3%A9.com/a%20b%20c?q=%D8%B3%D9%84%D8%A7%D9%85&amp;x=%F0%9F%98%80#%C9%99%20");
  }

  @Test
  void refusesEveryControlCharacterAnywhere() {
    for (int character = 0; character <= 0x9F; character++) {
      if (Character.isISOControl(character)) {
        String control = Character.toString(character);
        for (String url :
            List.of(
                "https://example.com/a" + control + "b",
                control + "https://example.com/",
                "https://example.com/" + control,
                "ht" + control + "tps://example.com/")) {
          assertThatThrownBy(() -> urls.encode(url))
              .isInstanceOf(RefusedLinkException.class)
              .hasMessageContaining("expected no control character, got U+%04X", character)
              .hasMessageNotContaining(control);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://e.com/\uD83D", "https://e.com/\uDE00", "https://e.com/\uDE00\uD83Dx"})
  void refusesUnpairedSurrogates(String url) {
    assertThatThrownBy(() -> urls.encode(url))
        .isInstanceOf(RefusedLinkException.class)
        .hasMessageStartingWith("url: expected whole characters, got half of one (U+D");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com",
        "//example.com/",
        "/path",
        "#top",
        ":",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "ftp://example.com/",
        "file:///etc/passwd",
        " https://example.com/",
        "ｈttps://example.com/",
        "httpsx://example.com/",
        "myapp://open",
        "{{url}}"
      })
  void refusesOtherSchemes(String url) {
    assertThatThrownBy(() -> urls.encode(url))
        .isInstanceOf(RefusedLinkException.class)
        .hasMessageStartingWith(
            "url: expected an absolute URL with scheme http, https, mailto, tel: \"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http:",
        "https:/",
        "https://",
        "https:///path",
        "https:path",
        "https://?q",
        "https://#f",
        "https://:443/",
        "https://user@/",
        "https://user@:80/",
        "https://[]/",
        "https://[::1/",
        "https:\\\\example.com",
        "https://\\example.com"
      })
  void refusesWebUrlsWithoutHost(String url) {
    assertThatThrownBy(() -> urls.encode(url))
        .isInstanceOf(RefusedLinkException.class)
        .hasMessageStartingWith("url: expected a host after http");
  }

  @Test
  void takesConfiguredSchemes() {
    TargetUrls further = TargetUrls.withSchemes(List.of("MyApp", "sms"));

    assertThat(further.encode("myapp://open/é")).isEqualTo("myapp://open/%C3%A9");
    assertThat(further.encode("SMS:+1")).isEqualTo("SMS:+1");
    assertThat(further.encode("https://example.com")).isEqualTo("https://example.com");
    assertThatThrownBy(() -> TargetUrls.withSchemes(List.of("my app")))
        .hasMessage("scheme: expected a letter, then letters, digits, + . or -, got \"my app\"");
  }

  @Test
  void refusesMoreThan8000BytesOnceEncoded() {
    String start = "https://example.com/";
    String longest = start + "é".repeat((8_000 - start.length()) / 6);
    String exact = longest + "x".repeat(8_000 - Urls.encode(longest).length());

    assertThat(urls.encode(exact).getBytes(StandardCharsets.US_ASCII)).hasSize(8_000);
    assertThatThrownBy(() -> urls.encode(exact + "x"))
        .isInstanceOf(RefusedLinkException.class)
        .hasMessageStartingWith("url: expected at most 8000 bytes once encoded, got 8001: ")
        .hasMessageMatching("(?s).{1,600}");
  }
}
