package io.aftersend.processor.rejudge;

/// A count as it is and as it would be.
public record OldAndNew(long before, long after) {
  static final OldAndNew ZERO = new OldAndNew(0, 0);
  static final OldAndNew OLD = new OldAndNew(1, 0);
  static final OldAndNew NEW = new OldAndNew(0, 1);

  OldAndNew plus(OldAndNew other) {
    return new OldAndNew(before + other.before, after + other.after);
  }

  public boolean isChanged() {
    return before != after;
  }
}
