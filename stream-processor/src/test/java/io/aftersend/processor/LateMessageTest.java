package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.CAMPAIGN;
import static io.aftersend.processor.EventBuilder.NOON;
import static io.aftersend.processor.EventBuilder.TENANT;
import static io.aftersend.processor.EventBuilder.event;
import static io.aftersend.schemas.event.EventType.BOUNCED;
import static io.aftersend.schemas.event.EventType.CLICKED;
import static io.aftersend.schemas.event.EventType.CONVERTED;
import static io.aftersend.schemas.event.EventType.OPENED;
import static io.aftersend.schemas.event.EventType.REPLIED;
import static io.aftersend.schemas.event.EventType.SENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.aftersend.schemas.metric.LinkMetrics;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The production topology: hits on messages of which everything was forgotten.
final class LateMessageTest {
  private static final Duration KEPT = TopologyFixture.FACTS_KEPT;
  private static final Instant LONG_AGO = NOON.minus(KEPT).minusMillis(1);
  private static final String LATE = "aftersend_processor_late_events_total";

  @TempDir Path directory;
  private TopologyFixture topology;

  @BeforeEach
  void start() {
    topology = new TopologyFixture(directory);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  private Map<String, Long> counters() {
    return topology.settle().counters();
  }

  @Test
  void hitsOnAForgottenMessageCountInTotalsOnly() {
    topology.pipe(
        event(OPENED, "o-1", "m-1").issuedAt(LONG_AGO).at(60),
        event(OPENED, "o-2", "m-1").issuedAt(LONG_AGO).at(90),
        event(CLICKED, "c-1", "m-1").issuedAt(LONG_AGO).at(91).link("hero"),
        event(CONVERTED, "v-1", "m-1").issuedAt(LONG_AGO).at(95).earning("2", "AZN"));

    assertThat(counters())
        .containsOnly(
            entry("opened.total", 2L),
            entry("opened.human_total", 2L),
            entry("clicked.total", 1L),
            entry("clicked.human_total", 1L),
            entry("converted.total", 1L),
            entry("converted.human_total", 1L),
            entry("late_total", 4L));
    assertThat(topology.metrics().getRevenue())
        .containsOnly(entry("AZN", new BigDecimal("2.000000")));
    assertThat(topology.buckets("opened", "event"))
        .containsExactlyInAnyOrder("opened|event|own||60 1/1/0", "opened|event|own||90 1/1/0");
    assertThat(topology.links(TENANT, CAMPAIGN))
        .extracting(
            LinkMetrics::getTotal,
            LinkMetrics::getUnique,
            LinkMetrics::getHumanTotal,
            LinkMetrics::getHumanUnique)
        .containsExactly(tuple(1L, 0L, 1L, 0L));
    assertThat(topology.judged()).hasSize(4).allMatch(judged -> judged.getCounted());
    assertThat(topology.counter(LATE)).isEqualTo(4);
  }

  @Test
  void messageAsOldAsFactsAreKeptIsNotLate() {
    topology.pipe(event(OPENED, "o-1", "m-1").issuedAt(NOON.minus(KEPT)));

    assertThat(counters()).containsEntry("opened.unique", 1L).doesNotContainKey("late_total");
    assertThat(topology.counter(LATE)).isZero();
  }

  @Test
  void openingAMessageAgainYearsLaterIsNoSecondOpener() {
    topology.pipe(
        event(SENT, "s-1", "m-1"),
        event(OPENED, "o-1", "m-1").issuedAt(NOON).at(60),
        later("o-2", KEPT.multipliedBy(2).plusDays(1)));

    assertThat(counters())
        .containsEntry("sent.unique", 1L)
        .containsEntry("opened.total", 2L)
        .containsEntry("opened.unique", 1L)
        .containsEntry("opened.human_unique", 1L)
        .containsEntry("reached.all", 1L)
        .containsEntry("late_total", 1L);
  }

  @Test
  void messageThatIsRememberedIsNotLateHoweverOld() {
    // Each event has the facts kept for as long again.
    topology.pipe(
        event(SENT, "s-1", "m-1"),
        later("o-1", Duration.ofDays(300)),
        later("o-2", Duration.ofDays(600)),
        later("o-3", Duration.ofDays(900)));

    assertThat(counters())
        .containsEntry("opened.total", 3L)
        .containsEntry("opened.unique", 1L)
        .doesNotContainKey("late_total");
  }

  private static EventBuilder later(String id, Duration after) {
    Instant time = NOON.plus(after);
    return event(OPENED, id, "m-1").issuedAt(NOON).at(time).ingestedAt(time);
  }

  @Test
  void whatCameBeforeTheHitIsTakenBackFromCountsOfMessages() {
    topology.pipe(event(REPLIED, "r-1", "m-1"), event(BOUNCED, "b-1", "m-1").bounce("soft"));
    assertThat(counters()).containsEntry("replied.unique", 1L).containsEntry("state.soft", 1L);

    topology.pipe(event(OPENED, "o-1", "m-1").issuedAt(LONG_AGO).at(60));

    assertThat(counters())
        .containsOnly(
            entry("replied.total", 1L),
            entry("replied.human_total", 1L),
            entry("bounced.total", 1L),
            entry("bounced.human_total", 1L),
            entry("opened.total", 1L),
            entry("opened.human_total", 1L),
            entry("late_total", 3L));
  }

  @Test
  void recipientWithoutMessageIsLateAsAMessageIs() {
    topology.pipe(
        event(CONVERTED, "v-1").recipient("r-1").issuedAt(LONG_AGO),
        event(CONVERTED, "v-2").issuedAt(LONG_AGO));

    assertThat(counters())
        .containsEntry("converted.total", 2L)
        .containsEntry("converted.unique", 1L)
        .containsEntry("converters", 1L)
        .containsEntry("late_total", 1L);
  }

  @Test
  void eachCampaignOfAMessageHasAnAgeOfItsOwn() {
    topology.pipe(
        event(OPENED, "o-1", "m-1").issuedAt(LONG_AGO),
        event(OPENED, "o-2", "m-1").campaign("autumn").issuedAt(NOON));

    assertThat(counters()).containsEntry("late_total", 1L);
    assertThat(topology.counters(TENANT, "autumn"))
        .containsEntry("opened.unique", 1L)
        .doesNotContainKey("late_total");
  }
}
