package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.CAMPAIGN;
import static io.aftersend.processor.EventBuilder.TENANT;
import static io.aftersend.processor.EventBuilder.event;
import static io.aftersend.schemas.event.EventType.CLICKED;
import static io.aftersend.schemas.event.EventType.CONVERTED;
import static io.aftersend.schemas.event.EventType.DELIVERED;
import static io.aftersend.schemas.event.EventType.OPENED;
import static io.aftersend.schemas.event.EventType.SENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.metric.CampaignMetrics;
import io.aftersend.schemas.metric.LinkMetrics;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The production topology: counts by dimension and by link.
final class DimensionCountingTest {
  private static final String CHROME =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
          + "Chrome/141.0.0.0 Safari/537.36";
  private static final String PHONE =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15"
          + " (KHTML, like Gecko) Mobile/15E148";
  private static final String GMAIL = "Mozilla/5.0 (via ggpht.com GoogleImageProxy)";

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
  void countsAllOfAMessageUnderWhatItsSendTellsWheneverThatComes() {
    topology.pipe(
        event(OPENED, "o", "m1").at(5),
        event(CONVERTED, "c", "m1").at(9).earning("19.99", "AZN"),
        event(CLICKED, "k", "m1").at(7).with(e -> e.setVariant("b")));
    assertThat(topology.settle().counters()).contains(entry("opened.human_unique", 1L));
    assertThat(slices()).containsOnlyKeys("device=unknown", "country=", "variant=b");
    assertThat(counters("variant=b")).isEqualTo(topology.counters());

    topology.pipe(event(SENT, "s", "m1").at(8).with(e -> e.setVariant("a")));
    assertThat(topology.settle().counters()).contains(entry("sent.unique", 1L));
    assertThat(counters("variant=a")).isEqualTo(topology.counters());
    assertThat(slice("variant=a").getRevenue()).isEqualTo(topology.metrics().getRevenue());
    assertThat(topology.metrics().getRevenue())
        .containsExactly(entry("AZN", new BigDecimal("19.990000")));
    assertThat(counters("variant=b")).isEmpty();
    assertThat(slice("variant=b").getRevenue()).isEmpty();
  }

  @Test
  void takesTheFirstOfTheAlphabetWhereTwoSendsOfOneTimeTellOtherwise() {
    topology.pipe(
        event(SENT, "s1", "m1").at(8).with(e -> e.setVariant("b")),
        event(SENT, "s2", "m1").at(8).with(e -> e.setVariant("a")),
        event(SENT, "s3", "m1").at(8).with(e -> e.setVariant("c")));
    topology.settle();
    assertThat(counters("variant=a")).isEqualTo(topology.counters());
    assertThat(counters("variant=b")).isEmpty();
  }

  @Test
  void countsAMessageUnderEachOfItsLabels() {
    topology.pipe(
        labelled(event(SENT, "s", "m1"), "news", "offer", "news"),
        labelled(event(SENT, "s", "m2"), "offer"),
        event(SENT, "s", "m3"),
        event(DELIVERED, "d", "m1"));
    topology.settle();
    assertThat(counters("label=news"))
        .contains(entry("sent.unique", 1L), entry("state.delivered", 1L));
    assertThat(counters("label=offer"))
        .contains(entry("sent.unique", 2L), entry("state.delivered", 1L));
    assertThat(topology.counters()).contains(entry("sent.unique", 3L));
  }

  @Test
  void countsByAccountAndMailboxProvider() {
    topology.pipe(
        event(SENT, "s", "m1").with(e -> e.setAccount("globex")).mailboxProvider("gmail"),
        event(SENT, "s", "m2").with(e -> e.setAccount("globex")),
        event(CLICKED, "k", "m1"));
    topology.settle();
    assertThat(counters("account=globex"))
        .contains(entry("sent.unique", 2L), entry("clicked.human_unique", 1L));
    assertThat(counters("mailbox_provider=gmail"))
        .contains(entry("sent.unique", 1L), entry("clicked.human_unique", 1L));
  }

  @Test
  void countsOpensAndClicksByTheDeviceOfThePerson() {
    topology.pipe(
        event(OPENED, "o1", "m1").agent(PHONE).at(1),
        event(OPENED, "o2", "m1").agent(PHONE).at(2),
        event(OPENED, "o3", "m1").agent(CHROME).at(3),
        event(CLICKED, "k1", "m1").agent(CHROME).at(4),
        event(OPENED, "o4", "m1").agent(GMAIL).at(5),
        event(OPENED, "o5", "m1").agent(Oracle.PREFETCH_AGENT).at(6));
    topology.settle();
    assertThat(counters("device=mobile")).isEqualTo(counts(OPENED, 2, 1, 2, 1));
    assertThat(counters("device=webmail")).isEqualTo(counts(OPENED, 1, 1, 1, 1));
    assertThat(counters("device=desktop")).isEqualTo(counts(CLICKED, 1, 1, 1, 1));
    assertThat(counters("device=unknown")).as("a proxy's").isEqualTo(counts(OPENED, 2, 1, 1, 1));
  }

  @Test
  void movesScannedClicksToTheUnknownDeviceAndLeavesTheirLinks() {
    topology.pipe(event(SENT, "s", "m1").at(-2), event(DELIVERED, "d", "m1").at(-1));
    topology.pipe(scan(0), scan(1));
    assertThat(links(topology.settle()))
        .isEqualTo(Map.of("own=l0", List.of(1L, 1L, 1L, 1L), "own=l1", List.of(1L, 1L, 1L, 1L)));
    assertThat(counters("device=desktop")).isEqualTo(counts(CLICKED, 2, 1, 2, 1));

    for (int i = 2; i < 7; i++) {
      topology.pipe(scan(i));
    }
    topology.pipe(event(CLICKED, "person", "m1").link("l1").agent(CHROME).at(60));
    assertThat(links(topology.settle()))
        .hasSize(7)
        .contains(
            entry("own=l0", List.of(1L, 1L, 0L, 0L)), entry("own=l1", List.of(2L, 1L, 1L, 1L)));
    assertThat(counters("device=desktop")).isEqualTo(counts(CLICKED, 1, 1, 1, 1));
    assertThat(counters("device=unknown"))
        .isEqualTo(Map.of("clicked.total", 7L, "clicked.unique", 1L));
  }

  @Test
  void countsClicksOfAProviderAndClicksWithoutALinkApart() {
    topology.pipe(
        event(CLICKED, "k1", "m1").link("l1"),
        event(CLICKED, "k2", "m1").link("l1").provider("some-esp").at(1),
        event(CLICKED, "k3", "m2"),
        event(CLICKED, "k4", "m2").head().at(1));
    assertThat(links(topology.settle()))
        .isEqualTo(
            Map.of(
                "own=l1", List.of(1L, 1L, 1L, 1L),
                "provider=l1", List.of(1L, 1L, 1L, 1L),
                "own=", List.of(2L, 1L, 1L, 1L)));
  }

  @Test
  void remembersSoManyLinksOfAMessageAndCountsThoseThatFindNoRoom() {
    for (int i = 0; i < 200; i++) {
      topology.pipe(event(CLICKED, "k" + i, "m1").link("l" + i).at(i));
    }
    topology.pipe(event(CLICKED, "again", "m1").link("l0").at(300));
    assertThat(links(topology.settle()))
        .hasSize(128)
        .contains(entry("own=l0", List.of(2L, 1L, 2L, 1L)));
    assertThat(topology.counters()).contains(entry("clicked.total", 201L));
    assertThat(overflows("link")).isEqualTo(72);
    assertThat(overflows("country")).isZero();
  }

  @Test
  void countsTheFirstLabelsOfTheAlphabetWhereThereAreTooMany() {
    String[] labels = new String[20];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = "label-" + (char) ('t' - i);
    }
    topology.pipe(labelled(event(SENT, "s", "m1"), labels));
    topology.settle();
    assertThat(slices()).hasSize(16).containsKeys("label=label-a", "label=label-p");
    assertThat(overflows("label")).isEqualTo(1);
  }

  private long overflows(String dimension) {
    return topology.counter("aftersend_processor_dimension_overflow_total", "dimension", dimension);
  }

  private static EventBuilder scan(int number) {
    return event(CLICKED, "scan" + number, "m1")
        .link("l" + number)
        .agent(CHROME)
        .at(EventBuilder.NOON.plusSeconds(60 + number));
  }

  private static EventBuilder labelled(EventBuilder event, String... labels) {
    return event.with(e -> e.setLabels(List.of(labels)));
  }

  private Map<String, CampaignMetrics> slices() {
    Map<String, CampaignMetrics> slices = new TreeMap<>();
    for (CampaignMetrics row : topology.slices(TENANT, CAMPAIGN)) {
      slices.put(row.getDimension() + "=" + row.getDimensionValue(), row);
    }
    return slices;
  }

  private CampaignMetrics slice(String name) {
    CampaignMetrics row = slices().get(name);
    if (row == null) {
      throw new AssertionError("expected %s, got %s".formatted(name, slices().keySet()));
    }
    return row;
  }

  private Map<String, Long> counters(String slice) {
    return slice(slice).getCounters();
  }

  private static Map<String, Long> counts(
      EventType type, long total, long unique, long humanTotal, long humanUnique) {
    String name = type.wireName();
    return Map.of(
        name + ".total", total,
        name + ".unique", unique,
        name + ".human_total", humanTotal,
        name + ".human_unique", humanUnique);
  }

  /// Total, unique, human total and human unique, by `source=link`.
  private static Map<String, List<Long>> links(TopologyFixture topology) {
    Map<String, List<Long>> links = new TreeMap<>();
    for (LinkMetrics row : topology.links(TENANT, CAMPAIGN)) {
      links.put(
          row.getCountSource() + "=" + row.getLink(),
          List.of(row.getTotal(), row.getUnique(), row.getHumanTotal(), row.getHumanUnique()));
    }
    return links;
  }
}
