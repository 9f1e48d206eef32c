package io.aftersend.processor.accounting;

/// How a record stands to those that came before.
public enum Arrival {
  /// No other record brought its event.
  FIRST,
  /// Another sequence brought an event with the same id: the sender repeated it.
  REPEAT,
  /// The record of this very sequence came before: it was sent again.
  RESENT
}
