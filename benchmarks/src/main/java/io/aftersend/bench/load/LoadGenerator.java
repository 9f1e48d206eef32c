package io.aftersend.bench.load;

import io.aftersend.bench.generator.GeneratorMain;
import io.aftersend.bench.generator.LoadOrder;
import io.aftersend.bench.generator.LoadResult;
import io.aftersend.bench.process.BenchProcess;
import io.aftersend.bench.process.JavaCommand;
import io.aftersend.runtime.lifecycle.StartupException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// The load generator's process, bound to the processor of the load.
final class LoadGenerator implements AutoCloseable {
  /// Opening connections, late answers, and a slow machine.
  private static final Duration BEYOND_DURATION = Duration.ofSeconds(30);

  private final BenchProcess process;

  private LoadGenerator(BenchProcess process) {
    this.process = process;
  }

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

  /// Does one run, and returns when its last answer has come.
  ///
  /// @throws StartupException when the server answers otherwise than it should
  LoadResult run(LoadOrder order) throws InterruptedException {
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
