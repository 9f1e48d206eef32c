package io.aftersend.it.analysts;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// An event that a test made, as it finally stands.
///
/// @param more further columns by name
record KnownEvent(
    String id,
    String tenant,
    String type,
    Instant time,
    String campaign,
    String message,
    String recipient,
    String verdict,
    Map<String, Object> more) {
  /// Judged again once, so that the earlier judgement must not show.
  static final long LAST_REVISION = 2;

  private static final Set<String> HUMAN = Set.of("human", "proxy");
  private static final long INGEST_DELAY_SECONDS = 2;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  KnownEvent {
    more = Map.copyOf(more);
  }

  boolean isHuman() {
    return HUMAN.contains(verdict);
  }

  boolean is(String wanted) {
    return type.equals(wanted);
  }

  boolean isHuman(String wanted) {
    return is(wanted) && isHuman();
  }

  boolean isCounted() {
    return !Boolean.FALSE.equals(more.get("counted"));
  }

  /// A column of [#more()], empty where there is none.
  String text(String column) {
    return more.getOrDefault(column, "").toString();
  }

  /// The row as the sink would write it.
  Map<String, Object> row() {
    Map<String, Object> row = new HashMap<>();
    row.put("event_id", id);
    row.put("tenant", tenant);
    row.put("type", type);
    row.put("event_time", column(time));
    row.put("ingest_time", column(time.plusSeconds(INGEST_DELAY_SECONDS)));
    row.put("campaign", campaign);
    row.put("message", message);
    row.put("recipient", recipient);
    row.put("verdict", verdict);
    row.put("revision", LAST_REVISION);
    row.put("counted", true);
    row.put("expires_on", "2299-12-31");
    row.putAll(more);
    return row;
  }

  /// The row of an earlier revision, which thought otherwise.
  Map<String, Object> earlierRow() {
    Map<String, Object> row = row();
    row.put("revision", LAST_REVISION - 1);
    row.put("verdict", isHuman() ? "bot" : "human");
    return row;
  }

  /// A time as ClickHouse reads it.
  static String column(Instant time) {
    return TIME.format(time);
  }
}
