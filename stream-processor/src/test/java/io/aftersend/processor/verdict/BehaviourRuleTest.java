package io.aftersend.processor.verdict;

import static io.aftersend.schemas.event.EventType.ATTACHMENT_OPENED;
import static io.aftersend.schemas.event.EventType.CLICKED;
import static io.aftersend.schemas.event.EventType.FORWARDED;
import static io.aftersend.schemas.event.EventType.OPENED;
import static io.aftersend.schemas.event.EventType.UNSUBSCRIBED;
import static io.aftersend.schemas.event.EventType.UNSUBSCRIBE_VIEWED;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.schemas.event.EventType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The behaviour rules that we ship, at their bounds.
final class BehaviourRuleTest {
  private static final RuleTable RULES = RuleFile.builtIn();
  private static final long DELIVERED = 1_000_000_000;
  private static final Anchor ANCHOR = new Anchor(DELIVERED, null);
  private static final Anchor GMAIL = new Anchor(DELIVERED, "Gmail");
  private static final long HALF_HOUR = 1_800_000;

  /// Beyond the rules for what is too soon.
  private static final long LATER = DELIVERED + 60_000;

  @Test
  void claimsThreeLinksWithinTenSeconds() {
    assertThat(
            reasons(ANCHOR, click(LATER, "a"), click(LATER + 1, "b"), click(LATER + 10_000, "c")))
        .containsExactly("many_links", "many_links", "many_links");
    assertThat(
            reasons(ANCHOR, click(LATER, "a"), click(LATER + 1, "b"), click(LATER + 10_001, "c")))
        .containsExactly("", "", "");
    assertThat(reasons(ANCHOR, click(LATER, "a"), click(LATER + 1, "b"), click(LATER + 2, "a")))
        .as("two links only")
        .containsExactly("", "", "");
  }

  @Test
  void looksForManyLinksUpToHalfAnHourAfterDelivery() {
    long last = DELIVERED + HALF_HOUR;
    assertThat(reasons(ANCHOR, click(last - 2, "a"), click(last - 1, "b"), click(last, "c")))
        .containsOnly("many_links");
    assertThat(reasons(ANCHOR, click(last - 1, "a"), click(last, "b"), click(last + 1, "c")))
        .containsOnly("");
    assertThat(reasons(Anchor.NONE, click(last - 1, "a"), click(last, "b"), click(last + 1, "c")))
        .as("no delivery is known")
        .containsOnly("many_links");
    long before = DELIVERED - 100_000;
    assertThat(reasons(ANCHOR, click(before, "a"), click(before + 1, "b"), click(before + 2, "c")))
        .containsOnly("many_links");
  }

  @Test
  void allowsPrivateMailboxesMoreLinks() {
    assertThat(reasons(GMAIL, click(LATER, "a"), click(LATER + 1, "b"), click(LATER + 3_001, "c")))
        .containsOnly("");
    assertThat(reasons(GMAIL, click(LATER, "a"), click(LATER + 1, "b"), click(LATER + 3_000, "c")))
        .containsOnly("many_links");
  }

  @Test
  void claimsFiveLinksAtAnyTime() {
    long time = DELIVERED + 100 * HALF_HOUR;
    Sighting[] five = {
      click(time, "a"),
      click(time, "b"),
      hit(ATTACHMENT_OPENED, time, "a"),
      hit(FORWARDED, time, ""),
      hit(UNSUBSCRIBE_VIEWED, time + 10_000, "")
    };
    assertThat(reasons(ANCHOR, five)).containsOnly("very_many_links");
    assertThat(reasons(ANCHOR, Arrays.copyOf(five, 4))).containsOnly("");
  }

  @Test
  void claimsAnOpenInTheMidstOfABurstAndNotTheOneBesideIt() {
    List<String> reasons =
        reasons(
            ANCHOR,
            hit(OPENED, LATER, ""),
            click(LATER + 1_000, "a"),
            click(LATER + 2_000, "b"),
            click(LATER + 10_000, "c"),
            hit(OPENED, LATER + 11_001, ""));
    assertThat(reasons).containsExactly("many_links", "many_links", "many_links", "many_links", "");
  }

  @Test
  void neverJoinsSpans() {
    assertThat(
            reasons(
                ANCHOR,
                click(LATER, "a"),
                click(LATER + 6_000, "b"),
                click(LATER + 12_000, "c"),
                click(LATER + 18_000, "d")))
        .containsOnly("");
  }

  @Test
  void claimsHitsFromThreeNetworksWithinHalfAMinute() {
    assertThat(reasons(ANCHOR, from(LATER, "1"), from(LATER, "2"), from(LATER + 30_000, "3")))
        .containsOnly("many_networks");
    assertThat(reasons(ANCHOR, from(LATER, "1"), from(LATER, "2"), from(LATER + 30_001, "3")))
        .containsOnly("");
    assertThat(reasons(ANCHOR, from(LATER, "1"), from(LATER, "2"), from(LATER, null)))
        .as("one without address")
        .containsOnly("");
  }

  @Test
  void takesApplesRelayForOneNetwork() {
    assertThat(Sighting.network("192.0.2.0", "apple_egress"))
        .isEqualTo(Sighting.network(null, "apple_egress"))
        .isNotEqualTo(Sighting.network("192.0.2.0", "other"));
    assertThat(Sighting.network(null, "other")).isEqualTo(Sighting.NONE);
  }

  @Test
  void claimsTheUnsubscribeLinkWithAnother() {
    assertThat(reasons(ANCHOR, hit(UNSUBSCRIBE_VIEWED, LATER, ""), click(LATER + 10_000, "a")))
        .containsOnly("unsubscribe_and_link");
    assertThat(reasons(ANCHOR, click(LATER, "a"), hit(UNSUBSCRIBE_VIEWED, LATER + 10_000, "")))
        .containsOnly("unsubscribe_and_link");
    assertThat(reasons(ANCHOR, click(LATER, "a"), hit(UNSUBSCRIBE_VIEWED, LATER + 10_001, "")))
        .containsOnly("");
    assertThat(reasons(ANCHOR, click(LATER, "a"), unsubscribed(LATER + 1)))
        .containsExactly("unsubscribe_and_link", "");
    assertThat(reasons(ANCHOR, hit(OPENED, LATER, ""), unsubscribed(LATER + 1)))
        .as("an open is no link")
        .containsOnly("");
  }

  @Test
  void leavesAPersonWhoUnsubscribes() {
    assertThat(reasons(ANCHOR, hit(UNSUBSCRIBE_VIEWED, LATER, ""), unsubscribed(LATER + 2_000)))
        .containsOnly("");
  }

  @Test
  void claimsWhatIsSoonerAfterDeliveryThanAPersonCan() {
    assertThat(reasons(ANCHOR, click(DELIVERED - 10_001, "a"))).containsExactly("");
    assertThat(reasons(ANCHOR, click(DELIVERED - 10_000, "a"))).containsExactly("click_too_soon");
    assertThat(reasons(ANCHOR, click(DELIVERED + 2_999, "a"))).containsExactly("click_too_soon");
    assertThat(reasons(ANCHOR, click(DELIVERED + 3_000, "a"))).containsExactly("");
    assertThat(reasons(ANCHOR, hit(OPENED, DELIVERED - 10_001, ""))).containsExactly("");
    assertThat(reasons(ANCHOR, hit(OPENED, DELIVERED - 10_000, "")))
        .containsExactly("open_too_soon");
    assertThat(reasons(ANCHOR, hit(OPENED, DELIVERED + 1_999, "")))
        .containsExactly("open_too_soon");
    assertThat(reasons(ANCHOR, hit(OPENED, DELIVERED + 2_000, ""))).containsExactly("");
    assertThat(reasons(Anchor.NONE, click(DELIVERED, "a"))).containsExactly("");
  }

  @Test
  void countsWhatAnExactSignatureClaimedWithoutClaimingIt() {
    Sighting scanner = new Sighting(CLICKED, LATER, null, Sighting.link(CLICKED, "a"), 0, false);
    assertThat(reasons(ANCHOR, scanner, click(LATER, "b"), click(LATER, "c")))
        .containsExactly("", "many_links", "many_links");
  }

  @Test
  void looksAtEachProvidersReportsAlone() {
    Sighting reported =
        new Sighting(CLICKED, LATER, "some-esp", Sighting.link(CLICKED, "c"), 0, true);
    assertThat(reasons(ANCHOR, click(LATER, "a"), click(LATER, "b"), reported)).containsOnly("");
  }

  @Test
  void givesTheVerdictOfTheFirstRuleAndTheNamesOfAll() {
    List<@Nullable Judgement> judgements =
        RULES.judge(
            List.of(
                click(DELIVERED, "a"),
                click(DELIVERED, "b"),
                hit(UNSUBSCRIBE_VIEWED, DELIVERED + 5_000, "")),
            ANCHOR);
    assertThat(judgements)
        .containsExactly(
            new Judgement(
                Verdict.SCANNER,
                List.of("unsubscribe_and_link", "many_links", "click_too_soon"),
                0.9),
            new Judgement(
                Verdict.SCANNER,
                List.of("unsubscribe_and_link", "many_links", "click_too_soon"),
                0.9),
            new Judgement(Verdict.SCANNER, List.of("unsubscribe_and_link", "many_links"), 0.9));
  }

  private static List<String> reasons(Anchor anchor, Sighting... sightings) {
    assertThat(sightings).isSortedAccordingTo(Comparator.comparingLong(Sighting::timeMs));
    List<String> reasons = new ArrayList<>();
    for (Judgement judgement : RULES.judge(List.of(sightings), anchor)) {
      reasons.add(judgement == null ? "" : String.join(" ", judgement.reasons()));
    }
    return reasons;
  }

  private static Sighting click(long timeMs, String link) {
    return hit(CLICKED, timeMs, link);
  }

  private static Sighting hit(EventType type, long timeMs, String link) {
    return new Sighting(type, timeMs, null, Sighting.link(type, link), Sighting.NONE, true);
  }

  private static Sighting unsubscribed(long timeMs) {
    return new Sighting(UNSUBSCRIBED, timeMs, null, Sighting.NONE, Sighting.NONE, false);
  }

  private static Sighting from(long timeMs, @Nullable String ip) {
    return new Sighting(
        CLICKED, timeMs, null, Sighting.link(CLICKED, "a"), Sighting.network(ip, null), true);
  }
}
