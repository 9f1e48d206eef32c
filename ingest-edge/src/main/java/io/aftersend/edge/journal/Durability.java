package io.aftersend.edge.journal;

/// Whoever waits until records are on the disk. Called once, on any thread; must not block.
@FunctionalInterface
public interface Durability {
  /// The records' fate is known.
  ///
  /// @param isDurable whether the records survive the death of the machine; if not, the disk failed
  void settle(boolean isDurable);
}
