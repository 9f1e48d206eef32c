package io.aftersend.processor.attribution;

import static io.aftersend.processor.attribution.JudgedEvents.RECIPIENT;
import static io.aftersend.processor.attribution.JudgedEvents.TENANT;
import static io.aftersend.processor.attribution.JudgedEvents.click;
import static io.aftersend.processor.attribution.JudgedEvents.conversion;
import static io.aftersend.processor.attribution.JudgedEvents.earning;
import static io.aftersend.processor.attribution.JudgedEvents.judged;
import static io.aftersend.processor.attribution.JudgedEvents.named;
import static io.aftersend.processor.attribution.JudgedEvents.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.aftersend.schemas.event.JudgedEvent;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cases computed by hand. A week is 168 hours.
final class AttributionTest {
  private AttributionFixture stage;

  @BeforeEach
  void start(@TempDir Path directory) {
    stage = new AttributionFixture(directory);
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void goesToTheLastClickOfTheWeekBefore() {
    stage.pipe(
        click("c1", "spring", "m1", 0),
        click("c2", "summer", "m2", 10),
        earning(conversion("v", 20), "9.5", "eur"),
        click("c3", "autumn", "m3", 21));

    assertThat(outcome("v")).isEqualTo("attributed summer m2");
    assertThat(stage.counters(TENANT, "summer"))
        .containsOnly(
            entry("converted.total", 1L),
            entry("converted.unique", 1L),
            entry("converted.human_total", 1L),
            entry("converted.human_unique", 1L),
            entry("converted.attributed_total", 1L),
            entry("converters", 1L));
    assertThat(stage.revenue(TENANT, "summer"))
        .containsOnly(entry("EUR", new BigDecimal("9.500000")));
    assertThat(stage.counters(TENANT, "spring")).isEmpty();
  }

  @Test
  void reachesBackExactlyAWeek() {
    JudgedEvent justTooOld = click("c1", "spring", "m1", 0);
    justTooOld.setEventTime(AttributionFixture.NOON.minus(Duration.ofMillis(1)));
    stage.pipe(justTooOld, conversion("v", 168));
    assertThat(outcome("v")).isEqualTo("unattributed");

    stage.pipe(click("c2", "summer", "m2", 0));
    assertThat(outcome("v")).isEqualTo("attributed summer m2");
  }

  @Test
  void movesWhenALaterClickArrivesLate() {
    stage.pipe(click("c1", "spring", "m1", 0), conversion("v", 20));
    assertThat(outcome("v")).isEqualTo("attributed spring m1");

    stage.pipe(click("c2", "summer", "m2", 10));

    assertThat(outcome("v")).isEqualTo("attributed summer m2");
    assertThat(stage.counters(TENANT, "spring")).isEmpty();
    assertThat(stage.counters(TENANT, "summer")).contains(entry("converted.total", 1L));
  }

  @Test
  void followsAVerdictThatGoesAndComesBack() {
    JudgedEvent click = click("c1", "spring", "m1", 0);
    stage.pipe(click, conversion("v", 1));

    stage.pipe(judged(click, 2, "scanner"));
    assertThat(outcome("v")).isEqualTo("unattributed");
    assertThat(stage.counters(TENANT, "spring")).isEmpty();

    stage.pipe(judged(click, 3, "human"));
    assertThat(outcome("v")).isEqualTo("attributed spring m1");
    assertThat(stage.counters(TENANT, "spring")).contains(entry("converters", 1L));
  }

  @Test
  void takesNoEarlierRevisionThatComesLate() {
    JudgedEvent click = click("c1", "spring", "m1", 0);
    stage.pipe(conversion("v", 1), judged(click, 2, "scanner"), click);

    assertThat(outcome("v")).isEqualTo("unattributed");
  }

  @Test
  void takesBackAConversionThatAMachineMade() {
    JudgedEvent conversion = earning(conversion("v", 1), "5", null);
    stage.pipe(click("c1", "spring", "m1", 0), conversion);
    assertThat(stage.revenue(TENANT, "spring"))
        .containsOnly(entry("XXX", new BigDecimal("5.000000")));

    stage.pipe(judged(conversion, 2, "bot"));

    assertThat(outcome("v")).isEqualTo("machine");
    assertThat(stage.counters(TENANT, "spring")).isEmpty();
    assertThat(stage.revenue(TENANT, "spring")).isEmpty();
  }

  @Test
  void leavesMachinesOut() {
    stage.pipe(
        judged(click("c1", "spring", "m1", 0), 1, "scanner"),
        conversion("v1", 1),
        judged(conversion("v2", 1), 1, "bot"));

    assertThat(outcome("v1")).isEqualTo("unattributed");
    assertThat(outcome("v2")).isEqualTo("none");
  }

  @Test
  void countsAnOrderOnce() {
    stage.pipe(
        click("c1", "spring", "m1", 5),
        order(conversion("v2", 7), "4711"),
        order(conversion("v1", 6), "4711"),
        order(conversion("v0", 4), "4711"));

    assertThat(outcome("v0")).isEqualTo("order_repeated");
    assertThat(outcome("v1")).isEqualTo("attributed spring m1");
    assertThat(outcome("v2")).isEqualTo("order_repeated");
    assertThat(stage.counters(TENANT, "spring")).contains(entry("converted.total", 1L));
  }

  @Test
  void leavesTheOrderToAConversionThatNamesItsMessage() {
    stage.pipe(click("c1", "spring", "m1", 0), order(conversion("v1", 1), "4711"));
    assertThat(outcome("v1")).isEqualTo("attributed spring m1");

    stage.pipe(order(named("v2", "spring", "m1", 2), "4711"));

    assertThat(outcome("v1")).isEqualTo("order_repeated");
    assertThat(stage.counters(TENANT, "spring")).isEmpty();
  }

  @Test
  void makesNoSecondConverterOfAMessage() {
    stage.pipe(
        click("c1", "spring", "m1", 0),
        conversion("v1", 1),
        conversion("v2", 2),
        named("v3", "spring", "m1", 3));

    assertThat(stage.counters(TENANT, "spring"))
        .containsOnly(
            entry("converted.total", 2L),
            entry("converted.human_total", 2L),
            entry("converted.attributed_total", 2L));
  }

  private String outcome(String eventId) {
    return stage.outcome(TENANT, RECIPIENT, eventId);
  }
}
