package io.aftersend.schemas.topic;

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
import io.aftersend.schemas.webhook.DeadDelivery;
import io.aftersend.schemas.webhook.WebhookProgress;
import io.aftersend.schemas.webhook.WebhookSubscription;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Random records of all our types, and the bytes that Avro itself writes of them.
final class RandomRecords {
  private RandomRecords() {}

  /// All types that have a serde.
  static Stream<Class<? extends SpecificRecord>> types() {
    return Stream.of(
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
        Signal.class,
        WebhookSubscription.class,
        WebhookProgress.class,
        DeadDelivery.class);
  }

  /// Makes one of Avro's encoders.
  interface Encoders {
    BinaryEncoder of(OutputStream out, @Nullable BinaryEncoder reused);
  }

  static byte[] avroBytes(SpecificRecord record, Encoders encoders) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = encoders.of(bytes, null);
    SpecificData model = SpecificData.getForClass(record.getClass());
    new SpecificDatumWriter<SpecificRecord>(record.getSchema(), model).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  /// A record with a random value in every field.
  static SpecificRecord of(Schema schema, SplittableRandom random) {
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
      case RECORD -> of(schema, random);
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
