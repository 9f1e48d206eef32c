package io.aftersend.bench.load;

import java.time.Duration;
import java.util.Set;

/// How a measurement is to be made.
///
/// @param pairs rounds of the comparison of CPU time; the others take five of nine as many
/// @param duration of each run
/// @param warmUp load on each Java program before its first measured run
/// @param connections open to each server
/// @param rate requests per second at the fixed rate; 0: half of what saturates nginx
public record LoadPlan(
    Set<Part> parts, int pairs, Duration duration, Duration warmUp, int connections, int rate) {

  /// A part of the measurement that can be left out.
  public enum Part {
    /// CPU time and latency at the fixed rate, forwarder paused.
    CPU,
    /// Latency at 70 % of the lower saturation.
    LATENCY,
    /// CPU time at the fixed rate, forwarder running.
    FORWARDER,
    /// Netty's own codec and io_uring.
    CHOICES
  }

  public LoadPlan {
    parts = Set.copyOf(parts);
  }

  /// The rounds of the comparisons that need fewer.
  int fewerPairs() {
    return Math.max(1, Math.ceilDiv(pairs * 5, 9));
  }
}
