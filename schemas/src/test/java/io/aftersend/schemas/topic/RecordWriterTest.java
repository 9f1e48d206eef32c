package io.aftersend.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.schemas.accounting.LaneAccounting;
import io.aftersend.schemas.campaign.CampaignSettings;
import io.aftersend.schemas.deadletter.DeadLetter;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.event.MessageRejudgement;
import io.aftersend.schemas.list.ListSettings;
import io.aftersend.schemas.metric.CampaignMetrics;
import io.aftersend.schemas.metric.ConversionAttribution;
import io.aftersend.schemas.metric.HeatmapBucket;
import io.aftersend.schemas.metric.LinkMetrics;
import io.aftersend.schemas.metric.ListMetrics;
import io.aftersend.schemas.metric.MailboxMail;
import io.aftersend.schemas.metric.MailboxMetrics;
import io.aftersend.schemas.metric.RecipientEngagement;
import io.aftersend.schemas.signal.Signal;
import io.aftersend.schemas.state.CampaignSums;
import io.aftersend.schemas.state.ListMember;
import io.aftersend.schemas.state.MailThread;
import io.aftersend.schemas.state.MessageFacts;
import io.aftersend.schemas.state.MessageHits;
import io.aftersend.schemas.state.OrderTaken;
import io.aftersend.schemas.state.PersonEvent;
import io.aftersend.schemas.state.RateAlerts;
import io.aftersend.schemas.state.RecipientActs;
import io.aftersend.schemas.state.RecipientFacts;
import io.aftersend.schemas.state.SignalFacts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordWriterTest {
  private static final int CASES = 200;
  private static final long SEED = 11;

  /// Avro makes instances of trusted classes only; that ours are is said where the serdes begin.
  @BeforeAll
  static void trustOurRecords() {
    assertThat(AvroSerde.of(EmailEvent.class)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        EmailEvent.class,
        JudgedEvent.class,
        CampaignMetrics.class,
        HeatmapBucket.class,
        ConversionAttribution.class,
        LaneAccounting.class,
        DeadLetter.class,
        MessageFacts.class,
        MessageHits.class,
        RecipientActs.class,
        CampaignSettings.class,
        ListSettings.class,
        LinkMetrics.class,
        ListMetrics.class,
        MailboxMail.class,
        MailboxMetrics.class,
        RecipientEngagement.class,
        CampaignSums.class,
        ListMember.class,
        MailThread.class,
        OrderTaken.class,
        PersonEvent.class,
        RateAlerts.class,
        RecipientFacts.class,
        SignalFacts.class,
        MessageRejudgement.class,
        Signal.class
      })
  void writesWhatAvrosOwnWriterWrites(Class<? extends SpecificRecord> type) throws IOException {
    SpecificData model = SpecificData.getForClass(type);
    Schema schema = model.getSchema(type);
    SpecificDatumWriter<SpecificRecord> avro = new SpecificDatumWriter<>(schema, model);
    RecordWriter ours = RecordWriter.of(schema);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < CASES; i++) {
      SpecificRecord record = randomRecord(schema, random);

      assertThat(bytes(out -> ours.write(record, out)))
          .as("case %d of seed %d: %s", i, SEED, record)
          .isEqualTo(bytes(out -> avro.write(record, out)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenant", "event_time", "labels"})
  void saysWhichValueIsMissing(String field) {
    Schema schema = EmailEvent.getClassSchema();
    SpecificRecord event = randomRecord(schema, new SplittableRandom(SEED));
    event.put(schema.getField(field).pos(), null);

    assertThatThrownBy(() -> bytes(out -> RecordWriter.of(schema).write(event, out)))
        .hasMessageContaining(field);
  }

  private interface Writing {
    void to(BinaryEncoder out) throws IOException;
  }

  private static byte[] bytes(Writing writing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    writing.to(encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static SpecificRecord randomRecord(Schema schema, SplittableRandom random) {
    SpecificRecord record = (SpecificRecord) SpecificData.newInstance(classOf(schema), schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), randomValue(field.schema(), random));
    }
    return record;
  }

  private static Class<?> classOf(Schema schema) {
    return SpecificData.get().getClass(schema);
  }

  private static @Nullable Object randomValue(Schema schema, SplittableRandom random) {
    if (schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
      return Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
    }
    if (schema.getLogicalType() instanceof LogicalTypes.Date) {
      return LocalDate.ofEpochDay(random.nextInt(40_000));
    }
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal) {
      return new BigDecimal(BigInteger.valueOf(random.nextLong() % 1_000_000_000_000L), 6);
    }
    return switch (schema.getType()) {
      case UNION -> random.nextBoolean() ? null : randomValue(schema.getTypes().get(1), random);
      case STRING -> "é" + Long.toString(random.nextLong(), 36).substring(random.nextInt(5));
      case BOOLEAN -> random.nextBoolean();
      case INT -> random.nextInt();
      case LONG -> random.nextLong();
      case DOUBLE -> random.nextDouble();
      case BYTES -> ByteBuffer.wrap(new byte[] {1, 2, (byte) random.nextInt()});
      case RECORD -> randomRecord(schema, random);
      case ARRAY -> {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          elements.add(randomValue(schema.getElementType(), random));
        }
        yield elements;
      }
      case MAP -> {
        Map<String, @Nullable Object> entries = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          entries.put("key" + i, randomValue(schema.getValueType(), random));
        }
        yield entries;
      }
      default -> throw new AssertionError("no generator for " + schema);
    };
  }
}
