package io.aftersend.edge.forward;

import io.aftersend.edge.journal.Losses;

/// What has become of the sequence numbers of one lane.
///
/// @param journal 16 hexadecimal digits
/// @param highest the last sequence number taken
/// @param acknowledged records that Kafka has
/// @param waiting records that Kafka does not have yet
/// @param dropped sequence numbers that never reach the topic, by reason
/// @param resent records that were handed to Kafka again; in no sum
/// @param lagBytes what the waiting records take in the journal
/// @param lagMs age of the oldest waiting record
public record LaneAccount(
    String journal,
    int lane,
    long highest,
    long acknowledged,
    long waiting,
    Losses dropped,
    long resent,
    long lagBytes,
    long lagMs) {

  /// How many sequence numbers are in none of the three; 0 when nothing has disappeared.
  public long missing() {
    return highest - acknowledged - waiting - dropped.total();
  }

  /// One line for the log.
  public String text() {
    return "journal %s, lane %d: highest %d = acknowledged %d + waiting %d + dropped %d %s; re-sent %d"
        .formatted(
            journal,
            lane,
            highest,
            acknowledged,
            waiting,
            dropped.total(),
            dropped.byReason(),
            resent);
  }
}
