package io.aftersend.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TokenSignerTest {
  private final TokenSigner signer = new TokenSigner(() -> Keys.RING);

  @Test
  void refusesIdsOfOtherFormAndNamesTheField() {
    for (String bad : List.of("", "a b", "a/b", "é", "x".repeat(65), "a\n", "\uD800", "a@b.c")) {
      Map<String, LinkClaims.Builder> byField = new LinkedHashMap<>();
      byField.put("tenant", LinkClaims.forTenant(bad));
      byField.put("campaign", acme().campaign(bad));
      byField.put("message", acme().message(bad));
      byField.put("recipient", acme().recipient(bad));
      byField.put("list", acme().list(bad));
      byField.put("link", acme().link(bad));
      byField.put("variant", acme().variant(bad));
      byField.put("account", acme().account(bad));
      byField.put("channel", acme().channel(bad));
      byField.forEach((field, claims) -> assertRefused(claims, field));
    }
  }

  @Test
  void refusesNumbersAndTextsOutOfRange() {
    assertRefused(acme().trackedLinks(-1), "tracked_links");
    assertRefused(acme().trackedLinks(65_536), "tracked_links");
    assertRefused(acme().issuedAtSeconds(-1L), "issued_at");
    assertRefused(acme().issuedAtSeconds(1L << 40), "issued_at");
    assertRefused(acme().issuedAtSeconds(Long.MIN_VALUE), "issued_at");
    assertRefused(acme().fileName(""), "file_name");
    assertRefused(acme().fileName("a".repeat(201)), "file_name");
    assertRefused(acme().fileName("a\u0000"), "file_name");
    assertRefused(acme().fileName("\uDC00"), "file_name");
  }

  @Test
  void saysWhatWasExpectedAndWhatCame() {
    assertThatThrownBy(() -> signer.sign(Endpoint.OPEN, acme().campaign("a\r\nb").build()))
        .hasMessage("campaign: expected 1 to 64 of A-Z a-z 0-9 . _ ~ -, got \"a\\u000d\\u000ab\"");
    assertThatThrownBy(() -> signer.sign(Endpoint.OPEN, acme().trackedLinks(70_000).build()))
        .hasMessage("tracked_links: expected a number from 0 to 65535, got \"70000\"");
  }

  @Test
  void requiresTargetWhereTheEndpointRedirects() {
    for (Endpoint endpoint : List.of(Endpoint.CLICK, Endpoint.ATTACHMENT, Endpoint.FORWARD)) {
      assertThatThrownBy(() -> signer.sign(endpoint, acme().build()))
          .isInstanceOf(RefusedLinkException.class)
          .hasMessage("url: expected a target for a token at /" + endpoint.letter() + ", got none");
    }
  }

  @Test
  void holdsTargetsToItsOwnSchemes() {
    LinkClaims claims = acme().targetUrl("myapp://open").build();
    TokenSigner further =
        new TokenSigner(() -> Keys.RING, TargetUrls.withSchemes(List.of("myapp")));

    assertThat(further.sign(Endpoint.CLICK, claims)).isNotEmpty();
    assertThatThrownBy(() -> signer.sign(Endpoint.CLICK, claims))
        .isInstanceOfSatisfying(
            RefusedLinkException.class,
            refusal -> {
              assertThat(refusal.field()).isEqualTo("url");
              assertThat(refusal.problem()).startsWith("expected an absolute URL");
            });
  }

  @Test
  void signsTheSameClaimsToTheSameToken() {
    LinkClaims claims = acme().campaign("c").message("m").build();

    assertThat(signer.sign(Endpoint.OPEN, claims)).isEqualTo(signer.sign(Endpoint.OPEN, claims));
  }

  private static LinkClaims.Builder acme() {
    return LinkClaims.forTenant(Keys.TENANT);
  }

  private void assertRefused(LinkClaims.Builder claims, String field) {
    assertThatThrownBy(() -> signer.sign(Endpoint.OPEN, claims.build()))
        .isInstanceOfSatisfying(
            RefusedLinkException.class, refusal -> assertThat(refusal.field()).isEqualTo(field))
        .hasMessageStartingWith(field + ": expected ");
  }
}
