package io.aftersend.bench.load;

import io.aftersend.bench.generator.GeneratorMain;
import io.aftersend.bench.generator.LoadOrder;
import io.aftersend.bench.generator.LoadResult;
import io.aftersend.bench.process.BenchProcess;
import io.aftersend.bench.process.JavaCommand;
import io.aftersend.runtime.lifecycle.StartupException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The load generator's process.
public final class LoadGenerator implements AutoCloseable {
  /// Opening connections, late answers, and a slow machine.
  private static final Duration BEYOND_DURATION = Duration.ofSeconds(30);

  private final BenchProcess process;

  private LoadGenerator(BenchProcess process) {
    this.process = process;
  }

  /// Starts it on the processor of the load.
  static LoadGenerator start(Cores cores, Site site) {
    Path directory = site.subdirectory("generator");
    return new LoadGenerator(
        BenchProcess.start(
            "load generator",
            cores.load(),
            JavaCommand.of(GeneratorMain.class, site.requestsFile().toString()),
            Map.of(),
            directory));
  }

  /// Starts it on all processors.
  ///
  /// @param requestsFile what it sends, see [io.aftersend.bench.generator.Requests]
  /// @param directory of its log
  public static LoadGenerator start(Path requestsFile, Path directory) {
    return new LoadGenerator(
        BenchProcess.start(
            "load generator",
            JavaCommand.of(GeneratorMain.class, requestsFile.toString()),
            Map.of(),
            directory));
  }

  /// The ids of its processes.
  public List<Long> ids() {
    return process.ids();
  }

  /// Does one run, and returns when its last answer has come.
  ///
  /// @throws StartupException when the server answers otherwise than it should
  public LoadResult run(LoadOrder order) throws InterruptedException {
    process.tell(order.toLine());
    String answer = process.nextLine(order.duration().plus(BEYOND_DURATION));
    if (!answer.startsWith(GeneratorMain.DONE)) {
      throw new StartupException("load on port %d: %s".formatted(order.port(), answer));
    }
    return LoadResult.ofLine(answer.substring(GeneratorMain.DONE.length()));
  }

  @Override
  public void close() {
    process.close();
  }
}
