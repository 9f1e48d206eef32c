package io.aftersend.processor.enrich;

import java.util.Locale;

/// What a mail was read on. Records carry [#wireName()].
enum Device {
  DESKTOP,
  MOBILE,
  TABLET,
  /// Mail read in a browser on a desktop.
  WEBMAIL,
  UNKNOWN;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /// The name in lower case, as it stands in records.
  String wireName() {
    return wireName;
  }
}
