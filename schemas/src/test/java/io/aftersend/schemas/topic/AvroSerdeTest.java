package io.aftersend.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.schemas.deadletter.DeadLetter;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.JudgedEvent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {
  private static final int CASES = 2_000;
  private static final long SEED = 20_26;

  private final AvroSerde<EmailEvent> events = AvroSerde.of(EmailEvent.class);

  @Test
  void anyEventDecodesToItself() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < CASES; i++) {
      EmailEvent event = randomEvent(random);

      assertThat(events.decode(events.encode(event)))
          .as("event %d of seed %d", i, SEED)
          .isEqualTo(event);
    }
  }

  @Test
  void eventCutAnywhereIsRefused() {
    byte[] bytes = events.encode(randomEvent(new SplittableRandom(SEED)));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(bytes, length);

      assertThatThrownBy(() -> events.decode(cut)).isInstanceOf(SerializationException.class);
    }
  }

  @Test
  void bytesOfAnotherRecordAreRefusedByName() {
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setSource("email-events")
            .setReason("undecodable")
            .setError("expected an event")
            .setTime(Instant.EPOCH)
            .build();
    byte[] bytes = AvroSerde.of(DeadLetter.class).encode(letter);

    assertThatThrownBy(() -> events.decode(bytes)).hasMessageContaining("EmailEvent");
  }

  @Test
  void judgedEventBeginsWithTheFieldsOfTheEvent() {
    List<Schema.Field> plain = EmailEvent.getClassSchema().getFields();
    List<Schema.Field> judged = JudgedEvent.getClassSchema().getFields();

    for (int i = 0; i < plain.size(); i++) {
      assertThat(judged.get(i).name()).isEqualTo(plain.get(i).name());
      assertThat(judged.get(i).schema()).isEqualTo(plain.get(i).schema());
    }
  }

  private static EmailEvent randomEvent(SplittableRandom random) {
    EmailEvent event = new EmailEvent();
    for (Schema.Field field : EmailEvent.getClassSchema().getFields()) {
      event.put(field.pos(), randomValue(field.schema(), random));
    }
    return event;
  }

  private static @Nullable Object randomValue(Schema schema, SplittableRandom random) {
    return switch (schema.getType()) {
      case UNION -> random.nextBoolean() ? null : randomValue(schema.getTypes().get(1), random);
      case STRING -> randomText(random);
      case BOOLEAN -> random.nextBoolean();
      case INT -> random.nextInt();
      case LONG -> randomLong(schema.getLogicalType(), random);
      case BYTES -> new BigDecimal(BigInteger.valueOf(random.nextLong() % 1_000_000_000_000L), 6);
      case ARRAY -> new ArrayList<>(List.of(randomText(random), randomText(random)));
      default -> throw new AssertionError("no generator for " + schema);
    };
  }

  private static Object randomLong(@Nullable LogicalType logicalType, SplittableRandom random) {
    if (logicalType instanceof LogicalTypes.TimestampMillis) {
      return Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
    }
    return random.nextLong();
  }

  private static String randomText(SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
