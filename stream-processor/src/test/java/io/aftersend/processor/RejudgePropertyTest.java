package io.aftersend.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.processor.verdict.RuleTable;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.MessageRejudgement;
import io.aftersend.schemas.metric.CampaignMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random histories that were judged by our rules and are judged again by changed ones, against the
/// topology that had the changed ones from the start.
final class RejudgePropertyTest {
  private static final long SEED = 20261126;
  private static final int HISTORIES = 300;

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
      for (List<EmailEvent> history : histories) {
        for (EmailEvent event : history.subList(0, history.size() * 2 / 3)) {
          before.pipe(copy(event));
          always.pipe(copy(event));
        }
      }
      after.takeStateOf(before.settle());
      int rejudged = 0;
      for (int i = 0; i < histories.size(); i++) {
        rejudged += rejudge(before, after, "t" + i);
      }
      assertThat(rejudged).isGreaterThan(HISTORIES / 2);
      assertSame(after.settle(), always.settle(), histories);

      for (List<EmailEvent> history : histories) {
        for (EmailEvent event : history.subList(history.size() * 2 / 3, history.size())) {
          after.pipe(copy(event));
          always.pipe(copy(event));
        }
      }
      assertSame(after.settle(), always.settle(), histories);
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

  private static EmailEvent copy(EmailEvent event) {
    return EmailEvent.newBuilder(event).build();
  }

  /// The number of messages that come out otherwise, all of which the topology is told.
  private int rejudge(TopologyFixture before, TopologyFixture after, String tenant) {
    List<KeyValue<String, MessageRejudgement>> rejudgements =
        Rejudgements.of(before, tenant, changed);
    rejudgements.forEach(record -> Rejudgements.pipe(after, record));
    return rejudgements.size();
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
    }
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
