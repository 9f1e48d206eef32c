package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.NOON;
import static io.aftersend.processor.EventBuilder.event;
import static io.aftersend.schemas.event.EventType.OPENED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.aftersend.schemas.deadletter.DeadLetter;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Records of the topic of events that cannot be used.
final class DeadLetterTest {
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
  void setsUndecodableBytesAsideAndGoesOn() {
    byte[] garbage = "garbage".getBytes(StandardCharsets.UTF_8);
    topology.pipe(event(OPENED, "o1", "m1"));
    topology.pipe("acme|m:m1", garbage, NOON);
    topology.pipe(event(OPENED, "o2", "m1"));
    DeadLetter letter = onlyLetter();
    assertThat(letter.getReason()).isEqualTo("undecodable");
    assertThat(letter.getSource()).isEqualTo("email-events");
    assertThat(letter.getPartition()).isZero();
    assertThat(letter.getOffset()).isEqualTo(1);
    assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(garbage));
    assertThat(letter.getKey())
        .isEqualTo(ByteBuffer.wrap("acme|m:m1".getBytes(StandardCharsets.UTF_8)));
    assertThat(topology.counters()).contains(entry("opened.total", 2L));
    assertThat(topology.counter("aftersend_processor_dead_letters_total", "reason", "undecodable"))
        .isEqualTo(1);
  }

  @Test
  void setsARecordWithoutValueAside() {
    topology.pipe("acme|m:m1", null, NOON);
    assertThat(onlyLetter().getReason()).isEqualTo("empty");
  }

  @Test
  void setsARecordThatIsTooLargeAside() {
    topology.pipe("acme|m:m1", new byte[1_000_000], NOON);
    DeadLetter letter = onlyLetter();
    assertThat(letter.getReason()).isEqualTo("too_large");
    assertThat(letter.getError()).contains("value of 1000000 bytes cut to 262144");
  }

  @Test
  void setsAnUnknownTypeAside() {
    topology.pipe(event(OPENED, "o1", "m1").with(event -> event.setType("teleported")));
    DeadLetter letter = onlyLetter();
    assertThat(letter.getReason()).isEqualTo("unknown_type");
    assertThat(letter.getError()).contains("teleported");
  }

  @Test
  void setsAnIdWithOtherCharactersAside() {
    topology.pipe(event(OPENED, "o1", "m1").campaign("a|b"));
    DeadLetter letter = onlyLetter();
    assertThat(letter.getReason()).isEqualTo("bad_id");
    assertThat(letter.getError()).contains("campaign").contains("a|b");
  }

  @Test
  void setsATimeThatNoTableHoldsAside() {
    topology.pipe(event(OPENED, "o1", "m1").at(Instant.parse("9999-01-01T00:00:00Z")));
    assertThat(onlyLetter().getReason()).isEqualTo("bad_time");
  }

  @Test
  void setsAnEventUnderAnotherMessagesKeyAside() {
    EmailEvent event = event(OPENED, "o1", "m1").build();
    byte[] value =
        Topics.withPrefix("").emailEvents().valueSerde().serializer().serialize("", event);
    topology.pipe("acme|m:m2", value, NOON);
    topology.pipe(null, value, NOON);
    assertThat(topology.settle().deadLetters())
        .extracting(DeadLetter::getReason)
        .containsExactly("wrong_key", "wrong_key");
    assertThat(topology.counters()).isEmpty();
  }

  private DeadLetter onlyLetter() {
    assertThat(topology.settle().deadLetters()).hasSize(1);
    return topology.deadLetters().getFirst();
  }
}
