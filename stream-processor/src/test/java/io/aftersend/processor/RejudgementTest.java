package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.event;
import static io.aftersend.schemas.event.EventType.CLICKED;
import static io.aftersend.schemas.event.EventType.DELIVERED;
import static io.aftersend.schemas.event.EventType.SENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.aftersend.processor.verdict.RuleTable;
import io.aftersend.schemas.event.MessageRejudgement;
import io.aftersend.schemas.metric.RecipientEngagement;
import io.aftersend.schemas.signal.Signal;
import io.aftersend.schemas.topic.AvroSerde;
import io.aftersend.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestOutputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person's two clicks, which changed rules take for a scanner's, on the topology that was told
/// so or was not.
final class RejudgementTest {
  private static final String RESULTS = "aftersend_processor_rejudgements_total";

  private TopologyFixture topology;
  private RuleTable changed;
  private KeyValue<String, MessageRejudgement> rejudgement;

  @BeforeEach
  void startWithOtherRules(@TempDir Path directory) throws IOException {
    changed = ChangedRules.in(directory);
    topology = new TopologyFixture(directory.resolve("after"), changed);
    try (TopologyFixture before = new TopologyFixture(directory.resolve("before"))) {
      before.pipe(
          event(DELIVERED, "d", "m1").at(EventBuilder.NOON),
          click("c1", 20, "l1"),
          click("c2", 22, "l2"),
          click("c3", 7, "l1").message("m3").campaign(null));
      topology.takeStateOf(before.settle());
      List<KeyValue<String, MessageRejudgement>> all =
          Rejudgements.of(before, EventBuilder.TENANT, changed);
      assertThat(all).hasSize(1);
      rejudgement = all.getFirst();
    }
    assertThat(topology.counters()).contains(entry("clicked.human_total", 2L));
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void takesARejudgementOnceHoweverOftenItComes() {
    for (int i = 0; i < 3; i++) {
      Rejudgements.pipe(topology, rejudgement);
      topology.settle();
    }

    assertThat(topology.counters())
        .contains(entry("clicked.total", 2L), entry("clicked.unique", 1L))
        .doesNotContainKeys("clicked.human_total", "clicked.human_unique");
    assertThat(topology.buckets("clicked", "event"))
        .hasSize(1)
        .allMatch(bucket -> bucket.endsWith(" 2/0/0"));
    assertThat(topology.counter(RESULTS, "result", "taken")).isEqualTo(3);
  }

  @Test
  void sendsTheHitsOutWithTheNextRevision() {
    Rejudgements.pipe(topology, rejudgement);

    assertThat(topology.settle().latest(EventBuilder.TENANT))
        .extractingByKeys("m1/c1", "m1/c2")
        .allMatch(hit -> hit.getVerdict().equals("scanner") && hit.getRevision() == 2)
        .allMatch(hit -> hit.getRuleVersion() == changed.version());
  }

  @Test
  void leavesAMessageThatGotAnEventMeanwhileToTheNextPass() {
    topology.pipe(click("c3", 7_200, "l1"));
    Rejudgements.pipe(topology, rejudgement);

    assertThat(topology.settle().counter(RESULTS, "result", "other_events")).isEqualTo(1);
    assertThat(topology.counters()).contains(entry("clicked.human_total", 1L));

    // The processor has the changed rules: the event made it judge the clicks anew by itself.
    assertThat(Rejudgements.of(topology, EventBuilder.TENANT, changed)).isEmpty();
  }

  @Test
  void leavesWhatOtherRulesWorkedOut() {
    rejudgement.value.setRules("2-0123456789abcdef");
    Rejudgements.pipe(topology, rejudgement);

    assertThat(topology.settle().counters()).contains(entry("clicked.human_total", 2L));
    assertThat(topology.counter(RESULTS, "result", "other_rules")).isEqualTo(1);
  }

  @Test
  void goesOnAfterARecordThatIsNone() {
    topology.pipeRejudgement(rejudgement.key, new byte[] {1, 2, 3}, EventBuilder.NOON);
    topology.pipeRejudgement(rejudgement.key, null, EventBuilder.NOON);
    topology.pipeRejudgement(null, new byte[] {1, 2, 3}, EventBuilder.NOON);
    topology.pipeRejudgement(
        "odd", AvroSerde.of(MessageRejudgement.class).encode(rejudgement.value), EventBuilder.NOON);
    Rejudgements.pipe(topology, rejudgement);

    assertThat(topology.settle().counters()).doesNotContainKey("clicked.human_total");
    assertThat(topology.counter(RESULTS, "result", "undecodable")).isEqualTo(4);
  }

  @Test
  void nothingIsLeftToDoAfterwards() {
    Rejudgements.pipe(topology, rejudgement);

    List<KeyValue<String, MessageRejudgement>> rest =
        Rejudgements.of(topology.settle(), EventBuilder.TENANT, changed);
    assertThat(rest).isEmpty();
  }

  @Test
  void takesClicksBackFromARecipientOnceHoweverLongAgoTheyWere() {
    TestOutputTopic<String, RecipientEngagement> rows =
        topology.output(Topics.withPrefix("").recipientEngagement());
    Instant later = EventBuilder.NOON.plus(TopologyFixture.HINDSIGHT).plus(Duration.ofDays(2));
    topology.pipe(
        event(SENT, "s", "m2").recipient("ann").at(later).ingestedAt(later),
        event(CLICKED, "c", "m2").recipient("ann").at(later).ingestedAt(later));
    topology.settle();
    assertThat(rows.readValuesToList().getLast().getClickedHumanTotal()).isEqualTo(4);

    for (int i = 0; i < 3; i++) {
      Rejudgements.pipe(topology, rejudgement, later);
      topology.settle();
    }
    RecipientEngagement row = rows.readValuesToList().getLast();
    assertThat(row.getClickedHumanTotal()).isEqualTo(2);
    assertThat(row.getClickedHumanUnique()).isEqualTo(2);
    assertThat(row.getReacted()).isEqualTo(2);
  }

  @Test
  void raisesNoSignalForAClickOfLongAgo(@TempDir Path directory) throws IOException {
    try (TopologyFixture before = new TopologyFixture(directory.resolve("shipped"));
        TopologyFixture after = new TopologyFixture(directory.resolve("changed"), changed)) {
      Instant later = EventBuilder.NOON.plus(TopologyFixture.HINDSIGHT).plus(Duration.ofDays(2));
      before.pipe(
          click("c1", 20, "l1").head(),
          event(SENT, "s", "m2").recipient("ann").at(later).ingestedAt(later));
      TestOutputTopic<String, Signal> signals = after.output(Topics.withPrefix("").signals());
      TestOutputTopic<String, RecipientEngagement> rows =
          after.output(Topics.withPrefix("").recipientEngagement());
      after.takeStateOf(before.settle());
      Rejudgements.of(after, EventBuilder.TENANT, changed)
          .forEach(record -> Rejudgements.pipe(after, record, later));

      after.settle();
      assertThat(rows.readValuesToList().getLast().getClickedHumanTotal()).isEqualTo(1);
      assertThat(signals.readValuesToList()).isEmpty();
    }
  }

  private static EventBuilder click(String id, long afterSeconds, String link) {
    return event(CLICKED, id, "m1")
        .recipient("ann")
        .at(EventBuilder.NOON.plusSeconds(afterSeconds))
        .link(link);
  }
}
