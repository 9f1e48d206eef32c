package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.event;
import static io.aftersend.schemas.event.EventType.BOUNCED;
import static io.aftersend.schemas.event.EventType.COMPLAINED;
import static io.aftersend.schemas.event.EventType.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.schemas.signal.Signal;
import io.aftersend.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.TestOutputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signals of campaigns on the production topology, where rates rest on 20 mails and bounces on a
/// limit of 5 %: see [TopologyFixture#RATE_LIMITS].
final class RateSignalTest {
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
  void waitsForEnoughDeliveredMail() {
    send(0, 19);
    topology.pipe(event(COMPLAINED, "p1", "m0"));
    assertThat(raised()).isEmpty();

    send(19, 20);
    assertThat(raised()).containsExactly("complaint_rate_high alarm 2026-06-01 1/20");
  }

  @Test
  void warnsAtOneInThousandAndAlarmsAtThree() {
    send(0, 1_001);
    topology.pipe(event(COMPLAINED, "p1", "m0"));
    assertThat(raised()).as("1 of 1,001 is less than 0.1 %").isEmpty();

    topology.pipe(event(COMPLAINED, "p2", "m1"));
    assertThat(raised()).containsExactly("complaint_rate_high warning 2026-06-01 2/1001");

    topology.pipe(event(COMPLAINED, "p3", "m2"));
    assertThat(raised()).as("the same level on the same day").isEmpty();

    topology.pipe(event(COMPLAINED, "p4", "m3"));
    assertThat(raised()).containsExactly("complaint_rate_high alarm 2026-06-01 4/1001");
  }

  @Test
  void raisesAgainOnAnotherDayOnlyWhenThereAreMore() {
    send(0, 20);
    topology.pipe(event(COMPLAINED, "p1", "m0"));
    assertThat(raised()).hasSize(1);

    Instant nextDay = EventBuilder.NOON.plusSeconds(24 * 3_600);
    topology.pipe(event(SENT, "s20", "m20").ingestedAt(nextDay));
    assertThat(raised()).isEmpty();

    topology.pipe(event(COMPLAINED, "p2", "m1").ingestedAt(nextDay));
    assertThat(raised()).containsExactly("complaint_rate_high alarm 2026-06-02 2/21");
  }

  @Test
  void alarmsAtTheLimitOfBounces() {
    send(0, 40);
    topology.pipe(event(BOUNCED, "b1", "m0").bounce("hard"));
    assertThat(raised()).isEmpty();

    topology.pipe(event(BOUNCED, "b2", "m1").bounce("soft"));
    assertThat(raised()).containsExactly("bounce_rate_high alarm 2026-06-01 2/40");
  }

  private void send(int from, int to) {
    for (int i = from; i < to; i++) {
      topology.pipe(event(SENT, "s" + i, "m" + i));
    }
  }

  private List<String> raised() {
    topology.settle();
    return signals.readValuesToList().stream()
        .map(
            signal ->
                "%s %s %s %d/%d"
                    .formatted(
                        signal.getSignal(),
                        signal.getLevel(),
                        signal.getDay(),
                        signal.getNumerator(),
                        signal.getDenominator()))
        .toList();
  }
}
