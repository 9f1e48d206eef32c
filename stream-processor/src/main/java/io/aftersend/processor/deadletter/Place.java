package io.aftersend.processor.deadletter;

/// Where in Kafka a record lies.
///
/// @param offset position in the partition
public record Place(String topic, int partition, long offset) {
  @Override
  public String toString() {
    return topic + "|" + partition + "|" + offset;
  }
}
