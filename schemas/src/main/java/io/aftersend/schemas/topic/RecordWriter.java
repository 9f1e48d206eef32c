package io.aftersend.schemas.topic;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/// Writes records of one schema in Avro's binary form: the plan is made once from the schema, while
/// Avro's own writer looks at the schema of every field of every record again.
///
/// Knows what our schemas use, and refuses others when it is made. Safe for any thread.
final class RecordWriter {
  private static final Conversions.DecimalConversion DECIMAL = new Conversions.DecimalConversion();

  private final Field[] fields;

  /// Writes one value.
  private interface Step {
    void write(Object value, ByteOutput out);
  }

  /// A field and what its value is written by.
  private record Field(String name, boolean isNullable, Step step) {
    static Field of(Schema.Field field) {
      Schema schema = field.schema();
      boolean isNullable = schema.getType() == Schema.Type.UNION;
      return new Field(field.name(), isNullable, stepOf(isNullable ? orNull(schema) : schema));
    }

    private static Schema orNull(Schema union) {
      List<Schema> types = union.getTypes();
      if (types.size() != 2 || types.getFirst().getType() != Schema.Type.NULL) {
        throw unknown(union);
      }
      return types.get(1);
    }
  }

  private RecordWriter(Field[] fields) {
    this.fields = fields;
  }

  /// @throws IllegalArgumentException where the schema has a type that is not known here
  static RecordWriter of(Schema schema) {
    return new RecordWriter(schema.getFields().stream().map(Field::of).toArray(Field[]::new));
  }

  /// Writes a record.
  ///
  /// @throws IllegalArgumentException where a field has no value that must have one
  void write(SpecificRecord record, ByteOutput out) {
    for (int i = 0; i < fields.length; i++) {
      Field field = fields[i];
      Object value = record.get(i);
      if (field.isNullable()) {
        out.writeLong(value == null ? 0 : 1);
      } else if (value == null) {
        throw new IllegalArgumentException("expected a value of " + field.name() + ", got none");
      }
      if (value != null) {
        field.step().write(value, out);
      }
    }
  }

  private static Step stepOf(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    if (logical != null) {
      return logicalStep(schema, logical);
    }
    return switch (schema.getType()) {
      case STRING -> (value, out) -> out.writeString((String) value);
      case LONG -> (value, out) -> out.writeLong((Long) value);
      case INT -> (value, out) -> out.writeLong((Integer) value);
      case BOOLEAN -> (value, out) -> out.writeBoolean((Boolean) value);
      case DOUBLE -> (value, out) -> out.writeDouble((Double) value);
      case BYTES -> (value, out) -> out.writeBytes((ByteBuffer) value);
      case RECORD -> recordStep(schema);
      case ARRAY -> arrayStep(stepOf(schema.getElementType()));
      case MAP -> mapStep(stepOf(schema.getValueType()));
      case UNION, ENUM, FIXED, FLOAT, NULL -> throw unknown(schema);
    };
  }

  private static Step logicalStep(Schema schema, LogicalType logical) {
    return switch (logical) {
      case LogicalTypes.TimestampMillis _ ->
          (value, out) -> out.writeLong(((Instant) value).toEpochMilli());
      case LogicalTypes.Date _ -> (value, out) -> out.writeLong(((LocalDate) value).toEpochDay());
      case LogicalTypes.Decimal _ ->
          (value, out) -> out.writeBytes(DECIMAL.toBytes((BigDecimal) value, schema, logical));
      default -> throw unknown(schema);
    };
  }

  private static Step recordStep(Schema schema) {
    RecordWriter writer = of(schema);
    return (value, out) -> writer.write((SpecificRecord) value, out);
  }

  private static Step arrayStep(Step element) {
    return (value, out) -> {
      Collection<?> elements = (Collection<?>) value;
      if (!elements.isEmpty()) {
        out.writeLong(elements.size());
        for (Object one : elements) {
          element.write(one, out);
        }
      }
      out.writeLong(0);
    };
  }

  private static Step mapStep(Step element) {
    return (value, out) -> {
      Map<?, ?> entries = (Map<?, ?>) value;
      if (!entries.isEmpty()) {
        out.writeLong(entries.size());
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
          out.writeString((String) entry.getKey());
          element.write(entry.getValue(), out);
        }
      }
      out.writeLong(0);
    };
  }

  private static IllegalArgumentException unknown(Schema schema) {
    return new IllegalArgumentException("expected a type that our schemas use, got " + schema);
  }
}
