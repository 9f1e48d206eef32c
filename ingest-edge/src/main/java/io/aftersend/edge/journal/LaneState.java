package io.aftersend.edge.journal;

/// What is remembered of a lane from one start to the next.
///
/// @param ordinal the segment of the first record that may have to be sent still
/// @param offset its place there
/// @param sequence the last sequence number before it
/// @param acknowledged records that Kafka has, up to there
/// @param resent records that were sent again on purpose
/// @param dropped sequence numbers up to there that never reach Kafka
public record LaneState(
    long ordinal, long offset, long sequence, long acknowledged, long resent, Losses dropped) {
  static final LaneState NEW = new LaneState(0, Segment.HEADER_BYTES, 0, 0, 0, Losses.NONE);

  /// The same place and figures with another number of records that were sent again.
  public LaneState withResent(long records) {
    return new LaneState(ordinal, offset, sequence, acknowledged, records, dropped);
  }
}
