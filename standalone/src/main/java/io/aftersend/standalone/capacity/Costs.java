package io.aftersend.standalone.capacity;

/// What one event costs: processor time in µs of one core, user and system; bytes at rest, as they
/// lie on the disk. Where each was measured stands in `docs/capacity.md`.
///
/// @param edgeUs at the edge: verified, journaled, answered, and sent to Kafka
/// @param kafkaUs at each broker that keeps a copy
/// @param processorUs in the processor: taken in, judged, counted, sent to ClickHouse
/// @param clickHouseUs at each server that keeps a copy
/// @param journalBytes in the edge's journal
/// @param kafkaBytes in the topics that are kept for a week, one copy
/// @param kafkaMessageBytes in the compacted topics, for each message, one copy
/// @param stateBytes in the processor's stores, for each message
/// @param clickHouseBytes in ClickHouse's tables, one copy
/// @param hitNetworkBytes over the edge's public network, in and out, for a hit
public record Costs(
    double edgeUs,
    double kafkaUs,
    double processorUs,
    double clickHouseUs,
    double journalBytes,
    double kafkaBytes,
    double kafkaMessageBytes,
    double stateBytes,
    double clickHouseBytes,
    double hitNetworkBytes) {

  /// As measured on two cores of an AMD EPYC in November 2026.
  public static Costs measured() {
    return new Costs(15.5, 10, 102, 39, 430, 130, 450, 800, 60, 1_200);
  }

  /// Events a second of one machine on which everything runs, one copy of each.
  ///
  /// @param cores of the machine, all of them busy
  public double eventsPerSecond(int cores) {
    return cores * 1e6 / (kafkaUs + processorUs + clickHouseUs);
  }
}
