package io.aftersend.schemas.accounting;

import java.util.Locale;

/// A part of the way of an event that says what became of a lane's sequences.
public enum Stage {
  /// From the journal to Kafka.
  EDGE,
  /// From Kafka to the rows.
  PROCESSOR;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /// The name in lower case, as it stands in records and tables.
  public String wireName() {
    return wireName;
  }

  /// The key of the stage's record about a lane in the topic of the accounting.
  ///
  /// @param journal id of the journal, 16 hexadecimal digits
  public String topicKey(String journal, int lane) {
    return wireName + "|" + journal + "|" + lane;
  }
}
