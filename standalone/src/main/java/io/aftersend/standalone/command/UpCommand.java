package io.aftersend.standalone.command;

import io.aftersend.runtime.lifecycle.ShutdownSignal;
import io.aftersend.standalone.console.Surroundings;
import io.aftersend.standalone.log.Logs;
import io.aftersend.standalone.stack.EngineFetch;
import io.aftersend.standalone.stack.RunningStack;
import io.aftersend.standalone.stack.StackRun;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Runs everything on this machine.
@Command(
    name = "up",
    description = {
      "Runs everything on this machine: Kafka, ClickHouse, edge, processor, API.",
      "Stays in the foreground. Prints one READY line; Ctrl-C or SIGTERM drains and stops. All data is",
      "kept."
    })
final class UpCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions common = new CommonOptions();

  UpCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Map<String, String> values = common.values(surroundings.environment());
    try (ShutdownSignal shutdown = ShutdownSignal.install()) {
      return new StackRun(values, new TellingProgress(surroundings), surroundings).until(shutdown);
    }
  }

  /// Progress as lines on standard error, the log in the data directory.
  private record TellingProgress(Surroundings surroundings, EngineFetch engine)
      implements RunningStack.Progress {
    TellingProgress(Surroundings surroundings) {
      this(surroundings, EngineFetch.on(surroundings));
    }

    @Override
    public void begin(Path dataDirectory) {
      Logs.toFile(dataDirectory);
      step("data in " + dataDirectory + ", log in its logs/aftersend.log");
    }

    @Override
    public void step(String line) {
      surroundings.err().println("aftersend: " + line);
    }
  }
}
