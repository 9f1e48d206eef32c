package io.aftersend.embedded.clickhouse;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A reader of `FORMAT Native` as clickhouse-go reads it, for a handful of types. Written from the
/// format's description, without the front's code.
final class NativeDecoder {
  private final ByteBuffer in;
  private final boolean hasBlockInformation;

  NativeDecoder(byte[] bytes, boolean hasBlockInformation) {
    this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.hasBlockInformation = hasBlockInformation;
  }

  /// All columns by name, the blocks' values one behind the other.
  Map<String, List<@Nullable Object>> columns() {
    Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();
    while (in.hasRemaining()) {
      if (hasBlockInformation) {
        expect(varint(), 1);
        expect(in.get(), 0);
        expect(varint(), 2);
        expect(in.getInt(), -1);
        expect(varint(), 0);
      }
      int count = (int) varint();
      int rows = (int) varint();
      for (int i = 0; i < count; i++) {
        String name = text();
        String type = text();
        if (hasBlockInformation) {
          expect(in.get(), 0);
        }
        if (type.startsWith("LowCardinality")) {
          expect(in.getLong(), 1);
        }
        columns.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(values(type, rows));
      }
    }
    return columns;
  }

  private static void expect(long found, long expected) {
    if (found != expected) {
      throw new AssertionError("expected " + expected + " in the block, got " + found);
    }
  }

  private List<@Nullable Object> values(String type, int rows) {
    if (type.startsWith("Nullable(")) {
      byte[] nulls = new byte[rows];
      in.get(nulls);
      List<@Nullable Object> values = values(inner(type), rows);
      for (int i = 0; i < rows; i++) {
        if (nulls[i] == 1) {
          values.set(i, null);
        }
      }
      return values;
    }
    if (type.startsWith("Array(")) {
      return arrays(inner(type), rows);
    }
    if (type.startsWith("LowCardinality(")) {
      return dictionary(inner(type), rows);
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      values.add(value(type));
    }
    return values;
  }

  private List<@Nullable Object> arrays(String element, int rows) {
    long[] ends = new long[rows];
    for (int i = 0; i < rows; i++) {
      ends[i] = in.getLong();
    }
    List<@Nullable Object> all = values(element, rows == 0 ? 0 : (int) ends[rows - 1]);
    List<@Nullable Object> values = new ArrayList<>();
    int from = 0;
    for (long end : ends) {
      values.add(new ArrayList<>(all.subList(from, (int) end)));
      from = (int) end;
    }
    return values;
  }

  private List<@Nullable Object> dictionary(String key, int rows) {
    long flags = in.getLong();
    List<@Nullable Object> keys = values(key, (int) in.getLong());
    expect(in.getLong(), rows);
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int index = (flags & 0xff) == 0 ? in.get() & 0xff : in.getShort() & 0xffff;
      values.add(keys.get(index));
    }
    return values;
  }

  private Object value(String type) {
    return switch (type) {
      case "UInt8" -> in.get() & 0xff;
      case "UInt32", "DateTime" -> in.getInt() & 0xffffffffL;
      case "UInt64", "Int64" -> in.getLong();
      case "Float64" -> in.getDouble();
      case "String" -> text();
      default -> {
        if (type.startsWith("DateTime64") || type.startsWith("Decimal(18")) {
          yield in.getLong();
        }
        throw new AssertionError("the decoder does not know " + type);
      }
    };
  }

  private static String inner(String type) {
    return type.substring(type.indexOf('(') + 1, type.length() - 1);
  }

  private long varint() {
    long value = 0;
    int shift = 0;
    byte b;
    do {
      b = in.get();
      value |= (long) (b & 0x7f) << shift;
      shift += 7;
    } while (b < 0);
    return value;
  }

  private String text() {
    byte[] bytes = new byte[(int) varint()];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
