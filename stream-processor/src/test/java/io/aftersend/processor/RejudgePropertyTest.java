package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.oracle.Breakdown;
import io.aftersend.processor.verdict.RuleTable;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.MessageRejudgement;
import io.aftersend.schemas.metric.CampaignMetrics;
import io.aftersend.schemas.metric.RecipientEngagement;
import io.aftersend.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestOutputTopic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random histories that were judged by our rules and are judged again by changed ones, against the
/// topology that had the changed ones from the start.
final class RejudgePropertyTest {
  private static final long SEED = 20261126;
  private static final int HISTORIES = 200;
  private static final String RECIPIENT = "ann";

  private RuleTable changed;
  private Path directory;

  @BeforeEach
  void writeRules(@TempDir Path directory) throws IOException {
    this.directory = directory;
    changed = ChangedRules.in(directory);
  }

  @Test
  void endsWhereTheTopologyWouldBeThatHadTheRulesFromTheStartAndStaysThere() {
    try (TopologyFixture before = new TopologyFixture(directory.resolve("before"));
        TopologyFixture after = new TopologyFixture(directory.resolve("after"), changed);
        TopologyFixture always = new TopologyFixture(directory.resolve("always"), changed)) {
      List<List<EmailEvent>> histories = histories();
      pipe(firstParts(histories), before, always);
      after.takeStateOf(before.settle());
      assertThat(rejudge(after, record -> true)).isGreaterThan(HISTORIES / 2);
      assertSame(after.settle(), always.settle(), histories);

      pipe(lastParts(histories), after, always);
      assertSame(after.settle(), always.settle(), histories);
    }
  }

  @Test
  void endsThereTooWhenItIsStoppedInTheMidstAndEventsComeIn() {
    try (TopologyFixture before = new TopologyFixture(directory.resolve("before"));
        TopologyFixture after = new TopologyFixture(directory.resolve("after"), changed);
        TopologyFixture always = new TopologyFixture(directory.resolve("always"), changed)) {
      List<List<EmailEvent>> histories = histories();
      pipe(firstParts(histories), before, always);
      after.takeStateOf(before.settle());
      Random random = new Random(SEED);
      rejudge(after, record -> random.nextBoolean());
      pipe(lastParts(histories), after, always);
      after.settle();

      assertThat(rejudge(after, record -> true)).isPositive();
      assertThat(rejudge(after.settle(), record -> true)).isZero();
      assertSame(after, always.settle(), histories);
    }
  }

  @Test
  void bringsRecipientsThereWhoseHitsAreOlderThanHindsight() {
    try (TopologyFixture before = new TopologyFixture(directory.resolve("before"));
        TopologyFixture after = new TopologyFixture(directory.resolve("after"), changed);
        TopologyFixture always = new TopologyFixture(directory.resolve("always"), changed)) {
      List<List<EmailEvent>> histories = ofRecipients(histories());
      pipe(histories.stream().flatMap(List::stream).toList(), before, always);
      Instant later = EventBuilder.NOON.plus(TopologyFixture.HINDSIGHT).plus(Duration.ofDays(2));
      for (int i = 0; i < HISTORIES; i++) {
        EventBuilder sent = event(EventType.SENT, "later", "later").tenant("t" + i);
        pipe(
            List.of(sent.recipient(RECIPIENT).at(later).ingestedAt(later).build()), before, always);
      }
      EngagementRows rowsBefore = new EngagementRows(before);
      EngagementRows rowsAfter = new EngagementRows(after);
      after.takeStateOf(before.settle());
      rejudge(after, record -> true, later);

      Map<String, String> expected = new EngagementRows(always.settle()).read();
      Map<String, String> actual = rowsBefore.read();
      assertThat(actual).hasSize(HISTORIES).isNotEqualTo(expected);
      actual.putAll(rowsAfter.read());
      assertThat(actual).isEqualTo(expected);
      assertSame(after.settle(), always, histories);
    }
  }

  private static List<List<EmailEvent>> ofRecipients(List<List<EmailEvent>> histories) {
    histories.forEach(
        history ->
            history.stream()
                .filter(event -> event.getMessage() != null || event.getRecipient() != null)
                .forEach(event -> event.setRecipient(RECIPIENT)));
    return histories;
  }

  /// The counts of recipients, by tenant. When they last did something cannot be taken back.
  private record EngagementRows(TestOutputTopic<String, RecipientEngagement> topic) {
    EngagementRows(TopologyFixture topology) {
      this(topology.output(Topics.withPrefix("").recipientEngagement()));
    }

    Map<String, String> read() {
      Map<String, String> counts = new TreeMap<>();
      for (RecipientEngagement row : topic.readValuesToList()) {
        counts.put(
            row.getTenant(),
            "sent %d, opened %d in %d, clicked %d in %d, reacted %d, quiet %d"
                .formatted(
                    row.getSent(),
                    row.getOpenedHumanTotal(),
                    row.getOpenedHumanUnique(),
                    row.getClickedHumanTotal(),
                    row.getClickedHumanUnique(),
                    row.getReacted(),
                    row.getQuietCampaigns()));
      }
      return counts;
    }
  }

  private static List<EmailEvent> firstParts(List<List<EmailEvent>> histories) {
    return histories.stream()
        .flatMap(history -> history.subList(0, history.size() * 2 / 3).stream())
        .toList();
  }

  private static List<EmailEvent> lastParts(List<List<EmailEvent>> histories) {
    return histories.stream()
        .flatMap(history -> history.subList(history.size() * 2 / 3, history.size()).stream())
        .toList();
  }

  private static void pipe(List<EmailEvent> events, TopologyFixture... topologies) {
    for (TopologyFixture topology : topologies) {
      topology.pipeAll(events);
    }
  }

  private static List<List<EmailEvent>> histories() {
    List<List<EmailEvent>> histories = new ArrayList<>();
    for (int i = 0; i < HISTORIES; i++) {
      String tenant = "t" + i;
      histories.add(
          new RandomHistory(new Random(SEED + i))
              .events().stream()
                  .map(event -> EmailEvent.newBuilder(event).setTenant(tenant).build())
                  .toList());
    }
    return histories;
  }

  /// Tells the topology what comes out otherwise than it has it. Gives the number of messages.
  private int rejudge(
      TopologyFixture topology, Predicate<KeyValue<String, MessageRejudgement>> isSent) {
    return rejudge(topology, isSent, EventBuilder.NOON.plusSeconds(7_200));
  }

  private int rejudge(
      TopologyFixture topology,
      Predicate<KeyValue<String, MessageRejudgement>> isSent,
      Instant time) {
    int found = 0;
    for (int i = 0; i < HISTORIES; i++) {
      List<KeyValue<String, MessageRejudgement>> rejudgements =
          Rejudgements.of(topology, "t" + i, changed);
      found += rejudgements.size();
      rejudgements.stream()
          .filter(isSent)
          .forEach(record -> Rejudgements.pipe(topology, record, time));
    }
    return found;
  }

  private static void assertSame(
      TopologyFixture after, TopologyFixture always, List<List<EmailEvent>> histories) {
    for (int i = 0; i < histories.size(); i++) {
      String tenant = "t" + i;
      String described = "seed " + (SEED + i);
      assertThat(judgements(after, tenant)).as(described).isEqualTo(judgements(always, tenant));
      CampaignMetrics actual = after.metricsOrEmpty(tenant, EventBuilder.CAMPAIGN);
      CampaignMetrics expected = always.metricsOrEmpty(tenant, EventBuilder.CAMPAIGN);
      assertThat(new TreeMap<>(actual.getCounters()))
          .as(described)
          .isEqualTo(new TreeMap<>(expected.getCounters()));
      assertThat(actual.getRevenue()).as(described).isEqualTo(expected.getRevenue());
      assertThat(after.bucketCounts(tenant, EventBuilder.CAMPAIGN))
          .as(described)
          .isEqualTo(always.bucketCounts(tenant, EventBuilder.CAMPAIGN));
      assertThat(parts(after, tenant)).as(described).isEqualTo(parts(always, tenant));
    }
  }

  /// The counts by dimension and link.
  private static Breakdown parts(TopologyFixture topology, String tenant) {
    return RecountOfRows.read(
        topology.slices(tenant, EventBuilder.CAMPAIGN),
        topology.links(tenant, EventBuilder.CAMPAIGN));
  }

  private static Map<String, String> judgements(TopologyFixture topology, String tenant) {
    Map<String, String> judgements = new TreeMap<>();
    topology
        .latest(tenant)
        .forEach(
            (id, event) ->
                judgements.put(
                    id,
                    "%s %s %s %s"
                        .formatted(
                            event.getVerdict(),
                            event.getReasons(),
                            event.getConfidence(),
                            event.getClient())));
    return judgements;
  }
}
