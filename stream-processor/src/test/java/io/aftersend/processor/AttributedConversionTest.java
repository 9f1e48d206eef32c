package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.event;
import static io.aftersend.schemas.event.EventType.CLICKED;
import static io.aftersend.schemas.event.EventType.CONVERTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Conversions that name their recipient only, on the production topology.
final class AttributedConversionTest {
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
  void addsAttributedConversionsToThoseThatNameTheirMessage() {
    topology.pipe(
        event(CLICKED, "c1", "m1").recipient("r1").at(0),
        event(CLICKED, "c2", "m2").recipient("r2").at(0),
        sale("v1", "r1", 5).earning("10", "AZN"),
        event(CONVERTED, "v2", "m2").recipient("r2").at(5).earning("5", "AZN"),
        sale("v3", "r2", 6).earning("1", "AZN"));

    assertThat(topology.settle().counters())
        .contains(
            entry("converted.total", 3L),
            entry("converted.unique", 2L),
            entry("converted.attributed_total", 2L),
            entry("converters", 2L));
    assertThat(topology.metrics().getRevenue())
        .containsOnly(entry("AZN", new BigDecimal("16.000000")));
  }

  @Test
  void countsARepeatOfAConversionOnce() {
    topology.pipe(
        event(CLICKED, "c1", "m1").recipient("r1"), sale("v1", "r1", 5), sale("v1", "r1", 5));
    assertThat(topology.settle().counters()).contains(entry("converted.total", 1L));
  }

  @Test
  void keepsRecipientsAndTenantsApart() {
    topology.pipe(
        event(CLICKED, "c1", "m1").recipient("r1"),
        sale("v1", "r2", 5),
        sale("v2", "r1", 5).tenant("other"));
    assertThat(topology.settle().counters()).doesNotContainKey("converted.total");
  }

  @Test
  void leavesAnOrderToAConversionThatNamesItsMessageAndNobody() {
    topology.pipe(
        event(CLICKED, "c1", "m1").recipient("r1").campaign("summer"),
        sale("v1", "r1", 5).order("4711").earning("10", "AZN"));
    topology.settle();
    assertThat(topology.counters(EventBuilder.TENANT, "summer"))
        .contains(entry("converted.total", 1L));

    topology.pipe(event(CONVERTED, "v2", "m2").order("4711").earning("10", "AZN").at(6));

    assertThat(topology.settle().counters()).contains(entry("converted.total", 1L));
    assertThat(topology.counters(EventBuilder.TENANT, "summer"))
        .doesNotContainKey("converted.total");
    assertThat(topology.metricsOrEmpty(EventBuilder.TENANT, "summer").getRevenue()).isEmpty();

    topology.pipe(sale("v3", "r1", 7).order("4711"));
    topology.settle();
    assertThat(topology.counters(EventBuilder.TENANT, "summer"))
        .doesNotContainKey("converted.total");
  }

  @Test
  void countsAnOrderOfTwoRecipientsOnce() {
    topology.pipe(
        event(CLICKED, "c1", "m1").recipient("r1"),
        event(CLICKED, "c2", "m2").recipient("r2"),
        sale("v1", "r1", 5).order("4711"),
        sale("v2", "r2", 4).order("4711"));
    assertThat(topology.settle().counters()).contains(entry("converted.total", 1L));
  }

  @Test
  void givesTheSameNumbersInAnyOrderOfArrival() {
    List<EventBuilder> events = new ArrayList<>();
    for (int recipient = 0; recipient < 6; recipient++) {
      String id = "r" + recipient;
      events.add(event(CLICKED, "c1", "m" + recipient).recipient(id).at(10));
      events.add(event(CLICKED, "c2", "n" + recipient).campaign("summer").recipient(id).at(20));
      events.add(sale("v1", id, 15).earning("1", "EUR"));
      events.add(sale("v2", id, 25).earning("0.1", "EUR").order("o" + recipient));
      events.add(sale("v3", id, 30).earning("0.1", "EUR").order("o" + recipient));
      events.add(sale("v4", id, 5).earning("99", "EUR"));
    }
    for (int order = 0; order < 10; order++) {
      Collections.shuffle(events, new Random(order));
      String tenant = "t" + order;
      events.forEach(event -> topology.pipe(event.tenant(tenant)));
      topology.settle();
      assertThat(topology.counters(tenant, "spring"))
          .as("order %d", order)
          .contains(entry("converted.total", 6L), entry("converters", 6L));
      assertThat(topology.counters(tenant, "summer"))
          .as("order %d", order)
          .contains(entry("converted.total", 6L), entry("converters", 6L));
      assertThat(topology.metricsOrEmpty(tenant, "spring").getRevenue())
          .containsOnly(entry("EUR", new BigDecimal("6.000000")));
      assertThat(topology.metricsOrEmpty(tenant, "summer").getRevenue())
          .containsOnly(entry("EUR", new BigDecimal("0.600000")));
    }
  }

  private static EventBuilder sale(String id, String recipient, long minute) {
    return event(CONVERTED, id).campaign(null).recipient(recipient).at(minute);
  }
}
