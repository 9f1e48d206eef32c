package io.aftersend.processor.signal;

import java.util.Locale;

/// What can be worth telling. Records, tables and answers carry [#wireName()].
enum SignalKind {
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

  String wireName() {
    return wireName;
  }
}
