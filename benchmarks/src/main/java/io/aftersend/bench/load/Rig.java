package io.aftersend.bench.load;

import io.aftersend.bench.generator.LoadOrder;
import io.aftersend.bench.generator.LoadResult;
import io.aftersend.bench.process.CpuReading;
import io.aftersend.runtime.lifecycle.StartupException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The load generator and the clocks beside it. Puts load on one server at a time, and reads the
/// server's CPU time before and after. For one thread.
final class Rig {
  /// Requests at the beginning of a run are in no latency figure: sockets, caches and the arrivals'
  /// own pace come into swing.
  private static final Duration SETTLING = Duration.ofMillis(300);

  private final LoadGenerator generator;
  private final int connections;
  private final Map<Server, Long> answered = new HashMap<>();

  Rig(LoadGenerator generator, int connections) {
    this.generator = generator;
    this.connections = connections;
  }

  /// As many requests as the server answers, over all connections at once.
  RunFigures saturate(Server server, Duration duration) throws InterruptedException {
    return run(server, 0, duration, 0);
  }

  /// Work that a server still does after a run, and that belongs to it.
  interface Aftermath {
    void await() throws InterruptedException;
  }

  /// Requests at a mean rate.
  ///
  /// @param seed the same moments for the same one
  /// @throws StartupException when the server leaves a request without an answer
  RunFigures run(Server server, int ratePerSecond, Duration duration, long seed)
      throws InterruptedException {
    return run(server, ratePerSecond, duration, seed, () -> {});
  }

  /// Requests at a mean rate, and CPU time until the server has done what is left of them.
  RunFigures run(
      Server server, int ratePerSecond, Duration duration, long seed, Aftermath aftermath)
      throws InterruptedException {
    LoadOrder order =
        new LoadOrder(server.port(), connections, ratePerSecond, duration, SETTLING, seed, false);
    try {
      CpuReading before = CpuReading.of(server.process().ids());
      LoadResult result = generator.run(order);
      aftermath.await();
      CpuReading after = CpuReading.of(server.process().ids());
      requireNoneFailed(server, result);
      answered.merge(server, result.answered(), Long::sum);
      return new RunFigures(result, after.since(before));
    } catch (IOException e) {
      throw new StartupException(
          "the CPU time of %s cannot be read from /proc: %s".formatted(server.name(), e), e);
    }
  }

  private static void requireNoneFailed(Server server, LoadResult result) {
    if (result.failed() > 0) {
      throw new StartupException(
          "%s did not answer %d of %d requests"
              .formatted(server.name(), result.failed(), result.failed() + result.answered()));
    }
  }

  /// All answers that came from a server so far, with the one that a generator asks for before its
  /// first run.
  long answered(Server server) {
    return answered.getOrDefault(server, -1L) + 1;
  }
}
