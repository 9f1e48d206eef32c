package io.aftersend.schemas.topic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParseException;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/// A serde of one record type in Avro's single-object encoding (two marker bytes, the schema's
/// fingerprint, the body).
///
/// Reads what was written with this schema or with that of any release. Safe for use by many
/// threads.
///
/// @param <T> the generated record class
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
  /// How many releases there are; the directory of each holds the schemas that it brought or
  /// changed. State may hold records of any of them: a message's facts are not written again until
  /// something happens to the message.
  static final int RELEASES = 3;

  // Avro makes instances only of classes that the process trusts; ours are those that it generated.
  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), AvroSerde::isOurRecord));
  }

  /// Two marker bytes and the schema's fingerprint.
  private static final int HEADER_BYTES = 10;

  private static final short MARKER = 0x01C3;

  private final BinaryMessageDecoder<T> ofAnyRelease;
  private final Class<T> recordType;
  private final RecordReader reader;
  private final RecordWriter writer;
  private final byte[] header;
  private final String recordName;
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

  /// What one thread uses again for every record.
  private static final class Scratch {
    private final ByteOutput out = new ByteOutput();
    private final ByteInput in = new ByteInput();
  }

  private AvroSerde(Class<T> recordType, Schema schema) {
    this.recordType = recordType;
    SpecificData model = SpecificData.getForClass(recordType);
    ofAnyRelease = new BinaryMessageDecoder<>(model, schema);
    reader = RecordReader.of(schema);
    writer = RecordWriter.of(schema);
    header =
        ByteBuffer.allocate(HEADER_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort(MARKER)
            .putLong(SchemaNormalization.parsingFingerprint64(schema))
            .array();
    recordName = schema.getName();
  }

  /// The serde of a generated record class.
  public static <T extends SpecificRecord> AvroSerde<T> of(Class<T> recordType) {
    Schema schema = SpecificData.get().getSchema(recordType);
    AvroSerde<T> serde = new AvroSerde<>(recordType, schema);
    releasedSchemas(schema.getName()).forEach(serde.ofAnyRelease::addSchema);
    return serde;
  }

  private static boolean isOurRecord(Class<?> type) {
    return SpecificRecord.class.isAssignableFrom(type)
        && type.getPackageName().startsWith("io.aftersend.schemas.");
  }

  /// The schemas of that record in every release that had it, oldest first.
  static List<Schema> releasedSchemas(String recordName) {
    List<Schema> schemas = new ArrayList<>();
    for (int release = 1; release <= RELEASES; release++) {
      String resource = "/io/aftersend/schemas/released/%d/%s.avsc".formatted(release, recordName);
      try (InputStream in = AvroSerde.class.getResourceAsStream(resource)) {
        if (in != null) {
          schemas.add(new Schema.Parser().parse(in));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + resource, e);
      } catch (SchemaParseException e) {
        throw new IllegalStateException(resource + " is broken", e);
      }
    }
    return schemas;
  }

  /// The record's bytes.
  ///
  /// @throws SerializationException where the record lacks a field that must be there
  public byte[] encode(T record) {
    ByteOutput out = scratch.get().out;
    out.reset();
    try {
      out.write(header);
      writer.write(record, out);
      return out.toByteArray();
    } catch (RuntimeException e) {
      throw new SerializationException("cannot encode " + recordName + ": " + e.getMessage(), e);
    }
  }

  /// The record of these bytes.
  ///
  /// @throws SerializationException where the bytes are not of this record
  public T decode(byte[] bytes) {
    try {
      return isOfThisSchema(bytes) ? decodeBody(bytes) : ofAnyRelease.decode(bytes);
    } catch (IOException | RuntimeException e) {
      throw new SerializationException(
          "expected an Avro " + recordName + ", got " + bytes.length + " other bytes", e);
    }
  }

  private boolean isOfThisSchema(byte[] bytes) {
    return bytes.length >= HEADER_BYTES
        && Arrays.equals(bytes, 0, HEADER_BYTES, header, 0, HEADER_BYTES);
  }

  private T decodeBody(byte[] bytes) {
    ByteInput in = scratch.get().in;
    in.start(bytes, HEADER_BYTES);
    return recordType.cast(reader.read(in));
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, record) -> record == null ? null : encode(record);
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> bytes == null ? null : decode(bytes);
  }
}
