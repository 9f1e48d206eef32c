package io.aftersend.processor.attribution;

import java.util.Locale;

/// What is decided of a conversion that names its recipient only.
enum Outcome {
  /// It counts for the campaign of the last human click.
  ATTRIBUTED,
  /// There is no human click in the days before it.
  UNATTRIBUTED,
  /// Another conversion has the same order.
  ORDER_REPEATED,
  /// No person made it.
  MACHINE;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /// The name in lower case, as it stands in records.
  String wireName() {
    return wireName;
  }
}
