package io.aftersend.bench.queries;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Rows for all tables, made by ClickHouse itself: 60 days of mail to the end of October 2026, of
/// 1,000 campaigns of ten tenants. One campaign, `spring` of tenant `acme`, has a fifth of all
/// events, its other campaigns three tenths.
final class GeneratedRows {
  /// Messages that are made and inserted at once, so that a table has several parts, as in use.
  private static final long BLOCK = 500_000;

  private static final double EVENTS_PER_MESSAGE = 2.8;

  /// What happens to messages: type, verdict, seconds since it was sent, and to which messages. `h`
  /// is a hash of the message, of which each kind looks at digits of its own.
  private record Kind(String type, String verdict, String seconds, String condition) {
    /// The same event of two in a hundred messages only.
    Kind judgedAgain() {
      return new Kind(type, verdict, seconds, condition + " AND bitShiftRight(h, 48) % 50 = 0");
    }

    String sql() {
      return "('%s', '%s', %s, %s)".formatted(type, verdict, seconds, condition);
    }
  }

  private static final List<Kind> DELIVERY =
      List.of(
          new Kind("sent", "human", "0", "true"),
          new Kind("delivered", "human", "5", "h % 100 >= 5"),
          new Kind("bounced", "human", "5", "h % 100 < 5"));

  private static final List<Kind> OPENS =
      List.of(
          new Kind("opened", "prefetch", "60", "h % 100 >= 5 AND bitShiftRight(h, 8) % 100 < 30"),
          new Kind(
              "opened",
              "human",
              "600 + bitShiftRight(h, 24) % 172800",
              "h % 100 >= 5 AND bitShiftRight(h, 16) % 100 < 30"),
          new Kind(
              "opened",
              "proxy",
              "900 + bitShiftRight(h, 20) % 259200",
              "h % 100 >= 5 AND bitShiftRight(h, 16) % 100 < 12"));

  private static final List<Kind> CLICKS =
      List.of(
          new Kind(
              "clicked",
              "human",
              "660 + bitShiftRight(h, 24) % 172800",
              "h % 100 >= 5 AND bitShiftRight(h, 16) % 100 < 6"),
          new Kind("clicked", "scanner", "10", "h % 100 >= 5 AND bitShiftRight(h, 32) % 100 < 5"));

  private static final List<Kind> OUTCOMES =
      List.of(
          new Kind(
              "converted",
              "human",
              "1800 + bitShiftRight(h, 24) % 172800",
              "h % 100 >= 5 AND bitShiftRight(h, 16) % 100 < 1"),
          new Kind("unsubscribed", "human", "3600", "h % 1000 BETWEEN 500 AND 502"),
          new Kind("complained", "human", "7200", "h % 10000 BETWEEN 5000 AND 5004"));

  private static final List<Kind> JUDGED_AGAIN =
      Stream.concat(OPENS.stream(), CLICKS.stream()).map(Kind::judgedAgain).toList();

  private final long messages;

  /// @param events roughly how many rows the event table gets
  GeneratedRows(long events) {
    messages = Math.max(1, Math.round(events / EVENTS_PER_MESSAGE));
  }

  /// The statements that make them, in order.
  List<String> statements() {
    List<String> statements = new ArrayList<>();
    String events = read("events");
    for (long from = 0; from < messages; from += BLOCK) {
      long to = Math.min(messages, from + BLOCK);
      // What happens to a mail comes in over days, so that parts overlap in the order of the table.
      for (List<Kind> kinds : List.of(DELIVERY, OPENS, CLICKS, OUTCOMES)) {
        statements.add(filled(events, kinds, 1, from, to));
      }
      statements.add(filled(events, JUDGED_AGAIN, 2, from, to));
    }
    for (String table :
        List.of("campaign_metrics", "campaign_parts", "link_metrics", "heatmap_buckets")) {
      statements.add(read(table));
    }
    return statements;
  }

  private String filled(String sql, List<Kind> kinds, int revision, long from, long to) {
    return sql.replace("$KINDS", kinds.stream().map(Kind::sql).collect(Collectors.joining(", ")))
        .replace("$MESSAGES", Long.toString(messages))
        .replace("$REVISION", Integer.toString(revision))
        .replace("$FROM", Long.toString(from))
        .replace("$COUNT", Long.toString(to - from));
  }

  private static String read(String name) {
    try (InputStream in = GeneratedRows.class.getResourceAsStream(name + ".sql")) {
      if (in == null) {
        throw new IllegalStateException(name + ".sql is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + ".sql", e);
    }
  }
}
