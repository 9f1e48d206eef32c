package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.event;
import static io.aftersend.schemas.event.EventType.ATTACHMENT_OPENED;
import static io.aftersend.schemas.event.EventType.CLICKED;
import static io.aftersend.schemas.event.EventType.CONVERTED;
import static io.aftersend.schemas.event.EventType.FORWARDED;
import static io.aftersend.schemas.event.EventType.OPENED;
import static io.aftersend.schemas.event.EventType.REPLIED;
import static io.aftersend.schemas.event.EventType.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.signal.Signal;
import io.aftersend.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestOutputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signals of persons on the production topology. Noon is 16:00 of the tenant, so the tenant's day
/// ends 480 minutes later.
final class SignalTest {
  private static final int DAY = 24 * 60;
  private static final String WINDOWS =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/128.0.0.0 Safari/537.36";
  private static final String IPHONE =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
          + " Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
  private static final String LINUX =
      "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.1.0";

  private TopologyFixture topology;
  private TestOutputTopic<String, Signal> signals;

  @BeforeEach
  void start(@TempDir Path directory) {
    topology = new TopologyFixture(directory);
    signals = topology.output(Topics.withPrefix("").signals());
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void raisesTheThirdOpeningOfADay() {
    topology.pipe(of(OPENED, "o1").at(400), of(OPENED, "o2").at(470));
    assertThat(raised()).isEmpty();

    topology.pipe(of(OPENED, "o3").at(481), of(OPENED, "o4").at(500));
    assertThat(raised()).as("two in each of two days of the tenant").isEmpty();

    topology.pipe(of(OPENED, "o5").at(479));
    assertThat(raised()).containsExactly("opened_often|m:m1|2026-06-01");

    topology.pipe(of(OPENED, "o6").at(478), of(OPENED, "o7").at(510), of(OPENED, "o8").at(520));
    assertThat(raised()).containsExactly("opened_often|m:m1|2026-06-02");
  }

  @Test
  void countsNoOpeningOfAMachineAndNoRepeat() {
    topology.pipe(
        of(OPENED, "o1").at(100),
        of(OPENED, "o1").at(100),
        of(OPENED, "o2").at(101),
        of(OPENED, "o3").at(102).head(),
        of(OPENED, "o4").at(103).with(event -> event.setTest(true)),
        event(OPENED, "o5", "m2").recipient("ann").at(104));
    assertThat(raised()).isEmpty();
  }

  @Test
  void raisesEachActOnceForItsMessageAndDay() {
    topology.pipe(
        of(CLICKED, "c1").at(100).link("a"),
        of(CLICKED, "c2").at(200).link("b"),
        of(CLICKED, "c3").at(500).link("b"),
        of(ATTACHMENT_OPENED, "a1").at(210).link("file"),
        of(FORWARDED, "f1").at(220),
        of(REPLIED, "r1").at(230),
        of(REPLIED, "r2").at(240),
        of(CONVERTED, "v1").at(250));
    assertThat(raised())
        .containsExactlyInAnyOrder(
            "clicked|m:m1|2026-06-01",
            "clicked|m:m1|2026-06-02",
            "attachment_opened|m:m1|2026-06-01",
            "forwarded|m:m1|2026-06-01",
            "replied|m:m1|2026-06-01",
            "converted|m:m1|2026-06-01");
  }

  @Test
  void raisesNothingForMachinesAndAutoReplies() {
    topology.pipe(
        of(CLICKED, "c1").at(100).link("a").head(),
        of(REPLIED, "r1").at(230).with(event -> event.setAutoReply(true)));
    assertThat(raised()).isEmpty();
  }

  @Test
  void namesTheRecipientWhereThereIsNoMessage() {
    topology.pipe(event(CONVERTED, "v1").campaign(null).recipient("ann").at(100));
    assertThat(raised()).containsExactly("converted|r:ann|2026-06-01");
  }

  @Test
  void raisesAnOpeningAfterThirtyQuietDays() {
    topology.pipe(
        of(OPENED, "o1").at(0),
        event(OPENED, "o2", "m2").recipient("ann").at(30L * DAY - 1),
        event(OPENED, "o3", "m3").recipient("ann").at(60L * DAY - 1));
    assertThat(raised()).containsExactly("revived|m:m3|2026-07-31");
  }

  @Test
  void raisesTheFirstOpeningOfAnOldMailOnly() {
    topology.pipe(
        of(SENT, "s1").at(0),
        event(SENT, "s2", "m2").recipient("ann").at(1),
        event(OPENED, "o0", "m2").recipient("ann").at(20L * DAY),
        event(OPENED, "o1", "m2").recipient("ann").at(30L * DAY + 5),
        of(OPENED, "o2").at(30L * DAY),
        of(OPENED, "o3").at(31L * DAY));
    assertThat(raised()).containsExactly("revived|m:m1|2026-07-01");
  }

  @Test
  void infersAForwardFromTwoOtherReaders() {
    topology.pipe(
        of(OPENED, "o1").at(100).ip("192.0.2.0").agent(WINDOWS),
        of(OPENED, "o2").at(300).ip("198.51.100.0").agent(IPHONE),
        of(OPENED, "o3").at(500).ip("198.51.100.0").agent(IPHONE));
    assertThat(raised()).as("one person at home and on the way").isEmpty();

    topology.pipe(of(OPENED, "o4").at(2_000).ip("203.0.113.0").agent(LINUX));
    assertThat(raised()).containsExactly("forwarded|m:m1|2026-06-03");

    topology.pipe(of(OPENED, "o5").at(4_000).ip("203.0.113.0").agent(LINUX));
    assertThat(raised()).as("nobody new").isEmpty();
  }

  @Test
  void writesTheSameIdAndTheCause() {
    topology.pipe(of(CLICKED, "c1").at(100).link("a"));
    topology.settle();
    KeyValue<String, Signal> record = signals.readKeyValue();
    assertThat(record.key).isEqualTo("acme|clicked|m:m1|2026-06-01");
    assertThat(record.value.getSignalId()).isEqualTo(record.key);
    assertThat(record.value.getEventId()).isEqualTo("c1");
    assertThat(record.value.getRecipient()).isEqualTo("ann");
    assertThat(record.value.getCampaign()).isEqualTo("spring");
    assertThat(topology.counter("aftersend_processor_signals_total", "signal", "clicked"))
        .isEqualTo(1);
  }

  private List<String> raised() {
    topology.settle();
    return signals.readKeyValuesToList().stream()
        .map(record -> record.key.substring("acme|".length()))
        .toList();
  }

  private static EventBuilder of(EventType type, String id) {
    return event(type, id, "m1").recipient("ann");
  }
}
