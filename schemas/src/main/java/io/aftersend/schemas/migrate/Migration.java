package io.aftersend.schemas.migrate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// One numbered file of ClickHouse statements, each ending in a semicolon at the end of a line.
///
/// @param number position in the order of application; numbers may be left out, never given twice
/// @param name the file's name without its ending
/// @param checksum SHA-256 of the file's bytes, hexadecimal
record Migration(int number, String name, List<String> statements, String checksum) {

  /// In the order of application. Add new ones at the end; never change one that was released.
  private static final List<String> FILES =
      List.of(
          "0001_event_log",
          "0002_events_view",
          "0003_campaign_tables",
          "0004_campaign_views",
          "0005_heatmap_views",
          "0006_accounting",
          "0008_lists",
          "0009_analysts",
          "0010_conversions",
          "0011_link_metrics",
          "0012_mailboxes",
          "0013_recipients",
          "0014_signals",
          "0015_rejudged_hits",
          "0016_link_clicks",
          "0017_verdict_before",
          "0018_closed_months",
          "0019_mail_events",
          "0020_link_targets",
          "0021_issued_at",
          "0022_counts_by_dimension",
          "0023_timelines_totals");

  static List<Migration> all() {
    List<Migration> migrations = new ArrayList<>();
    for (String name : FILES) {
      migrations.add(read(name));
    }
    return List.copyOf(migrations);
  }

  private static Migration read(String name) {
    try (InputStream in = Migration.class.getResourceAsStream(name + ".sql")) {
      if (in == null) {
        throw new IllegalStateException("migration " + name + ".sql is not in the jar");
      }
      byte[] bytes = in.readAllBytes();
      String text = new String(bytes, StandardCharsets.UTF_8);
      int number = Integer.parseInt(name.substring(0, name.indexOf('_')));
      return new Migration(number, name, statements(text), sha256(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read migration " + name, e);
    }
  }

  static List<String> statements(String text) {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (!statement.isEmpty() || !(line.isBlank() || line.startsWith("--"))) {
        statement.append(line).append('\n');
      }
      if (line.endsWith(";") && !statement.isEmpty()) {
        statements.add(statement.substring(0, statement.lastIndexOf(";")));
        statement.setLength(0);
      }
    }
    if (!statement.isEmpty()) {
      throw new IllegalArgumentException(
          "a statement does not end in a semicolon: " + statement.toString().strip());
    }
    return List.copyOf(statements);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
