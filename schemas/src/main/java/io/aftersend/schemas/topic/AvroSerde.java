package io.aftersend.schemas.topic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// A serde of one record type in Avro's single-object encoding (two marker bytes, the schema's
/// fingerprint, the body).
///
/// Reads what was written with this schema or with the last released one. Safe for use by many
/// threads.
///
/// @param <T> the generated record class
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
  private static final String RELEASED = "/io/aftersend/schemas/released/";

  // Avro makes instances only of classes that the process trusts; ours are those that it generated.
  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), AvroSerde::isOurRecord));
  }

  private final BinaryMessageEncoder<T> encoder;
  private final BinaryMessageDecoder<T> decoder;
  private final String recordName;

  private AvroSerde(Class<T> recordType, Schema schema) {
    SpecificData model = SpecificData.getForClass(recordType);
    encoder = new BinaryMessageEncoder<>(model, schema);
    decoder = new BinaryMessageDecoder<>(model, schema);
    recordName = schema.getName();
  }

  /// The serde of a generated record class.
  public static <T extends SpecificRecord> AvroSerde<T> of(Class<T> recordType) {
    Schema schema = SpecificData.get().getSchema(recordType);
    AvroSerde<T> serde = new AvroSerde<>(recordType, schema);
    Schema released = releasedSchema(schema.getName());
    if (released != null) {
      serde.decoder.addSchema(released);
    }
    return serde;
  }

  private static boolean isOurRecord(Class<?> type) {
    return SpecificRecord.class.isAssignableFrom(type)
        && type.getPackageName().startsWith("io.aftersend.schemas.");
  }

  /// The last released schema of that record, or null where none was released yet.
  static @Nullable Schema releasedSchema(String recordName) {
    try (InputStream in = AvroSerde.class.getResourceAsStream(RELEASED + recordName + ".avsc")) {
      return in == null ? null : new Schema.Parser().parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the released schema of " + recordName, e);
    } catch (SchemaParseException e) {
      throw new IllegalStateException("the released schema of " + recordName + " is broken", e);
    }
  }

  /// The record's bytes.
  ///
  /// @throws SerializationException where the record lacks a field that must be there
  public byte[] encode(T record) {
    try {
      ByteBuffer bytes = encoder.encode(record);
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      return copy;
    } catch (IOException | RuntimeException e) {
      throw new SerializationException("cannot encode " + recordName + ": " + e.getMessage(), e);
    }
  }

  /// The record of these bytes.
  ///
  /// @throws SerializationException where the bytes are not of this record
  public T decode(byte[] bytes) {
    try {
      return decoder.decode(bytes);
    } catch (IOException | RuntimeException e) {
      throw new SerializationException(
          "expected an Avro " + recordName + ", got " + bytes.length + " other bytes", e);
    }
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
