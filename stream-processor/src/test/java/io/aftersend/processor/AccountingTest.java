package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.NOON;
import static io.aftersend.processor.EventBuilder.event;
import static io.aftersend.schemas.event.EventType.CONVERTED;
import static io.aftersend.schemas.event.EventType.OPENED;
import static io.aftersend.schemas.event.EventType.SENT;
import static io.aftersend.schemas.event.EventType.SUBSCRIBED;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.schemas.accounting.LaneAccounting;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventKey;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the accounting says of single records.
final class AccountingTest {
  private static final String JOURNAL = "00f1e2d3c4b5a697";

  private TopologyFixture topology;

  @BeforeEach
  void start(@TempDir Path directory) {
    topology = new TopologyFixture(directory);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  private static EventBuilder hit(String message, int lane, long sequence) {
    return event(OPENED, JOURNAL + "-" + lane + "-" + sequence, message)
        .in(JOURNAL, lane, sequence);
  }

  private static EventBuilder post(String id, String message, long sequence) {
    return event(SENT, id, message).in(JOURNAL, 0, sequence);
  }

  private void assertLane(int lane, String expected) {
    assertThat(topology.settle().lane(JOURNAL, lane)).isEqualTo(expected);
  }

  @Test
  void keepsTheLanesApart() {
    topology.pipe(hit("m1", 0, 1), hit("m1", 0, 2), hit("m1", 3, 1));
    assertLane(0, "highest 2, stored 2, repeats 0, resent 0, dropped {}");
    assertLane(3, "highest 1, stored 1, repeats 0, resent 0, dropped {}");
    LaneAccounting last = topology.accounting().getLast().value;
    assertThat(last.getStage()).isEqualTo("processor");
    assertThat(last.getEdge()).isNull();
    assertThat(last.getAcknowledged()).isNull();
    assertThat(last.getWaiting()).isNull();
  }

  @Test
  void countsAHitThatWasSentAgainApart() {
    topology.pipe(hit("m1", 0, 1), hit("m1", 0, 1), hit("m1", 0, 1));
    assertLane(0, "highest 1, stored 1, repeats 0, resent 2, dropped {}");
    assertThat(topology.judged()).hasSize(1);
    assertThat(topology.counter("aftersend_processor_resent_total")).isEqualTo(2);
    assertThat(topology.counter("aftersend_processor_repeats_total")).isZero();
  }

  @Test
  void countsAPostThatWasSentAgainApart() {
    topology.pipe(post("order-17", "m1", 1), post("order-17", "m1", 1));
    assertLane(0, "highest 1, stored 1, repeats 0, resent 1, dropped {}");
  }

  @Test
  void tellsTheSendersRepeatsFromRecordsThatWereSentAgain() {
    topology.pipe(
        post("order-17", "m1", 1),
        post("order-17", "m1", 2),
        post("order-17", "m1", 2),
        post("order-17", "m1", 1),
        post("order-17", "m1", 3),
        post("order-17", "m2", 4));
    assertLane(0, "highest 4, stored 2, repeats 2, resent 2, dropped {}");
  }

  @Test
  void takesTheSameSequenceOfAnotherJournalForARepeat() {
    String other = "ffffffffffffffff";
    topology.pipe(post("order-17", "m1", 1), post("order-17", "m1", 1).in(other, 0, 1));
    assertLane(0, "highest 1, stored 1, repeats 0, resent 0, dropped {}");
    assertThat(topology.lane(other, 0))
        .isEqualTo("highest 1, stored 0, repeats 1, resent 0, dropped {}");
  }

  @Test
  void countsWhatIsStoredButEntersNoCount() {
    topology.pipe(
        hit("m1", 0, 1).with(proof -> proof.setTest(true)),
        event(SUBSCRIBED, "s1").campaign(null).in(JOURNAL, 0, 2),
        event(CONVERTED, "c1", "m1").order("o").in(JOURNAL, 0, 3),
        event(CONVERTED, "c2", "m1").order("o").in(JOURNAL, 0, 4));
    assertLane(0, "highest 4, stored 4, repeats 0, resent 0, dropped {}");
    assertThat(topology.judged()).hasSize(4);
  }

  @Test
  void countsRecordsThatAreSetAsideAsDroppedByReason() {
    topology.pipe(
        hit("m1", 0, 1),
        hit("m1", 0, 2).with(event -> event.setType("teleported")),
        hit("m1", 0, 3).campaign("a|b"),
        hit("m1", 0, 4).campaign("c|d"),
        hit("m1", 0, 3).campaign("a|b"));
    assertLane(0, "highest 4, stored 1, repeats 0, resent 1, dropped {bad_id=2, unknown_type=1}");
  }

  @Test
  void countsARecordThatIsTooLargeAsDropped() {
    topology.pipe(hit("m1", 0, 1).agent("x".repeat(1_000_000)));
    assertLane(0, "highest 1, stored 0, repeats 0, resent 0, dropped {too_large=1}");
    assertThat(topology.deadLetters()).hasSize(1);
  }

  @Test
  void countsARecordUnderAnotherMessagesKeyAsDropped() {
    EmailEvent event = hit("m1", 0, 1).build();
    byte[] value =
        Topics.withPrefix("").emailEvents().valueSerde().serializer().serialize("", event);
    topology.pipe("acme|m:m2", value, NOON);
    assertLane(0, "highest 1, stored 0, repeats 0, resent 0, dropped {wrong_key=1}");
  }

  @Test
  void countsARowThatClickHouseRefusedAsDroppedHoweverOftenItIsSaid() {
    topology.pipe(hit("m1", 0, 1), hit("m1", 0, 2));
    topology.settle();
    topology.refuse(topology.lastJudged());
    topology.refuse(topology.lastJudged());
    topology.pipe(hit("m1", 0, 2));
    assertLane(0, "highest 2, stored 1, repeats 0, resent 1, dropped {refused_by_clickhouse=1}");
  }

  @Test
  void keepsTheRowOfWhichALaterRevisionWasRefused() {
    topology.pipe(hit("m1", 0, 1));
    JudgedEvent revision = JudgedEvent.newBuilder(topology.settle().lastJudged()).build();
    revision.setRevision(2L);
    topology.refuse(revision);
    assertLane(0, "highest 1, stored 1, repeats 0, resent 0, dropped {}");
  }

  @Test
  void passesOverADeadLetterThatCannotBeRead() {
    topology.pipe(hit("m1", 0, 1));
    topology.pipeDeadLetter("garbage".getBytes(StandardCharsets.UTF_8));
    assertLane(0, "highest 1, stored 1, repeats 0, resent 0, dropped {}");
  }

  @Test
  void accountsForNoEventThatNoJournalMade() {
    topology.pipe(
        event(OPENED, "o1", "m1"),
        event(OPENED, "o2", "m1").in("not|a|journal", 0, 1),
        event(OPENED, "o3", "m1").in(JOURNAL.toUpperCase(java.util.Locale.ROOT), 0, 1),
        event(OPENED, "o4", "m1").in(JOURNAL, -1, 1),
        event(OPENED, "o5", "m1").in(JOURNAL, 0, 0));
    assertThat(topology.settle().accounting()).isEmpty();
    assertThat(topology.judged()).hasSize(5);
  }

  @Test
  void saysUntilWhenAllRowsAreThere() {
    topology.pipe(
        hit("m1", 0, 1).ingestedAt(NOON.plus(Duration.ofDays(2))),
        hit("m1", 0, 2),
        hit("m1", 0, 2));
    topology.settle();
    assertThat(topology.accounting().getLast().value.getFirstExpiry())
        .isEqualTo(LocalDate.of(2026, 6, 1).plusDays(TopologyFixture.RETENTION_DAYS));
  }

  @Test
  void passesALaneOnOnceForAllItsChangesAndNotAgainWithoutOne() {
    topology.pipe(hit("m1", 0, 1), hit("m1", 0, 2), hit("m2", 0, 3));
    topology.settle().settle().settle();
    assertThat(topology.accounting()).hasSize(1);
    topology.pipe(hit("m1", 0, 4));
    topology.settle();
    // The driver commits after each record, and so each is a version.
    assertThat(topology.accounting())
        .extracting(row -> row.value.getVersion())
        .containsExactly(3L, 4L);
  }

  @Test
  void passesOnWhatWasLeftByAnEarlierRun() {
    topology.pipe(hit("m1", 0, 1));
    LaneAccounting sum = LaneAccounting.newBuilder(settledLane()).setVersion(7).build();
    KeyValueStore<String, LaneAccounting> changed =
        topology.driver().getKeyValueStore("changed-lanes");
    changed.put("0000000000000000|5", LaneAccounting.newBuilder(sum).setLane(5).build());
    topology.settle();
    assertThat(topology.accounting())
        .extracting(row -> row.key)
        .contains("processor|" + JOURNAL + "|5");
    assertThat(changed.get("0000000000000000|5")).isNull();
  }

  private LaneAccounting settledLane() {
    KeyValue<String, LaneAccounting> row = topology.settle().accounting().getLast();
    return row.value;
  }

  @Test
  void forgetsALaneThatDidNotChangeForLong() {
    topology.pipe(hit("m1", 0, 1), hit("m1", 0, 2));
    topology.settle();
    topology.pipe(hit("m1", 0, 3).ingestedAt(NOON.plus(Duration.ofDays(39))));
    assertLane(0, "highest 3, stored 3, repeats 0, resent 0, dropped {}");
    topology.pipe(hit("m9", 1, 1).ingestedAt(NOON.plus(Duration.ofDays(200))));
    topology.settle();
    topology.pipe(hit("m1", 0, 4).ingestedAt(NOON.plus(Duration.ofDays(200))));
    assertLane(0, "highest 4, stored 1, repeats 0, resent 0, dropped {}");
  }

  @Test
  void readsAMemoryOfIdsThatNamesNoPosition() {
    EmailEvent hit = hit("m1", 0, 1).build();
    EmailEvent post = post("order-17", "m1", 2).build();
    remember(hit);
    remember(post);
    topology.pipe(hit);
    topology.pipe(post);
    assertLane(0, "highest 2, stored 0, repeats 1, resent 1, dropped {}");
  }

  private void remember(EmailEvent event) {
    WindowStore<String, byte[]> repeats = topology.driver().getWindowStore("repeats");
    long timeMs = NOON.toEpochMilli();
    long span = timeMs - Math.floorMod(timeMs, TopologyFixture.HORIZON.toMillis());
    repeats.put(EventKey.of(event) + "|" + event.getEventId(), new byte[] {1}, span);
  }
}
