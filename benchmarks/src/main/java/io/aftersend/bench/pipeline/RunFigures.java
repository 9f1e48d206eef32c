package io.aftersend.bench.pipeline;

import io.aftersend.bench.process.CpuUse;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What one run showed.
///
/// @param events how many were counted
/// @param tookNs from before the first was sent to Kafka until all were counted and committed
/// @param cpu CPU time of each program meanwhile
record RunFigures(long events, long tookNs, Map<String, CpuUse> cpu) {
  private static final double NS_PER_SECOND = 1e9;
  private static final int SHOWN_THREADS = 8;
  private static final double NS_PER_US = 1e3;

  /// Events a second.
  double rate() {
    return events / (tookNs / NS_PER_SECOND);
  }

  /// CPU time of a program for each event.
  double cpuUs(String program) {
    CpuUse use = cpu.get(program);
    return use == null ? 0 : use.totalNs() / NS_PER_US / events;
  }

  /// The threads of a program that take most, with the CPU time of each for each event. Threads
  /// whose names differ by numbers only stand together.
  String threads(String program) {
    CpuUse use = cpu.get(program);
    Map<String, Long> byRole = new TreeMap<>();
    if (use != null) {
      use.byThreadName()
          .forEach((name, ns) -> byRole.merge(name.replaceAll("[0-9]+", "N"), ns, Long::sum));
    }
    return byRole.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(SHOWN_THREADS)
        .map(
            thread ->
                String.format(
                    Locale.ROOT,
                    "%s %.1f",
                    thread.getKey(),
                    thread.getValue() / NS_PER_US / events))
        .collect(Collectors.joining(", "));
  }
}
