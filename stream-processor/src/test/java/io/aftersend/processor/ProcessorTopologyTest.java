package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.NOON;
import static io.aftersend.processor.EventBuilder.event;
import static io.aftersend.schemas.event.EventType.BOUNCED;
import static io.aftersend.schemas.event.EventType.CLICKED;
import static io.aftersend.schemas.event.EventType.DELIVERED;
import static io.aftersend.schemas.event.EventType.FORWARDED;
import static io.aftersend.schemas.event.EventType.OPENED;
import static io.aftersend.schemas.event.EventType.REPLIED;
import static io.aftersend.schemas.event.EventType.SENT;
import static io.aftersend.schemas.event.EventType.UNSUBSCRIBED;
import static io.aftersend.schemas.event.EventType.UNSUBSCRIBE_VIEWED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.aftersend.processor.enrich.Enrichments;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.topic.Topics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The production topology: what becomes of single events.
final class ProcessorTopologyTest {
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
  void countsTotalsAndDistinctMessages() {
    topology.pipe(
        event(SENT, "s1", "m1"),
        event(SENT, "s2", "m2"),
        event(OPENED, "o1", "m1"),
        event(OPENED, "o2", "m1").at(20),
        event(OPENED, "o3", "m2").head(),
        event(CLICKED, "c1", "m2").at(1));
    assertThat(topology.settle().counters())
        .contains(
            entry("sent.total", 2L),
            entry("sent.unique", 2L),
            entry("opened.total", 3L),
            entry("opened.unique", 2L),
            entry("opened.human_total", 2L),
            entry("opened.human_unique", 1L),
            entry("clicked.human_unique", 1L),
            entry("reached.human", 2L),
            entry("reached.all", 2L))
        .doesNotContainKey("reached.prefetch_only");
  }

  @Test
  void countsTheSameEventOfAMessageOnce() {
    topology.pipe(event(OPENED, "o1", "m1"), event(OPENED, "o1", "m1"), event(OPENED, "o1", "m2"));
    assertThat(topology.settle().counters()).contains(entry("opened.total", 2L));
    assertThat(topology.judged()).hasSize(2);
    assertThat(topology.counter("aftersend_processor_repeats_total")).isEqualTo(1);
  }

  @Test
  void remembersEventIdsForTheWholeHorizonAndThenForgets() {
    Duration almost = TopologyFixture.HORIZON.minusMinutes(1);
    topology.pipe(
        event(OPENED, "o1", "m1"),
        event(OPENED, "o1", "m1").ingestedAt(NOON.plus(almost)),
        event(OPENED, "o1", "m1").ingestedAt(NOON.plus(TopologyFixture.HORIZON.multipliedBy(3))));
    assertThat(topology.settle().counters()).contains(entry("opened.total", 2L));
  }

  @Test
  void storesTestEventsWithoutCountingThem() {
    topology.pipe(
        event(SENT, "s1", "m1").with(sent -> sent.setTest(true)),
        event(OPENED, "o1", "m1").with(opened -> opened.setTest(true)));
    assertThat(topology.settle().metrics().getCounters()).as("the campaign exists").isEmpty();
    assertThat(topology.settle().counters()).isEmpty();
    assertThat(topology.buckets()).isEmpty();
    assertThat(topology.judged()).hasSize(2).noneMatch(JudgedEvent::getCounted);
  }

  @Test
  void countsAnUnsubscribeOncePerMessage() {
    topology.pipe(
        event(UNSUBSCRIBE_VIEWED, "v1", "m1"),
        event(UNSUBSCRIBED, "u1", "m1"),
        event(UNSUBSCRIBED, "u2", "m1"));
    assertThat(topology.settle().counters())
        .contains(
            entry("unsubscribed.unique", 1L),
            entry("unsubscribed.total", 2L),
            entry("unsubscribe_viewed.unique", 1L))
        .doesNotContainKeys("clicked.total", "reached.all");
  }

  @Test
  void namesMessagesThatWereOnlyFetchedAhead() {
    topology.pipe(event(OPENED, "o1", "m1").agent("Mozilla/5.0"));
    assertThat(topology.settle().counters())
        .contains(entry("reached.all", 1L), entry("reached.prefetch_only", 1L))
        .doesNotContainKey("reached.human");
    topology.pipe(event(CLICKED, "c1", "m1").agent("python-requests/2.31"));
    assertThat(topology.settle().counters())
        .contains(entry("reached.all", 1L), entry("clicked.total", 1L))
        .doesNotContainKeys("reached.prefetch_only", "reached.human", "clicked.human_total");
  }

  @Test
  void keepsAProvidersOpensAndClicksApart() {
    topology.pipe(
        event(OPENED, "o1", "m1").provider("sendgrid"),
        event(CLICKED, "c1", "m1").provider("sendgrid"),
        event(DELIVERED, "d1", "m1").provider("sendgrid"));
    assertThat(topology.settle().counters())
        .contains(
            entry("provider.opened.human_unique", 1L),
            entry("provider.clicked.total", 1L),
            entry("provider.reached.human", 1L),
            entry("delivered.total", 1L))
        .doesNotContainKeys("opened.total", "clicked.total", "reached.all");
    assertThat(topology.buckets())
        .containsExactly("clicked|event|provider||0 1/1/1", "opened|event|provider||0 1/1/1");
  }

  @Test
  void tellsStatedForwardsFromInferredOnes() {
    topology.pipe(
        event(FORWARDED, "f1", "m1"),
        event(FORWARDED, "f2", "m1").head(),
        event(FORWARDED, "f3", "m1").with(forward -> forward.setInferred(true)));
    assertThat(topology.settle().counters())
        .contains(
            entry("forwarded.total", 3L),
            entry("forwarded.stated_human_total", 1L),
            entry("forwarded.inferred_total", 1L));
  }

  @Test
  void countsMessagesWithAReplyByAPerson() {
    topology.pipe(
        event(REPLIED, "r1", "m1").with(reply -> reply.setAutoReply(true)),
        event(REPLIED, "r2", "m2"),
        event(REPLIED, "r3", "m2"));
    assertThat(topology.settle().counters())
        .contains(entry("replied.unique", 2L), entry("replied.by_person_unique", 1L));
  }

  @Test
  void readsTheClassOfABounceFromItsCodes() {
    topology.pipe(
        event(BOUNCED, "b1", "m1").with(bounce -> bounce.setEnhancedCode("5.1.1")),
        event(BOUNCED, "b2", "m2").with(bounce -> bounce.setEnhancedCode("5.2.2")),
        event(BOUNCED, "b3", "m3").with(bounce -> bounce.setEnhancedCode("5.7.1")));
    assertThat(topology.settle().counters())
        .contains(entry("state.hard", 1L), entry("state.soft", 1L), entry("state.block", 1L));
    assertThat(topology.judged())
        .extracting(JudgedEvent::getBounceClass)
        .containsExactly("hard", "soft", "block");
  }

  @Test
  void givesAnEventTheCampaignOfItsMessage() {
    topology.pipe(event(SENT, "s1", "m1"), event(OPENED, "o1", "m1").campaign(null));
    assertThat(topology.settle().counters()).contains(entry("opened.unique", 1L));
    assertThat(topology.lastJudged().getCampaign()).isEqualTo("spring");
  }

  @Test
  void countsEarlierEventsOnceTheCampaignIsKnown() {
    topology.pipe(
        event(OPENED, "o1", "m1").campaign(null).at(1), event(OPENED, "o2", "m1").campaign(null));
    assertThat(topology.settle().counters()).isEmpty();
    topology.pipe(event(SENT, "s1", "m1").at(-60).zone("Asia/Tehran"));
    assertThat(topology.settle().counters())
        .contains(entry("opened.total", 2L), entry("opened.unique", 1L), entry("sent.total", 1L));
    assertThat(topology.buckets())
        .containsExactly(
            "opened|event|own|Asia/Tehran|0 2/2/1",
            "opened|sent|own|Asia/Tehran|-60 2/2/1",
            "sent|event|own|Asia/Tehran|-60 1/1/1",
            "sent|sent|own|Asia/Tehran|-60 1/1/1");
    assertThat(topology.judged().getFirst().getCampaign()).isNull();
  }

  @Test
  void keepsTheCampaignsOfOneMessageApart() {
    topology.pipe(
        event(OPENED, "o1", "m1"),
        event(OPENED, "o2", "m1").campaign("summer"),
        event(OPENED, "o3", "m1").campaign(null));
    topology.settle();
    assertThat(topology.counters()).contains(entry("opened.total", 2L));
    assertThat(topology.counters("acme", "summer")).contains(entry("opened.total", 1L));
  }

  @Test
  void movesTheFirstOpenWhenAnEarlierOneArrives() {
    topology.pipe(event(OPENED, "o1", "m1").at(40));
    assertThat(topology.settle().buckets("opened", "event"))
        .containsExactly("opened|event|own||30 1/1/1");
    topology.pipe(event(OPENED, "o2", "m1").at(5), event(OPENED, "o3", "m1").at(1).head());
    assertThat(topology.settle().buckets("opened", "event"))
        .containsExactlyInAnyOrder("opened|event|own||0 2/1/1", "opened|event|own||30 1/1/0");
  }

  @Test
  void movesWhatDependsOnTheTimeOfSendingWhenItBecomesKnown() {
    topology.pipe(event(OPENED, "o1", "m1").at(40), event(SENT, "s1", "m1").at(30));
    assertThat(topology.settle().buckets("opened", "sent"))
        .containsExactly("opened|sent|own||30 1/1/1");
    topology.pipe(event(SENT, "s0", "m1").at(-15));
    assertThat(topology.settle().buckets("opened", "sent"))
        .containsExactly("opened|sent|own||-15 1/1/1");
  }

  @Test
  void takesAZoneThatNobodyKnowsAsNone() {
    topology.pipe(event(OPENED, "o1", "m1").zone("Mars/Olympus"));
    assertThat(topology.settle().buckets()).containsExactly("opened|event|own||0 1/1/1");
  }

  @Test
  void staysExactWhenAMessageHasMoreQuartersThanAreRemembered() {
    for (int i = 0; i < 100; i++) {
      topology.pipe(event(OPENED, "o" + i, "m1").at(i * 15L));
    }
    assertThat(topology.settle().buckets())
        .hasSize(100)
        .contains("opened|event|own||0 1/1/1", "opened|event|own||1485 1/1/0");
    assertThat(topology.counters()).contains(entry("opened.total", 100L));
  }

  @Test
  void keepsAnEventUntilTheDayOnWhichItsTenantsRetentionEnds() {
    topology.pipe(event(OPENED, "o1", "m1"));
    assertThat(topology.settle().lastJudged().getExpiresOn())
        .isEqualTo(LocalDate.of(2026, 6, 1).plusDays(TopologyFixture.RETENTION_DAYS));
  }

  @Test
  void neverPassesADeltaOnTwice() {
    topology.pipe(event(OPENED, "o1", "m1"));
    topology.settle().settle();
    assertThat(topology.metrics().getVersion()).isEqualTo(1);
    topology.pipe(event(OPENED, "o2", "m1"));
    assertThat(topology.settle().metrics().getVersion()).isEqualTo(2);
    assertThat(topology.counters()).contains(entry("opened.total", 2L));
  }

  @Test
  void keepsItsShape() throws IOException {
    String expected;
    try (InputStream in = getClass().getResourceAsStream("topology.txt")) {
      expected =
          in == null ? "no golden file" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    PrometheusRegistry registry = new PrometheusRegistry();
    String actual =
        TestTopology.of(Topics.withPrefix(""), registry, Enrichments.with(List.of(), registry))
            .describe()
            .toString();
    assertThat(actual)
        .as("a changed name loses state; where that is meant, put this into topology.txt")
        .isEqualTo(expected);
  }
}
