package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.event;
import static io.aftersend.schemas.event.EventType.CLICKED;
import static io.aftersend.schemas.event.EventType.COMPLAINED;
import static io.aftersend.schemas.event.EventType.OPENED;
import static io.aftersend.schemas.event.EventType.REPLIED;
import static io.aftersend.schemas.event.EventType.SENT;
import static io.aftersend.schemas.event.EventType.UNSUBSCRIBED;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.metric.RecipientEngagement;
import io.aftersend.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.TestOutputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recipients' engagement on the production topology; expected numbers are worked out by hand.
final class EngagementTest {
  private TopologyFixture topology;
  private TestOutputTopic<String, RecipientEngagement> rows;

  @BeforeEach
  void start(@TempDir Path directory) {
    topology = new TopologyFixture(directory);
    rows = topology.output(Topics.withPrefix("").recipientEngagement());
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void countsMessagesAndWhatThePersonDid() {
    topology.pipe(
        of(SENT, "s1", "m1").at(0),
        of(SENT, "s2", "m2").at(1),
        of(SENT, "s3", "m2").at(2),
        of(OPENED, "o1", "m1").at(100),
        of(OPENED, "o2", "m1").at(200),
        of(OPENED, "o3", "m2").at(150),
        of(CLICKED, "c1", "m1").at(210).link("a"),
        of(REPLIED, "r1", "m1").at(300),
        of(UNSUBSCRIBED, "u1", "m2").at(400),
        of(COMPLAINED, "p1", "m2").at(500));
    RecipientEngagement row = last();
    assertThat(row.getSent()).isEqualTo(2);
    assertThat(row.getOpenedHumanTotal()).isEqualTo(3);
    assertThat(row.getOpenedHumanUnique()).isEqualTo(2);
    assertThat(row.getClickedHumanTotal()).isEqualTo(1);
    assertThat(row.getClickedHumanUnique()).isEqualTo(1);
    assertThat(row.getReplied()).isEqualTo(1);
    assertThat(row.getUnsubscribed()).isEqualTo(1);
    assertThat(row.getComplained()).isEqualTo(1);
    assertThat(row.getReacted()).isEqualTo(2);
    assertThat(row.getLastSent()).isEqualTo(minute(2));
    assertThat(row.getLastOpen()).isEqualTo(minute(200));
    assertThat(row.getLastClick()).isEqualTo(minute(210));
    assertThat(row.getLastReply()).isEqualTo(minute(300));
  }

  @Test
  void leavesOutMachinesProvidersTestsAutoRepliesAndRepeats() {
    topology.pipe(
        of(SENT, "s1", "m1").at(0),
        of(SENT, "s1", "m1").at(0),
        of(SENT, "s2", "m2").at(0).with(event -> event.setTest(true)),
        of(OPENED, "o1", "m1").at(100).head(),
        of(OPENED, "o2", "m1").at(100).provider("esp"),
        of(REPLIED, "r1", "m1").at(300).with(event -> event.setAutoReply(true)));
    RecipientEngagement row = last();
    assertThat(row.getSent()).isEqualTo(1);
    assertThat(row.getOpenedHumanTotal()).isZero();
    assertThat(row.getReplied()).isZero();
    assertThat(row.getReacted()).isZero();
    assertThat(row.getLastOpen()).isNull();
  }

  @Test
  void takesBackAClickThatBecomesAScanners() {
    topology.pipe(of(SENT, "s1", "m1").at(0), of(CLICKED, "c1", "m1").at(100).link("a"));
    assertThat(last().getClickedHumanTotal()).isEqualTo(1);

    // An unsubscribe page and a link within the same seconds are a gateway's.
    Instant time = minute(100);
    topology.pipe(of(UNSUBSCRIBED, "u1", "m1").at(time.plusSeconds(5)));
    RecipientEngagement row = last();
    assertThat(topology.claims(EventBuilder.TENANT)).containsKey("m1/c1");
    assertThat(row.getClickedHumanTotal()).isZero();
    assertThat(row.getClickedHumanUnique()).isZero();
    assertThat(row.getReacted()).isZero();
    assertThat(row.getLastClick()).isNull();
  }

  @Test
  void countsTheQuietCampaignsBackFromTheLast() {
    topology.pipe(
        of(SENT, "s1", "m1").campaign("c1").at(0),
        of(SENT, "s2", "m2").campaign("c2").at(1_000),
        of(SENT, "s3", "m3").campaign("c3").at(2_000));
    assertThat(last().getQuietCampaigns()).isEqualTo(3);

    topology.pipe(of(OPENED, "o1", "m1").campaign("c1").at(2_500));
    assertThat(last().getQuietCampaigns()).isEqualTo(2);

    topology.pipe(of(REPLIED, "r1", "m2").campaign("c2").at(2_600));
    assertThat(last().getQuietCampaigns()).isEqualTo(1);

    topology.pipe(of(CLICKED, "k1", "m3").campaign("c3").link("a").at(2_700));
    assertThat(last().getQuietCampaigns()).isZero();
  }

  @Test
  void remembersWhatIsListedNoMore() {
    for (int i = 0; i < 150; i++) {
      Instant time = minute(60L * 24 * i);
      topology.pipe(
          of(SENT, "s" + i, "m" + i).at(time).ingestedAt(time),
          of(OPENED, "o" + i, "m" + i)
              .at(time.plus(Duration.ofHours(2)))
              .ingestedAt(time.plus(Duration.ofHours(2))));
    }
    RecipientEngagement row = last();
    assertThat(row.getSent()).isEqualTo(150);
    assertThat(row.getOpenedHumanTotal()).isEqualTo(150);
    assertThat(row.getOpenedHumanUnique()).isEqualTo(150);
    assertThat(row.getReacted()).isEqualTo(150);
    assertThat(row.getLastOpen()).isEqualTo(minute(60L * 24 * 149 + 120));
  }

  @Test
  void keepsRecipientsAndTenantsApart() {
    topology.pipe(
        of(SENT, "s1", "m1"),
        of(SENT, "s2", "m2").recipient("other"),
        of(SENT, "s3", "m3").tenant("other"),
        event(SENT, "s4", "m4"));
    assertThat(topology.settle().judged()).hasSize(4);
    assertThat(rows.readValuesToList())
        .extracting(row -> row.getTenant() + "/" + row.getRecipient() + " " + row.getSent())
        .isEqualTo(List.of("acme/ann 1", "acme/other 1", "other/ann 1"));
  }

  private RecipientEngagement last() {
    topology.settle();
    RecipientEngagement last = null;
    for (RecipientEngagement row : rows.readValuesToList()) {
      assertThat(last == null || last.getVersion() < row.getVersion()).isTrue();
      last = row;
    }
    if (last == null) {
      throw new AssertionError("expected a row");
    }
    return last;
  }

  private static EventBuilder of(EventType type, String id, String message) {
    return event(type, id, message).recipient("ann");
  }

  private static Instant minute(long minute) {
    return EventBuilder.NOON.plus(Duration.ofMinutes(minute));
  }
}
