package io.aftersend.schemas.signal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What can be worth telling. Records, tables and answers carry [#wireName()].
public enum SignalKind {
  OPENED_OFTEN,
  REVIVED,
  FORWARDED,
  CLICKED,
  ATTACHMENT_OPENED,
  REPLIED,
  CONVERTED,
  COMPLAINT_RATE_HIGH,
  BOUNCE_RATE_HIGH;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  public String wireName() {
    return wireName;
  }

  /// All names, in the order of the kinds.
  public static List<String> wireNames() {
    return Arrays.stream(values()).map(SignalKind::wireName).toList();
  }
}
