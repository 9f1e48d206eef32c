package io.aftersend.query.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
  @Test
  void wantsTheTypesAndSignalsThatItNames() {
    Selection selection = new Selection(Samples.webhook().build());

    assertThat(selection.wants(Samples.click().build())).isTrue();
    assertThat(selection.wants(Samples.click().setType("opened").build())).isFalse();
    assertThat(selection.wants(Samples.signal().build())).isTrue();
    assertThat(selection.wants(Samples.signal().setSignal("clicked").build())).isFalse();
  }

  @Test
  void wantsNothingOfAnotherTenant() {
    Selection selection = new Selection(Samples.webhook().build());

    assertThat(selection.wants(Samples.click().setTenant("acme2").build())).isFalse();
    assertThat(selection.wants(Samples.signal().setTenant("acme2").build())).isFalse();
  }

  @Test
  void keepsToItsCampaigns() {
    Selection selection = new Selection(Samples.webhook().setCampaigns(List.of("spring")).build());

    assertThat(selection.wants(Samples.click().build())).isTrue();
    assertThat(selection.wants(Samples.click().setCampaign("autumn").build())).isFalse();
    assertThat(selection.wants(Samples.click().setCampaign(null).build())).isFalse();
    assertThat(selection.wants(Samples.signal().setCampaign(null).build())).isFalse();
  }

  @Test
  void tellsWhoWantsPeopleWhenOneTurnsOutToBeAMachine() {
    Selection selection = new Selection(Samples.webhook().setHumanOnly(true).build());

    assertThat(selection.wants(Samples.click().build())).isTrue();
    assertThat(selection.wants(Samples.click().setVerdict("scanner").build())).isFalse();
    assertThat(
            selection.wants(
                Samples.click().setVerdict("scanner").setVerdictBefore("human").build()))
        .isTrue();
    assertThat(
            selection.wants(
                Samples.click().setVerdict("scanner").setVerdictBefore("proxy").build()))
        .isFalse();
  }
}
