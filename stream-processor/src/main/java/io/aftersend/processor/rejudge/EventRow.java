package io.aftersend.processor.rejudge;

import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import io.aftersend.schemas.event.JudgedEvent;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.jspecify.annotations.Nullable;

/// An event as `event_log` has it: each column is the field of that name, and an empty text is a
/// field that the event does not have.
final class EventRow {
  private static final int DECIMAL_SCALE = 6;
  private static final List<Field> FIELDS = JudgedEvent.getClassSchema().getFields();

  private EventRow() {}

  /// The columns to select, in any order.
  static String columns() {
    return FIELDS.stream().map(field -> "`" + field.name() + "`").collect(Collectors.joining(", "));
  }

  /// The event of the row that the reader stands at.
  static JudgedEvent read(ClickHouseBinaryFormatReader row) {
    JudgedEvent event = new JudgedEvent();
    for (Field field : FIELDS) {
      event.put(field.pos(), value(row, field.name(), field.schema()));
    }
    return event;
  }

  private static @Nullable Object value(
      ClickHouseBinaryFormatReader row, String name, Schema schema) {
    boolean isNullable = schema.isUnion();
    if (isNullable && !row.hasValue(name)) {
      return null;
    }
    Schema type = isNullable ? schema.getTypes().getLast() : schema;
    String logical = type.getLogicalType() == null ? "" : type.getLogicalType().getName();
    return switch (type.getType()) {
      case STRING -> text(row.getString(name), isNullable);
      case BOOLEAN -> row.getBoolean(name);
      case DOUBLE -> row.getDouble(name);
      case INT -> logical.equals("date") ? row.getLocalDate(name) : row.getInteger(name);
      case LONG -> logical.equals("timestamp-millis") ? row.getInstant(name) : row.getLong(name);
      case BYTES -> row.getBigDecimal(name).setScale(DECIMAL_SCALE, RoundingMode.UNNECESSARY);
      case ARRAY -> new ArrayList<>(row.<String>getList(name));
      default -> throw new IllegalStateException("expected a column type for " + type);
    };
  }

  private static @Nullable String text(String text, boolean isNullable) {
    return isNullable && text.isEmpty() ? null : text;
  }
}
