package io.aftersend.bench.command;

import io.aftersend.bench.micro.EdgeMicro;
import io.aftersend.standalone.console.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Single steps of the edge.
@Command(
    name = "edge-micro",
    description = {
      "Time and allocation of single steps of the edge, by JMH.",
      "Takes about three minutes. Each figure is a mean with the half width of its 99.9 %% interval."
    })
final class EdgeMicroCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(names = "--quick", description = "One short fork of each: for a first look.")
  private boolean isQuick;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Mixin
  private final Help help = new Help();

  EdgeMicroCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    EdgeMicro.run(isQuick, surroundings);
    return 0;
  }
}
