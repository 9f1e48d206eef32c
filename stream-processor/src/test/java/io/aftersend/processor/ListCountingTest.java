package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.event;
import static io.aftersend.schemas.event.EventType.COMPLAINED;
import static io.aftersend.schemas.event.EventType.SUBSCRIBED;
import static io.aftersend.schemas.event.EventType.UNSUBSCRIBED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mailing lists on the production topology: subscribed, unsubscribed, complained, departed.
final class ListCountingTest {
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
  void countsTheWorkedExample() {
    for (int i = 0; i < 500; i++) {
      topology.pipe(of(SUBSCRIBED, "s" + i, "new" + i));
    }
    for (int i = 0; i < 100; i++) {
      topology.pipe(of(i < 60 ? UNSUBSCRIBED : COMPLAINED, "l" + i, "old" + i));
    }
    assertThat(settledList()).containsExactly(counts(0, 500, 60, 40, 100));
  }

  @Test
  void countsARepeatOfTheSameRecipientOnce() {
    topology.pipe(
        of(SUBSCRIBED, "s1", "r1"),
        of(SUBSCRIBED, "s2", "r1").at(20),
        of(SUBSCRIBED, "s1", "r1"),
        of(UNSUBSCRIBED, "u1", "r2"),
        of(UNSUBSCRIBED, "u2", "r2").at(40));
    assertThat(settledList()).containsExactly(counts(0, 1, 1, 0, 1));
  }

  @Test
  void countsWhoComesBackAgain() {
    topology.pipe(
        of(SUBSCRIBED, "s1", "r1"),
        of(UNSUBSCRIBED, "u1", "r1").at(15),
        of(SUBSCRIBED, "s2", "r1").at(30),
        of(UNSUBSCRIBED, "u2", "r1").at(45));
    assertThat(settledList())
        .containsExactly(
            counts(0, 1, 0, 0, 0),
            counts(15, 0, 1, 0, 1),
            counts(30, 1, 0, 0, 0),
            counts(45, 0, 1, 0, 1));
  }

  @Test
  void letsWhoUnsubscribesAndComplainsDepartOnce() {
    topology.pipe(of(COMPLAINED, "p1", "r1").at(15), of(UNSUBSCRIBED, "u1", "r1"));
    assertThat(settledList()).containsExactly(counts(0, 0, 1, 0, 1), counts(15, 0, 0, 1, 0));
  }

  @Test
  void movesACountToTheQuarterOfAnEarlierEventThatComesLate() {
    topology.pipe(of(UNSUBSCRIBED, "u1", "r1").at(60));
    assertThat(settledList()).containsExactly(counts(60, 0, 1, 0, 1));

    topology.pipe(of(UNSUBSCRIBED, "u2", "r1").at(-60));
    assertThat(settledList()).containsExactly(counts(-60, 0, 1, 0, 1));
  }

  @Test
  void tellsMembersByRecipientElseMessageElseEvent() {
    topology.pipe(
        of(UNSUBSCRIBED, "u1", "r1").message("m1"),
        of(UNSUBSCRIBED, "u2", "r1").message("m2"),
        event(COMPLAINED, "p1", "m3").list("news"),
        event(COMPLAINED, "p2", "m3").list("news"),
        event(SUBSCRIBED, "s1").list("news"),
        event(SUBSCRIBED, "s2").list("news"));
    assertThat(settledList()).containsExactly(counts(0, 2, 1, 1, 2));
  }

  @Test
  void keepsListsAndTenantsApart() {
    topology.pipe(
        of(SUBSCRIBED, "s1", "r1"),
        of(SUBSCRIBED, "s2", "r1").list("other"),
        of(SUBSCRIBED, "s3", "r1").tenant("other"));
    assertThat(settledList()).containsExactly(counts(0, 1, 0, 0, 0));
    assertThat(topology.list(EventBuilder.TENANT, "other")).containsExactly(counts(0, 1, 0, 0, 0));
    assertThat(topology.list("other", "news")).containsExactly(counts(0, 1, 0, 0, 0));
  }

  @Test
  void countsNoTestAndNothingWithoutAList() {
    topology.pipe(
        of(SUBSCRIBED, "s1", "r1").with(event -> event.setTest(true)),
        event(UNSUBSCRIBED, "u1", "m1").recipient("r1"));
    assertThat(settledList()).isEmpty();
  }

  @Test
  void storesAnEventOfAListWithoutCampaignAsCounted() {
    topology.pipe(
        of(SUBSCRIBED, "s1", "r1").campaign(null),
        event(SUBSCRIBED, "s2").recipient("r1").campaign(null));
    topology.settle();
    assertThat(topology.judged())
        .extracting(JudgedEvent::getEventId, JudgedEvent::getCounted)
        .containsExactly(tuple("s1", true), tuple("s2", false));
  }

  @Test
  void boundsWhatIsKeptOfOneRecipient() {
    for (int i = 0; i < 130; i++) {
      topology.pipe(of(i % 2 == 0 ? SUBSCRIBED : UNSUBSCRIBED, "e" + i, "r1").at(15L * i));
    }
    topology.settle();
    assertThat(topology.list(EventBuilder.TENANT, "news")).hasSize(100);
    assertThat(topology.counter("aftersend_processor_list_overflow_total")).isEqualTo(30);
  }

  private Map<Long, List<Long>> settledList() {
    return topology.settle().list(EventBuilder.TENANT, "news");
  }

  private static EventBuilder of(EventType type, String id, String recipient) {
    return event(type, id).recipient(recipient).list("news");
  }

  private static Map.Entry<Long, List<Long>> counts(
      long minute, long subscribed, long unsubscribed, long complained, long departed) {
    return entry(
        EventBuilder.NOON.plus(Duration.ofMinutes(minute)).toEpochMilli(),
        List.of(subscribed, unsubscribed, complained, departed));
  }
}
