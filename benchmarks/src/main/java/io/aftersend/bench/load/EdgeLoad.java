package io.aftersend.bench.load;

import io.aftersend.bench.load.Edge.Forwarding;
import io.aftersend.bench.load.LoadPlan.Part;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.standalone.console.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The measurement of the edge under load, beside nginx when that is installed: each bound to the
/// same processor, one under load at a time, in turns. Linux only.
public final class EdgeLoad {
  private static final Duration SATURATION = Duration.ofSeconds(3);
  private static final int SATURATION_ROUNDS = 3;
  private static final int WARM_UP_SEED = -1;
  private static final double LATENCY_SHARE = 0.7;

  private final LoadPlan plan;
  private final Path root;
  private final Surroundings surroundings;
  private final Report report;

  /// @param root of the repository, where nginx's configuration lies, and below which all files of
  ///   the measurement lie until its end
  public EdgeLoad(LoadPlan plan, Path root, Surroundings surroundings) {
    this.plan = plan;
    this.root = root;
    this.surroundings = surroundings;
    this.report = new Report(surroundings.out());
  }

  /// Measures, and prints the tables as they come.
  ///
  /// @throws StartupException when something is missing, or a server does not do what is measured
  public void run() throws InterruptedException {
    Cores cores = Cores.choose();
    try (Site site = Site.make(root.resolve("benchmarks").resolve("target"));
        LoadGenerator generator = LoadGenerator.start(cores, site)) {
      Rig rig = new Rig(generator, plan.connections());
      Optional<Path> program = Servers.findNginx(surroundings.environment());
      report.line(Machine.describe(cores, program));
      if (program.isEmpty()) {
        report.line("nginx is not installed: the edge is measured alone, without ratios");
        measure(rig, cores, site, null);
      } else {
        try (Server nginx = Servers.nginx(program.get(), root, cores, site)) {
          measure(rig, cores, site, nginx);
        }
      }
    } catch (IOException e) {
      throw new StartupException("the measurement's files failed: " + e, e);
    }
  }

  private void measure(Rig rig, Cores cores, Site site, @Nullable Server nginx)
      throws InterruptedException {
    int rate;
    try (Edge edge = Edge.start("edge", cores, site, Forwarding.paused())) {
      warmUp(rig, edge.server());
      List<Server> servers = beside(nginx, edge.server());
      progress("what saturates each server");
      Series saturation =
          Series.of(
              names(servers),
              SATURATION_ROUNDS,
              (server, round) -> rig.saturate(servers.get(server), SATURATION));
      report.line("As many requests as each can answer, %d connections:".formatted(plan.connections()));
      report.saturation(saturation);
      rate = rate(saturation);
      if (plan.parts().contains(Part.CPU)) {
        Series series = compare(rig, servers, rate, plan.pairs(), "forwarder paused");
        report.threads(series, servers.size() - 1);
      }
      if (plan.parts().contains(Part.LATENCY)) {
        Series _ = compare(rig, servers, latencyRate(saturation), plan.fewerPairs(), "forwarder paused");
      }
      if (plan.parts().contains(Part.CHOICES)) {
        choices(rig, cores, site, edge.server(), rate);
      }
      requireNothingLost(rig, edge);
    }
    if (plan.parts().contains(Part.FORWARDER)) {
      forwarding(rig, cores, site, nginx, rate);
    }
  }

  private static List<Server> beside(@Nullable Server nginx, Server edge) {
    return nginx == null ? List.of(edge) : List.of(nginx, edge);
  }

  private static List<String> names(List<Server> servers) {
    return servers.stream().map(Server::name).toList();
  }

  /// The first server is nginx, or the edge when there is none.
  private int rate(Series saturation) {
    return plan.rate() > 0
        ? plan.rate()
        : (int) (saturation.spread(0, RunFigures::requestsPerSecond).median() / 2);
  }

  private static int latencyRate(Series saturation) {
    double lowest = Double.MAX_VALUE;
    for (int i = 0; i < saturation.servers().size(); i++) {
      lowest = Math.min(lowest, saturation.spread(i, RunFigures::requestsPerSecond).median());
    }
    return (int) (LATENCY_SHARE * lowest);
  }

  /// A third at saturation, where code is compiled soonest; the rest at a rate as it is measured.
  private void warmUp(Rig rig, Server server) throws InterruptedException {
    progress("warming up: " + server.name());
    Duration first = plan.warmUp().dividedBy(3);
    RunFigures full = rig.saturate(server, first);
    int half = (int) (full.requestsPerSecond() / 2);
    RunFigures _ = rig.run(server, half, plan.warmUp().minus(first), WARM_UP_SEED);
  }

  private Series compare(Rig rig, List<Server> servers, int rate, int rounds, String how)
      throws InterruptedException {
    return compare(
        servers, rate, rounds, how, (server, round) -> rig.run(servers.get(server), rate, plan.duration(), round));
  }

  private Series compare(List<Server> servers, int rate, int rounds, String how, Series.Run run)
      throws InterruptedException {
    Series series =
        Series.of(
            names(servers),
            rounds,
            (server, round) -> {
              progress(
                  "%d requests/s, %s, round %d of %d: %s"
                      .formatted(rate, how, round + 1, rounds, servers.get(server).name()));
              return run.of(server, round);
            });
    report.line(
        "%d requests/s at random moments, %s, %d rounds of %d s each:"
            .formatted(rate, how, rounds, plan.duration().toSeconds()));
    report.comparison(series);
    return series;
  }

  private void choices(Rig rig, Cores cores, Site site, Server edge, int rate)
      throws InterruptedException {
    List<Server> servers = new ArrayList<>(List.of(edge));
    try {
      for (Choice choice : Choice.values()) {
        Optional<String> obstacle = choice.obstacle();
        if (obstacle.isPresent()) {
          report.line("%s left out: %s".formatted(choice.title(), obstacle.get()));
        } else {
          Server bare = Servers.bare(choice, cores, site);
          servers.add(bare);
          warmUp(rig, bare);
        }
      }
      Series _ = compare(rig, servers, rate, Math.max(1, plan.pairs() / 3), "choices");
    } finally {
      servers.stream().skip(1).forEach(Server::close);
    }
  }

  private void forwarding(
      Rig rig, Cores cores, Site site, @Nullable Server nginx, int rate)
      throws InterruptedException {
    try (Broker broker = Broker.start(cores, site);
        Edge edge = Edge.start("edge-forwarding", cores, site, Forwarding.to(broker.bootstrap()))) {
      warmUp(rig, edge.server());
      List<Server> servers = beside(nginx, edge.server());
      LongSummaryStatistics waiting = new LongSummaryStatistics();
      Series.Run run =
          (server, round) ->
              rig.run(
                  servers.get(server),
                  rate,
                  plan.duration(),
                  round,
                  () -> {
                    if (server == servers.size() - 1) {
                      waiting.accept(edge.awaitForwarded());
                    }
                  });
      Series series = compare(servers, rate, plan.fewerPairs(), "forwarder running", run);
      report.line(
          "At most %d events waited for Kafka at the end of a run; the CPU time until it had acknowledged them is in the figures"
              .formatted(waiting.getMax()));
      report.threads(series, servers.size() - 1);
      requireNothingLost(rig, edge);
    }
  }

  private static void requireNothingLost(Rig rig, Edge edge) throws InterruptedException {
    Edge.Counts counts = edge.counts();
    long answered = rig.answered(edge.server());
    if (counts.lost() > 0 || counts.recorded() != answered) {
      throw new StartupException(
          "the figures are not valid: the edge answered %d hits, recorded %d and lost %d"
              .formatted(answered, counts.recorded(), counts.lost()));
    }
  }

  private void progress(String what) {
    surroundings.err().println("aftersend: " + what);
  }
}
