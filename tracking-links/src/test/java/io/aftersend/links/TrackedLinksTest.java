package io.aftersend.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrackedLinksTest {
  private static final LinkClaims MESSAGE =
      LinkClaims.forTenant(Keys.TENANT).campaign("c").message("m").recipient("r").build();
  private static final LinkClaims CLICK =
      MESSAGE.toBuilder().link("hero").targetUrl("https://example.com/é?a=1#top").build();

  private final TokenSigner signer = new TokenSigner(() -> Keys.RING);
  private final TokenVerifier verifier = new TokenVerifier(() -> Keys.RING);
  private final TrackedLinks links = new TrackedLinks("https://t.example.com/", signer);

  @Test
  void putsTokenBehindTheEndpointsLetter() {
    assertThat(links.sign(Endpoint.OPEN, MESSAGE).url())
        .isEqualTo("https://t.example.com/o/" + signer.sign(Endpoint.OPEN, MESSAGE) + ".gif");
    for (Endpoint endpoint : Endpoint.values()) {
      if (endpoint != Endpoint.OPEN) {
        assertThat(links.sign(endpoint, CLICK).url())
            .isEqualTo(
                "https://t.example.com/" + endpoint.letter() + "/" + signer.sign(endpoint, CLICK));
      }
    }
  }

  @Test
  void keepsPathOfTheBase() {
    assertThat(
            new TrackedLinks("http://localhost:8080/track//", signer)
                .sign(Endpoint.OPEN, MESSAGE)
                .url())
        .startsWith("http://localhost:8080/track/o/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "t.example.com",
        "ftp://e.com",
        "https://",
        "https://e.com/?a",
        "https://e.com#a",
        "https://e.com/a b",
        "https://é.com",
        "https://e.com/\n"
      })
  void refusesOtherBases(String base) {
    assertThatThrownBy(() -> new TrackedLinks(base, signer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }

  @Test
  void warnsOfTrackedUrlsOver2000Characters() {
    String start = "https://example.com/";
    for (int length = 1_300; length < 1_500; length++) {
      LinkClaims claims = CLICK.toBuilder().targetUrl(start + "x".repeat(length)).build();
      TrackedUrl tracked = links.sign(Endpoint.CLICK, claims);
      if (tracked.url().length() > 2_000) {
        assertThat(tracked.warnings())
            .containsExactly(
                "link hero: the tracked URL has "
                    + tracked.url().length()
                    + " characters; some mail clients cut URLs over 2000");
      } else {
        assertThat(tracked.warnings()).isEmpty();
      }
    }
  }

  @Test
  void putsConversionReferenceIntoTheTarget() {
    LinkClaims claims = CLICK.toBuilder().trackedLinks(3).issuedAtSeconds(5L).build();
    String url = links.signClick(claims, "ref").url();

    assertThat(verifyTail(url, Endpoint.CLICK)).isEqualTo(TokenStatus.VALID);
    String location = new String(verifier.copyOfTargetUrl(), StandardCharsets.US_ASCII);
    String start = "https://example.com/%C3%A9?a=1&ref=";
    assertThat(location).startsWith(start).endsWith("#top");
    String reference = location.substring(start.length(), location.length() - "#top".length());
    assertThat(verifier.verify(reference, Endpoint.CONVERSION)).isEqualTo(TokenStatus.VALID);
    assertThat(verifier.claims())
        .isEqualTo(MESSAGE.toBuilder().link("hero").issuedAtSeconds(5L).build());
  }

  @Test
  void leavesTargetsWithoutPlaceForReferenceAsTheyAre() {
    LinkClaims claims = CLICK.toBuilder().targetUrl("mailto:a@example.com").build();
    TrackedUrl tracked = links.signClick(claims, "ref");

    assertThat(tracked.url()).isEqualTo(links.sign(Endpoint.CLICK, claims).url());
    assertThat(tracked.warnings())
        .containsExactly("link hero: only http and https carry a conversion reference");
  }

  @Test
  void refusesOddParameterNamesAndMissingTargets() {
    for (String name : List.of("", "a b", "a=b", "a&b", "a#b", "é")) {
      assertThatThrownBy(() -> links.signClick(CLICK, name))
          .isInstanceOf(RefusedLinkException.class)
          .hasMessageStartingWith("conversion_param: expected 1 to 64 of");
    }
    assertThatThrownBy(() -> links.signClick(MESSAGE, "ref"))
        .hasMessage("url: expected a target for a token at /c, got none");
  }

  @Test
  void refusesTargetThatTheReferenceMakesTooLong() {
    LinkClaims claims =
        CLICK.toBuilder().targetUrl("https://example.com/" + "x".repeat(7_980)).build();

    assertThat(links.sign(Endpoint.CLICK, claims).warnings()).hasSize(1);
    assertThatThrownBy(() -> links.signClick(claims, "ref"))
        .hasMessageStartingWith("url: expected at most 8000 bytes once encoded, got 8");
  }

  @Test
  void makesAllUrlsOfOneMessage() {
    MessageLinks all =
        links.forMessage(
            MESSAGE,
            List.of(
                new MessageLinks.Target("1", "https://example.com/é"),
                new MessageLinks.Target("2", "tel:1"),
                new MessageLinks.Target("3", "https://example.com/" + "x".repeat(2_000))),
            "ref");

    assertThat(all.open()).hasSize(2).doesNotHaveDuplicates();
    assertThat(all.clicks())
        .extracting(MessageLinks.Click::link, MessageLinks.Click::url)
        .containsExactly(
            tuple("1", "https://example.com/é"),
            tuple("2", "tel:1"),
            tuple("3", "https://example.com/" + "x".repeat(2_000)));
    assertThat(all.warnings())
        .hasSize(2)
        .anyMatch(warning -> warning.startsWith("link 2: only http"))
        .anyMatch(warning -> warning.startsWith("link 3: the tracked URL has "));
    for (MessageLinks.Click click : all.clicks()) {
      assertThat(verifyTail(click.tracked(), Endpoint.CLICK)).isEqualTo(TokenStatus.VALID);
      assertThat(verifier.trackedLinks()).isEqualTo(3);
      assertThat(verifier.text(ClaimField.LINK)).isEqualTo(click.link());
    }
    assertThat(verifyTail(all.unsubscribe(), Endpoint.UNSUBSCRIBE)).isEqualTo(TokenStatus.VALID);
    assertThat(verifyTail(all.conversion(), Endpoint.CONVERSION)).isEqualTo(TokenStatus.VALID);
    assertThat(verifier.claims()).isEqualTo(MESSAGE);
  }

  @Test
  void marksPixelsWithTheirPosition() {
    MessageLinks all = links.forMessage(CLICK, List.of(), null);

    Iterator<String> pixels = all.open().iterator();
    for (PixelPosition position : List.of(PixelPosition.TOP, PixelPosition.BOTTOM)) {
      String url = pixels.next();
      assertThat(verifyTail(url.substring(0, url.length() - ".gif".length()), Endpoint.OPEN))
          .isEqualTo(TokenStatus.VALID);
      assertThat(verifier.claims())
          .isEqualTo(MESSAGE.toBuilder().position(position).trackedLinks(0).build());
    }
  }

  private TokenStatus verifyTail(String url, Endpoint endpoint) {
    return verifier.verify(url.substring(url.lastIndexOf('/') + 1), endpoint);
  }
}
