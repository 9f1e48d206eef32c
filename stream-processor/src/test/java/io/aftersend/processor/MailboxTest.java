package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.event;
import static io.aftersend.schemas.event.EventType.RECEIVED;
import static io.aftersend.schemas.event.EventType.REPLIED;
import static io.aftersend.schemas.event.EventType.SENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mailboxes on the production topology; expected numbers are worked out by hand.
final class MailboxTest {
  private static final String TENANT = EventBuilder.TENANT;

  private TopologyFixture topology;
  private MailboxFixture mailboxes;

  @BeforeEach
  void start(@TempDir Path directory) {
    topology = new TopologyFixture(directory);
    mailboxes = new MailboxFixture(topology);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void measuresFromEachMailReceivedToTheFirstSentAfterIt() {
    topology.pipe(
        mail(RECEIVED, "a").at(0),
        mail(RECEIVED, "b").at(20),
        mail(SENT, "c").at(50),
        mail(SENT, "d").at(90),
        mail(RECEIVED, "e").at(100));
    assertThat(mails())
        .containsExactly(
            "t1/a received 50",
            "t1/b received 30",
            "t1/c sent 50",
            "t1/d sent 10",
            "t1/e received -");
  }

  @Test
  void countsAQuarterWithTheAnswersToItsMail() {
    topology.pipe(
        mail(RECEIVED, "a").at(0),
        mail(RECEIVED, "b").at(14),
        mail(RECEIVED, "c").at(15),
        mail(SENT, "d").at(60));
    assertThat(quarters())
        .containsOnly(
            quarter("|", 0, 0, 2, 0, 0, 2, 1),
            quarter("|", 15, 0, 1, 0, 0, 1, 1),
            quarter("|", 60, 1, 0, 0, 0, 0, 0));
  }

  @Test
  void takesAnHourForNoLongerUnderSixtyMinutes() {
    topology.pipe(mail(RECEIVED, "a").at(0), mail(SENT, "b").at(60));
    assertThat(quarters()).contains(quarter("|", 0, 0, 1, 0, 0, 1, 0));
  }

  @Test
  void takesAMailOfTheSameTimeForTheAnswer() {
    topology.pipe(mail(RECEIVED, "a").at(5), mail(SENT, "b").at(5));
    assertThat(mails()).containsExactly("t1/a received 0", "t1/b sent 0");
  }

  @Test
  void followsAnEarlierAnswerThatArrivesLate() {
    topology.pipe(mail(RECEIVED, "a").at(0), mail(SENT, "c").at(120));
    assertThat(mails()).contains("t1/a received 120");

    topology.pipe(mail(SENT, "b").at(30));
    assertThat(mails()).containsExactly("t1/a received 30", "t1/b sent -", "t1/c sent -");
    assertThat(quarters()).contains(quarter("|", 0, 0, 1, 0, 0, 1, 1));
  }

  @Test
  void leavesOutWhatMachinesWrite() {
    topology.pipe(
        mail(RECEIVED, "a").at(0).with(event -> event.setAutoReply(true)),
        mail(SENT, "b").at(10),
        mail(RECEIVED, "c").at(11).with(event -> event.setAutoReply(true)),
        mail(REPLIED, "d").at(12).with(event -> event.setAutoReply(true)),
        mail(REPLIED, "e").at(40));
    assertThat(mails()).containsExactly("t1/a received -", "t1/b sent 30", "t1/c received -");
    assertThat(quarters())
        .containsOnly(quarter("|", 0, 1, 2, 2, 0, 0, 0), quarter("|", 30, 0, 0, 0, 1, 0, 0));
  }

  @Test
  void answersOnlyWithinMailboxAndThread() {
    topology.pipe(
        mail(RECEIVED, "a").at(0),
        mail(SENT, "b").at(10).with(event -> event.setThread("t2")),
        mail(SENT, "c").at(20).with(event -> event.setMailbox("other")),
        mail(SENT, "d").at(30).tenant("other"));
    assertThat(mails()).containsExactly("t1/a received -", "t2/b sent -");
  }

  @Test
  void countsMailWithoutAThreadAsSentOrReceivedAlone() {
    topology.pipe(
        mail(RECEIVED, "a").at(0).with(event -> event.setThread(null)),
        mail(SENT, "b").at(1).with(event -> event.setThread(null)));
    assertThat(mails()).isEmpty();
    assertThat(quarters()).containsOnly(quarter("|", 0, 1, 1, 0, 0, 0, 0));
  }

  @Test
  void countsByLabelAndFolderBesideTheWhole() {
    topology.pipe(
        mail(RECEIVED, "a")
            .at(0)
            .with(event -> event.setLabels(List.of("vip", "sales", "vip")))
            .with(event -> event.setFolder("Inbox|Old")),
        mail(SENT, "b").at(5).with(event -> event.setLabels(List.of("sales"))));
    assertThat(quarters())
        .containsOnly(
            quarter("|", 0, 1, 1, 0, 0, 1, 1),
            quarter("label|vip", 0, 0, 1, 0, 0, 1, 1),
            quarter("label|sales", 0, 1, 1, 0, 0, 1, 1),
            quarter("folder|Inbox|Old", 0, 0, 1, 0, 0, 1, 1));
  }

  @Test
  void countsNoRepeatNoTestAndNoOtherType() {
    topology.pipe(
        mail(RECEIVED, "a").at(0),
        mail(RECEIVED, "a").at(0),
        mail(SENT, "b").at(1).with(event -> event.setTest(true)),
        mail(EventType.DELIVERED, "c").at(2));
    assertThat(mails()).containsExactly("t1/a received -");
    assertThat(quarters()).containsOnly(quarter("|", 0, 0, 1, 0, 0, 0, 0));
  }

  @Test
  void storesMailWithoutACampaignAsCounted() {
    topology.pipe(mail(RECEIVED, "a").campaign(null), event(RECEIVED, "b").campaign(null));
    topology.settle();
    assertThat(topology.judged())
        .extracting(JudgedEvent::getEventId, JudgedEvent::getCounted)
        .containsExactly(tuple("a", true), tuple("b", false));
  }

  @Test
  void boundsWhatIsKeptOfOneConversation() {
    for (int i = 0; i < 203; i++) {
      topology.pipe(mail(RECEIVED, "e" + i));
    }
    assertThat(mails()).hasSize(200);
    assertThat(quarters()).containsOnly(quarter("|", 0, 0, 203, 0, 0, 0, 0));
    assertThat(topology.counter("aftersend_processor_mailbox_overflow_total")).isEqualTo(3);
  }

  private List<String> mails() {
    topology.settle();
    return mailboxes.settle().mails(TENANT, "ann");
  }

  private Map<String, List<Long>> quarters() {
    topology.settle();
    return mailboxes.settle().quarters(TENANT, "ann");
  }

  private static EventBuilder mail(EventType type, String id) {
    return event(type, id)
        .campaign(null)
        .with(event -> event.setMailbox("ann"))
        .with(event -> event.setThread("t1"));
  }

  private static Map.Entry<String, List<Long>> quarter(String slice, long minute, long... counts) {
    long startMs = EventBuilder.NOON.plus(Duration.ofMinutes(minute)).toEpochMilli();
    return entry(slice + "|" + startMs, Arrays.stream(counts).boxed().toList());
  }
}
