package io.aftersend.embedded.clickhouse.front;

import io.aftersend.embedded.clickhouse.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The layout of a column in `FORMAT Native`: enough of it to find where the column ends.
sealed interface NativeType {
  /// Values of one width.
  record Fixed(int width) implements NativeType {}

  /// Values with their length in front.
  record Text() implements NativeType {}

  /// A mask of one byte per value, then the values.
  record Nullable(NativeType inner) implements NativeType {}

  /// End offsets of 64 bits, then all elements.
  record Array(NativeType inner) implements NativeType {}

  /// Columns one behind the other.
  record Tuple(List<NativeType> elements) implements NativeType {}

  /// A dictionary and indexes into it.
  record LowCardinality(NativeType inner) implements NativeType {
    private static final long INDEX_TYPE_MASK = 0xff;
    private static final long HAS_OWN_KEYS = 1 << 9;

    private void skipDictionaryAndIndexes(ByteCursor cursor, long rows) {
      if (rows == 0) {
        return;
      }
      long flags = cursor.littleEndianLong();
      if ((flags & HAS_OWN_KEYS) != 0) {
        // The dictionary of a nullable type holds plain values; its first one stands for null.
        NativeType key = inner instanceof Nullable nullable ? nullable.inner : inner;
        key.skipValues(cursor, cursor.littleEndianLong());
      }
      long indexes = cursor.littleEndianLong();
      cursor.skip(Math.multiplyExact(indexes, 1L << (flags & INDEX_TYPE_MASK)));
    }
  }

  Pattern DECIMAL = Pattern.compile("Decimal\\((\\d+), ?\\d+\\)");
  Pattern NAMED_WIDTH = Pattern.compile("(?:U?Int|Float|BFloat|Decimal)(\\d+)(?:\\(\\d+\\))?");

  /// Not a type that the parser knows.
  int NOT_IMPLEMENTED = 48;

  static NativeType parse(String type) throws EngineException {
    Optional<String> arguments = arguments(type);
    String name = arguments.isEmpty() ? type : type.substring(0, type.indexOf('('));
    OptionalInt width = width(type, name, arguments);
    if (width.isPresent()) {
      return new Fixed(width.getAsInt());
    }
    List<String> parts = split(arguments.orElse(""));
    return switch (name) {
      case "String" -> new Text();
      case "Nullable" -> new Nullable(parse(parts.getFirst()));
      case "Array" -> new Array(parse(parts.getFirst()));
      case "LowCardinality" -> new LowCardinality(parse(parts.getFirst()));
      case "Tuple" -> tuple(parts);
      case "Nested", "Map" -> new Array(tuple(parts));
      case "SimpleAggregateFunction" -> parse(parts.getLast());
      case "Point" -> new Tuple(List.of(new Fixed(8), new Fixed(8)));
      case "Ring", "LineString" -> new Array(parse("Point"));
      case "Polygon", "MultiLineString" -> new Array(parse("Ring"));
      case "MultiPolygon" -> new Array(parse("Polygon"));
      default ->
          throw EngineException.of(
              NOT_IMPLEMENTED,
              "NOT_IMPLEMENTED",
              "Type " + type + " is not supported in Native format with client_protocol_version");
    };
  }

  private static OptionalInt width(String type, String name, Optional<String> arguments) {
    int bytes =
        switch (name) {
          case "Bool", "Enum8", "Nothing" -> 1;
          case "Date", "Enum16" -> 2;
          case "Date32", "DateTime", "Time", "IPv4" -> 4;
          case "DateTime64", "Time64" -> 8;
          case "UUID", "IPv6" -> 16;
          case "FixedString" -> Integer.parseInt(arguments.orElse("0"));
          default -> name.startsWith("Interval") ? 8 : 0;
        };
    Matcher decimal = DECIMAL.matcher(type);
    if (decimal.matches()) {
      int digits = Integer.parseInt(decimal.group(1));
      bytes = digits <= 9 ? 4 : digits <= 18 ? 8 : digits <= 38 ? 16 : 32;
    }
    Matcher named = NAMED_WIDTH.matcher(type);
    if (named.matches()) {
      bytes = Integer.parseInt(named.group(1)) / Byte.SIZE;
    }
    return bytes == 0 ? OptionalInt.empty() : OptionalInt.of(bytes);
  }

  private static Optional<String> arguments(String type) {
    int open = type.indexOf('(');
    return open < 0 || !type.endsWith(")")
        ? Optional.empty()
        : Optional.of(type.substring(open + 1, type.length() - 1));
  }

  private static NativeType tuple(List<String> parts) throws EngineException {
    List<NativeType> elements = new ArrayList<>();
    for (String part : parts) {
      elements.add(parse(withoutName(part)));
    }
    return new Tuple(elements);
  }

  /// An element of a tuple is `Type` or `name Type`; a type has no blank outside of brackets.
  private static String withoutName(String element) {
    int blank = topLevel(element, 0, ' ');
    return blank < 0 ? element : element.substring(blank + 1);
  }

  private static List<String> split(String arguments) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = topLevel(arguments, from, ','); at >= 0; at = topLevel(arguments, from, ',')) {
      parts.add(arguments.substring(from, at).strip());
      from = at + 1;
    }
    parts.add(arguments.substring(from).strip());
    return parts;
  }

  /// The next place of a character that no bracket and no quotes enclose, or -1.
  private static int topLevel(String text, int from, char wanted) {
    int depth = 0;
    char quote = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '\'' || c == '`' || c == '"') {
        quote = c;
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == wanted && depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /// Moves the cursor behind a column of this type.
  default void skip(ByteCursor cursor, long rows) {
    skipPrefix(cursor);
    skipValues(cursor, rows);
  }

  private void skipPrefix(ByteCursor cursor) {
    switch (this) {
      case LowCardinality _ -> cursor.skip(Long.BYTES);
      case Nullable nullable -> nullable.inner.skipPrefix(cursor);
      case Array array -> array.inner.skipPrefix(cursor);
      case Tuple tuple -> tuple.elements.forEach(element -> element.skipPrefix(cursor));
      case Fixed _, Text _ -> {}
    }
  }

  private void skipValues(ByteCursor cursor, long rows) {
    switch (this) {
      case Fixed fixed -> cursor.skip(Math.multiplyExact(rows, fixed.width));
      case Text _ -> {
        for (long i = 0; i < rows; i++) {
          cursor.skip(cursor.varint());
        }
      }
      case Nullable nullable -> {
        cursor.skip(rows);
        nullable.inner.skipValues(cursor, rows);
      }
      case Array array -> {
        long elements = 0;
        for (long i = 0; i < rows; i++) {
          elements = cursor.littleEndianLong();
        }
        array.inner.skipValues(cursor, elements);
      }
      case Tuple tuple -> tuple.elements.forEach(element -> element.skipValues(cursor, rows));
      case LowCardinality low -> low.skipDictionaryAndIndexes(cursor, rows);
    }
  }
}
