package io.aftersend.processor.deadletter;

import java.util.Locale;

/// Why a record cannot be counted.
///
/// @param reason short name, as in the counter and in the dead letter
/// @param error what was expected and what came
public record Unusable(Reason reason, String error) {

  /// The kinds of records that cannot be used.
  public enum Reason {
    EMPTY,
    TOO_LARGE,
    UNDECODABLE,
    UNKNOWN_TYPE,
    BAD_ID,
    BAD_TIME,
    WRONG_KEY,
    FAILED,
    REFUSED_BY_CLICKHOUSE;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /// The name in lower case, as it stands in counters and dead letters.
    public String wireName() {
      return wireName;
    }
  }
}
