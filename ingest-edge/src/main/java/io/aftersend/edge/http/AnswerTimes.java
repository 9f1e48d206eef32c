package io.aftersend.edge.http;

/// What is told how long answers took. One per event loop and confined to it; never blocks.
public interface AnswerTimes {
  /// Called once for all answers that one piece of input got at once, and for each that came later.
  ///
  /// @param tookNs from the beginning of the input's reading until the last of these answers was
  ///   ready to be sent: an upper bound for each of them
  void answered(int count, long tookNs);
}
