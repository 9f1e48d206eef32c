package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.event;
import static io.aftersend.schemas.event.EventType.CONVERTED;
import static io.aftersend.schemas.event.EventType.SENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.aftersend.schemas.event.JudgedEvent;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Conversions on the production topology.
final class ConversionTest {
  private TopologyFixture topology;

  @BeforeEach
  void start(@TempDir Path directory) {
    topology = new TopologyFixture(directory);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void addsRevenueExactlyPerCurrency() {
    topology.pipe(
        event(CONVERTED, "v1", "m1").earning("0.1", "AZN"),
        event(CONVERTED, "v2", "m1").earning("0.2", "azn"),
        event(CONVERTED, "v3", "m2").earning("5", "EUR"),
        event(CONVERTED, "v4", "m3").with(sale -> sale.setValue(new BigDecimal("7.000000"))));
    assertThat(topology.settle().metrics().getRevenue())
        .containsOnly(
            entry("AZN", new BigDecimal("0.300000")),
            entry("EUR", new BigDecimal("5.000000")),
            entry("XXX", new BigDecimal("7.000000")));
    assertThat(topology.counters()).contains(entry("converted.total", 4L), entry("converters", 3L));
  }

  @Test
  void countsAnOrderOnceWhateverItsConversionsName() {
    topology.pipe(
        event(CONVERTED, "v1", "m1").order("4711").earning("10", "AZN"),
        event(CONVERTED, "v2", "m1").order("4711").earning("10", "AZN"),
        event(CONVERTED, "v3").order("4711").earning("10", "AZN"),
        event(CONVERTED, "v4").order("4712").earning("1", "AZN"));
    assertThat(topology.settle().counters())
        .contains(entry("converted.total", 2L), entry("converters", 2L));
    assertThat(topology.metrics().getRevenue())
        .containsOnly(entry("AZN", new BigDecimal("11.000000")));
    assertThat(topology.judged())
        .extracting(JudgedEvent::getCounted)
        .containsExactly(true, false, false, true);
    assertThat(
            topology.counter(
                "aftersend_processor_events_uncounted_total", "reason", "order_repeated"))
        .isEqualTo(2);
  }

  @Test
  void countsARepeatOfTheEventThatHasTheOrderOnce() {
    topology.pipe(
        event(CONVERTED, "v1", "m1").order("4711"), event(CONVERTED, "v1", "m1").order("4711"));
    assertThat(topology.settle().counters()).contains(entry("converted.total", 1L));
    assertThat(topology.judged()).hasSize(1);
  }

  @Test
  void keepsTheOrdersOfTenantsApart() {
    topology.pipe(
        event(CONVERTED, "v1", "m1").order("4711"),
        event(CONVERTED, "v1", "m1").order("4711").tenant("other"));
    topology.settle();
    assertThat(topology.counters()).contains(entry("converted.total", 1L));
    assertThat(topology.counters("other", "spring")).contains(entry("converted.total", 1L));
  }

  @Test
  void letsNoMachineEarnOrTakeAnOrder() {
    topology.pipe(
        event(CONVERTED, "v1", "m1").head().order("4711").earning("10", "AZN"),
        event(CONVERTED, "v2", "m1").order("4711").earning("10", "AZN"));
    assertThat(topology.settle().counters())
        .contains(
            entry("converted.total", 2L),
            entry("converted.human_total", 1L),
            entry("converters", 1L));
    assertThat(topology.metrics().getRevenue())
        .containsOnly(entry("AZN", new BigDecimal("10.000000")));
  }

  @Test
  void tellsConvertersByMessageElseRecipientElseEvent() {
    topology.pipe(
        event(CONVERTED, "v1", "m1"),
        event(CONVERTED, "v2", "m1"),
        event(CONVERTED, "v3").recipient("r1"),
        event(CONVERTED, "v4").recipient("r1"),
        event(CONVERTED, "v5"),
        event(CONVERTED, "v6"));
    assertThat(topology.settle().counters())
        .contains(entry("converters", 4L), entry("converted.total", 6L));
  }

  @Test
  void storesAConversionThatNamesNeitherCampaignNorMessageAsUnattributed() {
    topology.pipe(
        event(SENT, "s1").recipient("r1"),
        event(CONVERTED, "v1").recipient("r1").campaign(null).order("4711"),
        event(CONVERTED, "v2").recipient("r1").order("4711"));
    assertThat(topology.settle().counters()).contains(entry("converted.total", 1L));
    assertThat(topology.judged())
        .extracting(JudgedEvent::getEventId, JudgedEvent::getCounted)
        .containsExactlyInAnyOrder(tuple("s1", true), tuple("v1", false), tuple("v2", true));
    assertThat(
            topology.counter(
                "aftersend_processor_events_uncounted_total", "reason", "unattributed"))
        .isEqualTo(1);
  }
}
