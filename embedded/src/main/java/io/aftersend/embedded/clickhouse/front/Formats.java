package io.aftersend.embedded.clickhouse.front;

import java.util.Set;

/// What the front knows about ClickHouse's output formats.
final class Formats {
  /// Formats of which the engine's pieces, put one behind the other, are the whole. In all others
  /// it makes a document of each piece.
  private static final Set<String> STREAMS =
      Set.of(
          "BSONEachRow",
          "CSV",
          "CustomSeparated",
          "JSONCompactEachRow",
          "JSONCompactStringsEachRow",
          "JSONEachRow",
          "JSONL",
          "JSONLines",
          "JSONStringsEachRow",
          "LineAsString",
          "MsgPack",
          "NDJSON",
          "Native",
          "Null",
          "RawBLOB",
          "RowBinary",
          "TSKV",
          "TSV",
          "TSVRaw",
          "TabSeparated",
          "TabSeparatedRaw");

  private Formats() {}

  static boolean isStream(String format) {
    return STREAMS.contains(format);
  }

  /// The media type that a ClickHouse server gives an answer of the format.
  static String contentType(String format) {
    if ((format.startsWith("JSON") && (format.contains("EachRow") || format.startsWith("JSONL")))
        || format.equals("NDJSON")) {
      return "application/x-ndjson; charset=UTF-8";
    }
    if (format.startsWith("JSON")) {
      return "application/json; charset=UTF-8";
    }
    if (format.startsWith("TabSeparated") || format.startsWith("TSV")) {
      return "text/tab-separated-values; charset=UTF-8";
    }
    if (format.startsWith("CSV")) {
      String header = format.contains("WithNames") ? "present" : "absent";
      return "text/csv; charset=UTF-8; header=" + header;
    }
    return switch (format) {
      case "XML" -> "application/xml; charset=UTF-8";
      case "Native",
          "RowBinary",
          "RowBinaryWithNames",
          "RowBinaryWithNamesAndTypes",
          "Parquet",
          "Arrow",
          "ArrowStream",
          "ORC",
          "Avro",
          "MsgPack",
          "BSONEachRow",
          "RawBLOB" ->
          "application/octet-stream";
      case "Markdown" -> "text/markdown; charset=UTF-8";
      default -> "text/plain; charset=UTF-8";
    };
  }
}
