package io.aftersend.standalone.command;

import io.aftersend.standalone.console.Surroundings;
import io.aftersend.standalone.log.Logs;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// One service alone, as in production: its log on standard error, its READY line on standard
/// output.
@Command
final class ServiceCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  private final Service service;

  @Mixin private final CommonOptions common = new CommonOptions();

  /// What runs until it is asked to stop.
  interface Service {
    /// Runs the service.
    ///
    /// @param values the configuration by whole key
    /// @param out gets the READY line
    /// @return the exit code
    int run(Map<String, String> values, PrintStream out) throws InterruptedException;
  }

  ServiceCommand(Surroundings surroundings, Service service) {
    this.surroundings = surroundings;
    this.service = service;
  }

  @Override
  public Integer call() throws InterruptedException {
    Map<String, String> values = common.values(surroundings.environment());
    Logs.toStandardError();
    return service.run(values, surroundings.out());
  }
}
