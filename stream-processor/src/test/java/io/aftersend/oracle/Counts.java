package io.aftersend.oracle;

/// How often something happened.
///
/// @param total events
/// @param unique messages, or what stands for them
/// @param humanTotal events made by people
/// @param humanUnique messages with such an event
public record Counts(long total, long unique, long humanTotal, long humanUnique) {
  static final Counts NONE = new Counts(0, 0, 0, 0);

  Counts plus(Counts more) {
    return new Counts(
        total + more.total,
        unique + more.unique,
        humanTotal + more.humanTotal,
        humanUnique + more.humanUnique);
  }
}
