package io.aftersend.edge.append;

/// A single writer's own numbering of the events that it takes in. Confined to one thread.
///
/// With the journal's id, which is drawn at every start of an edge, lane and sequence are unique
/// for ever.
public final class Lane {
  private final String journal;
  private final int number;
  private long last;

  /// @param journal 16 hexadecimal digits, the same for all lanes of one start
  /// @param number the lane's own number within the journal, from 0
  public Lane(String journal, int number) {
    this.journal = journal;
    this.number = number;
  }

  /// Takes the next sequence number, the first of which is 1.
  public long next() {
    return ++last;
  }

  public String journal() {
    return journal;
  }

  public int number() {
    return number;
  }

  /// The id of the event of a sequence number: `journal-lane-sequence`.
  public String eventId(long sequence) {
    return journal + '-' + number + '-' + sequence;
  }
}
