package io.aftersend.processor.verdict;

import java.util.Locale;

/// Who made an event. Records carry [#wireName()].
public enum Verdict {
  /// A person, as far as anything shows.
  HUMAN(true),
  /// A person's open, fetched by the mail provider's image proxy: the time is true, place and
  /// device are not.
  PROXY(true),
  /// A machine that fetched ahead: nobody need have looked.
  PREFETCH(false),
  /// A security gateway.
  SCANNER(false),
  /// Another program.
  BOT(false),
  /// A messenger's or mail client's link preview.
  PREVIEW(false);

  private final boolean isHuman;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  Verdict(boolean isHuman) {
    this.isHuman = isHuman;
  }

  /// Whether it counts as human in a metric.
  public boolean isHuman() {
    return isHuman;
  }

  /// The name in lower case, as it stands in records.
  public String wireName() {
    return wireName;
  }

  /// The verdict of that wire name.
  ///
  /// @throws IllegalArgumentException where there is none
  public static Verdict ofWireName(String wireName) {
    for (Verdict verdict : values()) {
      if (verdict.wireName.equals(wireName)) {
        return verdict;
      }
    }
    throw new IllegalArgumentException("expected a verdict, got \"" + wireName + "\"");
  }
}
