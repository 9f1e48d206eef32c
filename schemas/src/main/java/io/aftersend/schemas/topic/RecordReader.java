package io.aftersend.schemas.topic;

import java.lang.reflect.Constructor;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Reads records that were written with the same schema, the counterpart of [RecordWriter]: the
/// plan is made once, and texts are made straight from the record's bytes.
///
/// Knows what our schemas use, and refuses others when it is made. Safe for any thread.
final class RecordReader {
  private static final Conversions.DecimalConversion DECIMAL = new Conversions.DecimalConversion();

  private final Constructor<?> made;
  private final Step[] fields;

  /// Reads one value.
  private interface Step {
    @Nullable Object read(ByteInput in);
  }

  private RecordReader(Constructor<?> made, Step[] fields) {
    this.made = made;
    this.fields = fields;
  }

  /// @throws IllegalArgumentException where the schema has a type that is not known here, or no
  ///   class
  static RecordReader of(Schema schema) {
    Class<?> type = SpecificData.get().getClass(schema);
    if (type == null || !SpecificRecord.class.isAssignableFrom(type)) {
      throw new IllegalArgumentException("expected a schema that has a class, got " + schema);
    }
    try {
      return new RecordReader(
          type.getConstructor(),
          schema.getFields().stream().map(field -> stepOf(field.schema())).toArray(Step[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException("expected a constructor without arguments: " + type, e);
    }
  }

  /// Reads a record.
  ///
  /// @throws RuntimeException where the bytes are not of one
  SpecificRecord read(ByteInput in) {
    SpecificRecord record = make();
    for (int i = 0; i < fields.length; i++) {
      record.put(i, fields[i].read(in));
    }
    return record;
  }

  private SpecificRecord make() {
    try {
      return (SpecificRecord) made.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + made.getDeclaringClass(), e);
    }
  }

  private static Step stepOf(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    if (logical != null) {
      return logicalStep(schema, logical);
    }
    return switch (schema.getType()) {
      case STRING -> ByteInput::readString;
      case LONG -> ByteInput::readLong;
      case INT -> ByteInput::readInt;
      case BOOLEAN -> ByteInput::readBoolean;
      case DOUBLE -> ByteInput::readDouble;
      case BYTES -> ByteInput::readBytes;
      case RECORD -> of(schema)::read;
      case ARRAY -> arrayStep(stepOf(schema.getElementType()));
      case MAP -> mapStep(stepOf(schema.getValueType()));
      case UNION -> nullableStep(schema);
      case ENUM, FIXED, FLOAT, NULL -> throw unknown(schema);
    };
  }

  private static Step logicalStep(Schema schema, LogicalType logical) {
    return switch (logical) {
      case LogicalTypes.TimestampMillis _ -> in -> Instant.ofEpochMilli(in.readLong());
      case LogicalTypes.Date _ -> in -> LocalDate.ofEpochDay(in.readInt());
      case LogicalTypes.Decimal _ -> in -> DECIMAL.fromBytes(in.readBytes(), schema, logical);
      default -> throw unknown(schema);
    };
  }

  private static Step nullableStep(Schema union) {
    List<Schema> types = union.getTypes();
    if (types.size() != 2 || types.getFirst().getType() != Schema.Type.NULL) {
      throw unknown(union);
    }
    Step step = stepOf(types.get(1));
    return in -> {
      long which = in.readLong();
      if (which < 0 || which > 1) {
        throw new IllegalArgumentException("expected 0 for no value or 1 for one, got " + which);
      }
      return which == 0 ? null : step.read(in);
    };
  }

  private static Step arrayStep(Step element) {
    return in -> {
      int count = in.readBlock();
      List<@Nullable Object> elements = new ArrayList<>(count);
      while (count > 0) {
        for (int i = 0; i < count; i++) {
          elements.add(element.read(in));
        }
        count = in.readBlock();
      }
      return elements;
    };
  }

  private static Step mapStep(Step element) {
    return in -> {
      int count = in.readBlock();
      Map<String, @Nullable Object> entries = HashMap.newHashMap(count);
      while (count > 0) {
        for (int i = 0; i < count; i++) {
          String key = in.readName();
          entries.put(key, element.read(in));
        }
        count = in.readBlock();
      }
      return entries;
    };
  }

  private static IllegalArgumentException unknown(Schema schema) {
    return new IllegalArgumentException("expected a type that our schemas use, got " + schema);
  }
}
