package io.aftersend.standalone.command;

import io.aftersend.runtime.lifecycle.StartupException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The name of the benchmarks in the list of commands. They are a program of their own, beyond this
/// one, which the launcher builds and starts.
@Command(
    name = "bench",
    description = "Runs benchmarks and prints tables; without a name, lists them.")
final class BenchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", arity = "0..1", description = "The benchmark.")
  @SuppressWarnings("UnusedVariable") // for the help
  private String name = "";

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Mixin
  private final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    throw new StartupException(
        "benchmarks are started by the launcher at the repository's root: ./aftersend bench");
  }
}
