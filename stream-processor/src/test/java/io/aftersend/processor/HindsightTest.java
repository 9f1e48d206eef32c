package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.NOON;
import static io.aftersend.processor.EventBuilder.TENANT;
import static io.aftersend.processor.EventBuilder.event;
import static io.aftersend.schemas.event.EventType.CLICKED;
import static io.aftersend.schemas.event.EventType.DELIVERED;
import static io.aftersend.schemas.event.EventType.OPENED;
import static io.aftersend.schemas.event.EventType.SENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.JudgedEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The production topology: hits that later events show in another light.
final class HindsightTest {
  private static final String CHROME =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
          + "Chrome/141.0.0.0 Safari/537.36";
  private static final List<String> NETWORKS = List.of("198.51.100.0", "203.0.113.0", "192.0.2.0");

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
  void findsTheScannerAndLeavesThePersonWhoComesLater() {
    pipe(event(SENT, "s", "m1").at(-1), event(DELIVERED, "d", "m1"));
    pipe(scan(0), scan(1));
    assertThat(topology.settle().counters()).contains(entry("clicked.human_total", 2L));
    assertThat(topology.buckets("clicked", "event")).containsExactly("clicked|event|own||0 2/2/1");

    for (int i = 2; i < 7; i++) {
      pipe(scan(i));
    }
    assertThat(topology.settle().counters())
        .contains(entry("clicked.total", 7L), entry("reached.all", 1L))
        .doesNotContainKeys("clicked.human_total", "clicked.human_unique", "reached.human");

    pipe(event(CLICKED, "person", "m1").link("l1").ip("203.0.113.0").agent(CHROME).at(60));
    assertThat(topology.settle().counters())
        .contains(
            entry("clicked.total", 8L),
            entry("clicked.unique", 1L),
            entry("clicked.human_total", 1L),
            entry("clicked.human_unique", 1L),
            entry("reached.human", 1L));
    assertThat(topology.buckets("clicked", "event"))
        .containsExactly("clicked|event|own||0 7/0/0", "clicked|event|own||60 1/1/1");
    assertThat(latest("m1/person").getVerdict()).isEqualTo("human");
    assertThat(latest("m1/person").getRevision()).isEqualTo(1);
    for (int i = 0; i < 7; i++) {
      JudgedEvent scanned = latest("m1/scan" + i);
      assertThat(scanned.getVerdict()).isEqualTo("scanner");
      assertThat(scanned.getReasons())
          .containsExactly("very_many_links", "many_links", "many_networks");
    }
    assertThat(latest("m1/scan0").getRevision()).as("first taken for human").isGreaterThan(1);
    assertThat(latest("m1/scan6").getRevision()).as("known at once").isEqualTo(1);
  }

  @Test
  void sendsAHitOutAgainAsItWas() {
    pipe(scan(0), scan(2), scan(4));
    List<JudgedEvent> revisions =
        topology.settle().judged().stream()
            .filter(event -> event.getEventId().equals("scan0"))
            .toList();
    assertThat(revisions).hasSize(2);
    JudgedEvent second = JudgedEvent.newBuilder(revisions.get(1)).build();
    assertThat(second.getRevision()).isEqualTo(2);
    assertThat(second.getVerdict()).isEqualTo("scanner");
    assertThat(second.getVerdictBefore()).isEqualTo("human");
    second.setVerdictBefore(null);
    second.setRevision(1L);
    second.setVerdict("human");
    second.setReasons(List.of("no_signal"));
    second.setConfidence(revisions.get(0).getConfidence());
    assertThat(second.getClient()).as("no person's machine").isNull();
    second.setClient(revisions.get(0).getClient());
    second.setOs(revisions.get(0).getOs());
    second.setDevice(revisions.get(0).getDevice());
    assertThat(second).as("nothing else has changed").isEqualTo(revisions.get(0));
  }

  @Test
  void judgesAgainWhenADeliveryIsReportedLate() {
    pipe(click("early", 0), event(SENT, "s", "m1").at(-10));
    assertThat(topology.settle().counters()).contains(entry("clicked.human_total", 1L));
    pipe(event(DELIVERED, "d", "m1").at(NOON.minusSeconds(1)));
    assertThat(topology.settle().counters()).doesNotContainKey("clicked.human_total");
    assertThat(topology.claims(TENANT)).containsOnlyKeys("m1/early");
    pipe(event(DELIVERED, "d0", "m1").at(-5));
    assertThat(topology.settle().counters()).contains(entry("clicked.human_total", 1L));
    assertThat(topology.claims(TENANT)).isEmpty();
    assertThat(latest("m1/early").getRevision()).isEqualTo(3);
    assertThat(
            topology.counter(
                "aftersend_processor_rejudged_total", "verdict", "human", "reason", "no_signal"))
        .isEqualTo(1);
  }

  @Test
  void takesTheMailboxProvidersWindows() {
    pipe(
        event(DELIVERED, "d", "m1").at(-10).mailboxProvider("GMail"),
        click("a", 0),
        click("b", 2_000),
        click("c", 4_000));
    assertThat(topology.settle().claims(TENANT)).isEmpty();
    pipe(event(SENT, "s", "m1").at(-11).mailboxProvider("acme"));
    assertThat(topology.settle().claims(TENANT)).hasSize(3);
  }

  @Test
  void movesTheFirstOpenToAHitWhoseVerdictStands() {
    pipe(
        event(OPENED, "proxy", "m1").agent("GoogleImageProxy").at(30),
        event(OPENED, "early", "m1").at(0));
    assertThat(topology.settle().buckets("opened", "event"))
        .containsExactly("opened|event|own||0 1/1/1", "opened|event|own||30 1/1/0");
    pipe(event(DELIVERED, "d", "m1").at(0));
    assertThat(topology.settle().buckets("opened", "event"))
        .containsExactly("opened|event|own||0 1/0/0", "opened|event|own||30 1/1/1");
  }

  @Test
  void staysExactInBucketsBeyondTheMemoryOfQuarters() {
    for (int i = 0; i < 64; i++) {
      pipe(event(OPENED, "o" + i, "m1").agent("GoogleImageProxy").at(-15L * (i + 1)));
    }
    pipe(click("a", 0), event(SENT, "s", "m1").at(-2_000).zone("Asia/Tehran"));
    assertThat(topology.settle().buckets("clicked", "event"))
        .as("stays in the zone that it was counted in")
        .containsExactlyInAnyOrder(
            "clicked|event|own||0 1/1/0", "clicked|event|own|Asia/Tehran|0 0/0/1");
    pipe(event(DELIVERED, "d", "m1"));
    assertThat(topology.settle().buckets("clicked", "event"))
        .containsExactly("clicked|event|own||0 1/0/0");
  }

  @Test
  void letsVerdictsStandAfterTheTimeOfHindsight() {
    pipe(click("a", 0));
    Instant later = NOON.plusSeconds(1).plus(TopologyFixture.HINDSIGHT).plusMillis(1);
    pipe(click("b", 1_000).ingestedAt(later), click("c", 2_000).ingestedAt(later));
    assertThat(topology.settle().claims(TENANT)).isEmpty();
    assertThat(topology.buckets("clicked", "event")).containsExactly("clicked|event|own||0 3/3/1");
    pipe(click("d", 3_000).ingestedAt(later));
    assertThat(topology.settle().claims(TENANT)).containsOnlyKeys("m1/b", "m1/c", "m1/d");
    assertThat(topology.buckets("clicked", "event")).containsExactly("clicked|event|own||0 4/1/1");
  }

  @Test
  void looksBackForTheWholeTimeOfHindsight() {
    pipe(click("a", 0));
    Instant later = NOON.plusSeconds(1).plus(TopologyFixture.HINDSIGHT);
    pipe(click("b", 1_000).ingestedAt(later), click("c", 2_000).ingestedAt(later));
    assertThat(topology.settle().claims(TENANT)).containsOnlyKeys("m1/a", "m1/b", "m1/c");
  }

  @Test
  void looksAtTheFirstHitsOfAMessageInAnyOrderOfArrival() {
    List<EmailEvent> hits = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      hits.add(click("h" + i, 4_000L * i).ingestedAt(NOON.plusMillis(1)).build());
    }
    Random random = new Random(7);
    for (int order = 0; order < 3; order++) {
      String tenant = "t" + order;
      Collections.shuffle(hits, random);
      hits.forEach(hit -> topology.pipe(EmailEvent.newBuilder(hit).setTenant(tenant).build()));
      topology.settle();
      assertThat(topology.claims(tenant)).isEqualTo(NaiveJudge.claims(hits)).hasSize(64);
      assertThat(topology.counters(tenant, EventBuilder.CAMPAIGN))
          .contains(entry("clicked.total", 100L), entry("clicked.human_total", 36L));
    }
    assertThat(topology.counter("aftersend_processor_hits_beyond_memory_total")).isEqualTo(3 * 36);
  }

  @Test
  void leavesProofsAlone() {
    pipe(click("a", 0), click("b", 1_000));
    pipe(click("c", 2_000).with(proof -> proof.setTest(true)));
    assertThat(topology.settle().claims(TENANT)).isEmpty();
  }

  @Test
  void cannotTellTimeByWhatWasPostedWithoutOne() {
    for (int i = 0; i < 5; i++) {
      topology.pipe(click("c" + i, 0));
    }
    topology.pipe(event(DELIVERED, "d", "m1"));
    pipe(event(CLICKED, "soon", "m1").at(NOON.plusMillis(1)));
    assertThat(topology.settle().claims(TENANT)).isEmpty();
  }

  private JudgedEvent latest(String id) {
    JudgedEvent latest = topology.latest(TENANT).get(id);
    if (latest == null) {
      throw new AssertionError("expected a judged event " + id);
    }
    return latest;
  }

  /// Pipes events with a time of their own.
  private void pipe(EventBuilder... events) {
    for (EventBuilder event : events) {
      if (event.build().getIngestTime().equals(NOON)) {
        event.ingestedAt(NOON.plusSeconds(1));
      }
      topology.pipe(event);
    }
  }

  private static EventBuilder scan(int i) {
    return event(CLICKED, "scan" + i, "m1")
        .link("l" + i)
        .ip(NETWORKS.get(i % NETWORKS.size()))
        .agent(CHROME)
        .at(NOON.plusSeconds(20).plus(Duration.ofMillis(500L * i)));
  }

  private static EventBuilder click(String id, long ms) {
    return event(CLICKED, id, "m1").link("l-" + id).agent(CHROME).at(NOON.plusMillis(ms));
  }
}
