package io.aftersend.edge.forward;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/// The way of one record through one Kafka client.
final class Delivery implements Callback {
  /// What becomes of a record that the client has taken. Called on the client's own thread, or on
  /// the forwarding one; must not block.
  interface Outcome {
    void acknowledged();

    void failed(Exception error);
  }

  private final KafkaSender sender;
  private final int generation;
  private final Outcome outcome;
  private final long sentNs = System.nanoTime();
  private boolean isInSend = true;
  private boolean isRefusedInSend;

  Delivery(KafkaSender sender, int generation, Outcome outcome) {
    this.sender = sender;
    this.generation = generation;
    this.outcome = outcome;
  }

  /// Called by the forwarding thread.
  ///
  /// @return whether the client has the record, or its outcome is decided
  boolean leaveSend() {
    isInSend = false;
    return !isRefusedInSend;
  }

  @Override
  public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception error) {
    if (!sender.isOf(generation)) {
      return;
    }
    if (error == null) {
      sender.succeeded(System.nanoTime() - sentNs);
      outcome.acknowledged();
    } else if (!sender.isClosing()) {
      sender.failing(error);
      // The client's buffer is full, or it knows no broker yet: the same record comes again.
      if (error instanceof RetriableException && sender.isOnItsThread() && isInSend) {
        isRefusedInSend = true;
      } else {
        outcome.failed(error);
      }
    }
  }
}
