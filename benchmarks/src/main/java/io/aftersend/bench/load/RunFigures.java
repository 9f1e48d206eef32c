package io.aftersend.bench.load;

import io.aftersend.bench.generator.LoadResult;
import io.aftersend.bench.process.CpuUse;

/// What one run showed.
///
/// @param load what the generator saw
/// @param cpu what the server used from before the first request until after the last answer
record RunFigures(LoadResult load, CpuUse cpu) {
  private static final double NS_PER_SECOND = 1e9;
  private static final double NS_PER_US = 1e3;

  double requestsPerSecond() {
    return load.answered() * NS_PER_SECOND / load.elapsedNs();
  }

  /// The share of one processor that the server used.
  double busyShare() {
    return cpu.totalNs() / load.elapsedNs();
  }

  double userUs() {
    return perHitUs(cpu.userNs());
  }

  double systemUs() {
    return perHitUs(cpu.systemNs());
  }

  double cpuUs() {
    return perHitUs(cpu.totalNs());
  }

  double p50Us() {
    return load.p50Ns() / NS_PER_US;
  }

  double usualP99Us() {
    return load.usualP99Ns() / NS_PER_US;
  }

  double p99Us() {
    return load.p99Ns() / NS_PER_US;
  }

  double p999Us() {
    return load.p999Ns() / NS_PER_US;
  }

  /// CPU time by answered request.
  double perHitUs(double ns) {
    return ns / NS_PER_US / load.answered();
  }
}
