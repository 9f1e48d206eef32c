package io.aftersend.edge.journal;

/// A place between two records of a lane. Only good for the reader that made it.
public final class LanePosition {
  final Segment segment;
  final long offset;
  final long sequence;

  /// @param sequence of the record before
  LanePosition(Segment segment, long offset, long sequence) {
    this.segment = segment;
    this.offset = offset;
    this.sequence = sequence;
  }

  /// The sequence number of the record before this place.
  public long sequence() {
    return sequence;
  }

  /// What the checkpoint keeps of the place.
  public LaneState state(long acknowledged, long resent, Losses dropped) {
    return new LaneState(segment.ordinal(), offset, sequence, acknowledged, resent, dropped);
  }
}
