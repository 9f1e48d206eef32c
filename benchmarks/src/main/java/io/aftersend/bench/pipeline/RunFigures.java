package io.aftersend.bench.pipeline;

import java.util.Map;

/// What one run showed.
///
/// @param events how many were counted
/// @param tookNs from before the first was sent to Kafka until all were counted and committed
/// @param cpuNs CPU time of each program meanwhile
record RunFigures(long events, long tookNs, Map<String, Double> cpuNs) {
  private static final double NS_PER_SECOND = 1e9;
  private static final double NS_PER_US = 1e3;

  /// Events a second.
  double rate() {
    return events / (tookNs / NS_PER_SECOND);
  }

  /// CPU time of a program for each event.
  double cpuUs(String program) {
    return cpuNs.getOrDefault(program, 0.0) / NS_PER_US / events;
  }
}
