package io.aftersend.edge.journal;

import java.time.Duration;

/// The one writer's side of a lane. Confined to one thread at a time; whoever hands it on hands on
/// what happened before. Appending never blocks and allocates nothing.
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

  /// Whether no request may be answered before its record is on the disk: then whoever answers has
  /// to [#awaitDurable].
  boolean isDurableBeforeAnswer();

  /// Tells once everything that was appended so far is on the disk, or that the disk failed.
  void awaitDurable(Durability durability);

  /// Makes sure that records of these body lengths, key and value together, can be appended all, so
  /// that a batch is kept whole or not at all. Only for lanes whose thread may wait.
  ///
  /// @param timeout longest wait for the disk
  /// @return false when there is no room for all; nothing is counted as lost then
  boolean reserve(int[] bodyLengths, Duration timeout);
}
