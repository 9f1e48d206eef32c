package io.aftersend.processor.sink;

import io.aftersend.schemas.accounting.LaneAccounting;
import io.aftersend.schemas.campaign.CampaignSettings;
import io.aftersend.schemas.event.JudgedEvent;
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
import io.aftersend.schemas.topic.Topic;
import io.aftersend.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/// A table of ClickHouse and the topic that fills it: each field of the record is the column of
/// that name.
///
/// Rows go in as an Avro file made of the records' own bytes, so that nothing is decoded on the
/// way. Only records of an older schema are.
final class SinkTable {
  /// Before the body, Avro's single-object encoding has two marker bytes and the schema's
  /// fingerprint.
  private static final int HEADER_BYTES = 10;

  private static final byte MARKER_1 = (byte) 0xC3;
  private static final byte MARKER_2 = 0x01;

  private final Topic<String, ? extends SpecificRecord> topic;
  private final String table;
  private final Schema schema;
  private final long fingerprint;

  private <V extends SpecificRecord> SinkTable(
      Topic<String, V> topic, String table, Class<V> recordType) {
    this.topic = topic;
    this.table = table;
    this.schema = SpecificData.get().getSchema(recordType);
    this.fingerprint = SchemaNormalization.parsingFingerprint64(schema);
  }

  /// The tables with a row for each event and revision.
  static List<SinkTable> ofEvents(Topics topics) {
    return List.of(new SinkTable(topics.judgedEvents(), "event_log", JudgedEvent.class));
  }

  /// The tables of what was counted, attributed, noticed or set.
  static List<SinkTable> ofNumbers(Topics topics) {
    return List.of(
        new SinkTable(topics.campaignMetrics(), "campaign_metrics", CampaignMetrics.class),
        new SinkTable(topics.linkMetrics(), "link_metrics", LinkMetrics.class),
        new SinkTable(topics.heatmapBuckets(), "heatmap_buckets", HeatmapBucket.class),
        new SinkTable(topics.campaigns(), "campaigns", CampaignSettings.class),
        new SinkTable(topics.lists(), "lists", ListSettings.class),
        new SinkTable(topics.listMetrics(), "list_metrics", ListMetrics.class),
        new SinkTable(
            topics.conversionAttributions(),
            "conversion_attributions",
            ConversionAttribution.class),
        new SinkTable(topics.mailboxMetrics(), "mailbox_metrics", MailboxMetrics.class),
        new SinkTable(topics.mailboxMails(), "mailbox_mails", MailboxMail.class),
        new SinkTable(
            topics.recipientEngagement(), "recipient_engagement", RecipientEngagement.class),
        new SinkTable(topics.signals(), "signals", Signal.class),
        new SinkTable(topics.accounting(), "accounting", LaneAccounting.class));
  }

  String topicName() {
    return topic.name();
  }

  String table() {
    return table;
  }

  /// Whether a later record of a key takes the earlier one's place.
  boolean isLastOfKey() {
    return topic.retention() instanceof Topic.Retention.LastOfKey;
  }

  /// The bytes of a record's row.
  ///
  /// @throws SerializationException where the bytes are no such record
  ByteBuffer body(byte[] value) {
    if (value.length >= HEADER_BYTES && value[0] == MARKER_1 && value[1] == MARKER_2) {
      ByteBuffer buffer = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
      if (buffer.getLong(2) == fingerprint) {
        return buffer.position(HEADER_BYTES).slice();
      }
    }
    return body(encodeAnew(topic, value));
  }

  private static <V extends SpecificRecord> byte[] encodeAnew(
      Topic<String, V> topic, byte[] value) {
    V record = topic.valueSerde().deserializer().deserialize(topic.name(), value);
    return topic.valueSerde().serializer().serialize(topic.name(), record);
  }

  /// Whether the bytes of a row are one whole record.
  boolean isReadable(SinkRow row) {
    ByteBuffer body = row.body();
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(
                body.array(), body.arrayOffset() + body.position(), body.remaining(), null);
    try {
      new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
      return decoder.isEnd();
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /// The Avro file of these rows.
  byte[] file(List<SinkRow> rows) {
    int bytes = 8_192;
    for (SinkRow row : rows) {
      bytes += row.body().remaining();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes);
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, out);
      for (SinkRow row : rows) {
        writer.appendEncoded(row.body().duplicate());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return out.toByteArray();
  }
}
