package io.aftersend.processor.rejudge;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.processor.rejudge.CampaignComparison.Hits;
import io.aftersend.processor.rejudge.Comparison.Changed;
import io.aftersend.processor.rejudge.Comparison.RuleChange;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rows made by hand, and what they come to worked out by hand.
final class ComparisonTest {
  private final Comparison comparison = new Comparison();

  @Test
  void showsHumanTotalsAndUniqueMessagesOldAndNew() {
    // m1: three clicks by a person, of which two are now a scanner's; m2: one, now a scanner's.
    add(
        List.of(row("clicked", "human"), row("clicked", "human"), row("clicked", "human")),
        List.of("scanner", "scanner", "human"));
    add(List.of(row("clicked", "human"), row("opened", "prefetch")), List.of("scanner", "proxy"));

    CampaignComparison campaign = only();
    assertThat(campaign.hits())
        .containsEntry(EventType.CLICKED, new Hits(4, new OldAndNew(4, 1), new OldAndNew(2, 1)))
        .containsEntry(EventType.OPENED, new Hits(1, new OldAndNew(0, 1), new OldAndNew(0, 1)));
    assertThat(campaign.verdicts())
        .containsEntry("human", new OldAndNew(4, 1))
        .containsEntry("scanner", new OldAndNew(0, 3))
        .containsEntry("prefetch", new OldAndNew(1, 0))
        .containsEntry("proxy", new OldAndNew(0, 1));
  }

  @Test
  void tellsWhichRulesChangedHowManyHits() {
    add(List.of(row("clicked", "human"), row("clicked", "human")), List.of("scanner", "scanner"));
    add(List.of(row("opened", "proxy")), List.of("prefetch"));

    assertThat(comparison.ruleChanges())
        .containsExactly(
            new Changed(new RuleChange("human: old_rule", "scanner: new_rule"), 2),
            new Changed(new RuleChange("proxy: old_rule", "prefetch: new_rule"), 1));
    assertThat(comparison.changedEvents()).isEqualTo(3);
    assertThat(comparison.changedMessages()).isEqualTo(2);
  }

  @Test
  void leavesOutWhatIsNotCounted() {
    JudgedEvent test = row("clicked", "human");
    test.setTest(true);
    JudgedEvent uncounted = row("clicked", "human");
    uncounted.setCounted(false);
    JudgedEvent providers = row("clicked", "human");
    providers.setProvider("some-esp");
    add(List.of(test, uncounted, providers), List.of("bot", "bot", "bot"));

    CampaignComparison campaign = only();
    assertThat(campaign.hits()).containsEntry(EventType.CLICKED, Hits.NONE);
    assertThat(campaign.verdicts()).containsOnlyKeys("human", "bot");
    assertThat(campaign.verdicts()).containsEntry("bot", new OldAndNew(0, 1));
    assertThat(comparison.changedEvents()).isEqualTo(3);
  }

  @Test
  void campaignWithoutAChangeIsNotListed() {
    add(List.of(row("clicked", "human")), List.of("human"));

    assertThat(comparison.changedCampaigns()).isEmpty();
    assertThat(comparison.sameCampaigns()).isEqualTo(1);
    assertThat(comparison.ruleChanges()).isEmpty();
    assertThat(comparison.events()).isEqualTo(1);
  }

  private CampaignComparison only() {
    assertThat(comparison.changedCampaigns()).hasSize(1);
    return comparison.changedCampaigns().getFirst();
  }

  private void add(List<JudgedEvent> before, List<String> verdicts) {
    List<JudgedEvent> after = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      JudgedEvent event = JudgedEvent.newBuilder(before.get(i)).build();
      if (!event.getVerdict().equals(verdicts.get(i))) {
        event.setVerdict(verdicts.get(i));
        event.setReasons(List.of("new_rule"));
        event.setRevision(event.getRevision() + 1);
      }
      after.add(event);
    }
    comparison.add(before, after);
  }

  private static JudgedEvent row(String type, String verdict) {
    return JudgedEvent.newBuilder()
        .setEventId("e")
        .setTenant("t")
        .setType(type)
        .setEventTime(Instant.EPOCH)
        .setIngestTime(Instant.EPOCH)
        .setSource("pixel")
        .setCampaign("c")
        .setMessage("m")
        .setVerdict(verdict)
        .setReasons(List.of("old_rule"))
        .setRevision(1L)
        .setCounted(true)
        .setExpiresOn(LocalDate.EPOCH)
        .build();
  }
}
