package io.aftersend.bench.process;

import java.util.Map;

/// The CPU time that processes used during a run.
///
/// @param byThreadName nanoseconds; threads of one name together
public record CpuUse(double userNs, double systemNs, Map<String, Long> byThreadName) {

  /// @param ranNs in all, exactly
  /// @param userTicks clock ticks that hit the server in user space
  /// @param systemTicks clock ticks that hit it in the kernel
  static CpuUse of(long ranNs, long userTicks, long systemTicks, Map<String, Long> byThreadName) {
    long ticks = userTicks + systemTicks;
    double userShare = ticks == 0 ? 0 : (double) userTicks / ticks;
    return new CpuUse(ranNs * userShare, ranNs * (1 - userShare), Map.copyOf(byThreadName));
  }

  /// User and system time.
  public double totalNs() {
    return userNs + systemNs;
  }
}
