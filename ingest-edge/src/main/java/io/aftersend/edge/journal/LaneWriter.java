package io.aftersend.edge.journal;

/// The one writer's side of a lane. Confined to the thread that the lane belongs to; never blocks,
/// and appending allocates nothing.
///
/// Each record takes the lane's next sequence number, the first of which is 1, whether it is kept
/// or lost: a gap in the numbers of a lane is as many lost records.
public interface LaneWriter {
  /// The journal's id: 16 hexadecimal digits, drawn at every start of an edge.
  String journal();

  /// The lane's own number within the journal, from 0.
  int lane();

  /// The sequence number that the next record takes.
  long nextSequence();

  /// Puts a record into the journal. On return it survives the death of the process, not yet that
  /// of the machine.
  ///
  /// @param record holds the Kafka key and, directly behind it, the Kafka value; borrowed for the
  ///   call
  /// @param timestampMs the Kafka record's timestamp, epoch milliseconds
  /// @return what became of it; anything but [AppendOutcome#KEPT] has been counted as lost
  AppendOutcome append(byte[] record, int offset, int keyLength, int valueLength, long timestampMs);
}
