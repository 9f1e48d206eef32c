package io.aftersend.bench.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Runs of several servers in turns: each round runs all of them, every other round in reverse order,
/// so that whatever drifts hits them alike.
///
/// @param servers their names; the first is the one that the others are compared with
/// @param rounds the figures of each round, in the order of `servers`
record Series(List<String> servers, List<List<RunFigures>> rounds) {

  /// One run of a server, given by its place, within a round.
  interface Run {
    RunFigures of(int server, int round) throws InterruptedException;
  }

  static Series of(List<String> servers, int rounds, Run run) throws InterruptedException {
    List<List<RunFigures>> all = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      boolean isReversed = round % 2 == 1;
      List<RunFigures> figures = new ArrayList<>();
      for (int i = 0; i < servers.size(); i++) {
        figures.add(run.of(isReversed ? servers.size() - 1 - i : i, round));
      }
      if (isReversed) {
        Collections.reverse(figures);
      }
      all.add(figures);
    }
    return new Series(servers, all);
  }

  /// A figure of a server over all rounds.
  Spread spread(int server, ToDoubleFunction<RunFigures> figure) {
    return Spread.of(
        rounds.stream().map(round -> figure.applyAsDouble(round.get(server))).toList());
  }

  /// The ratio of a server's figure to that of the first server, taken within each round.
  Spread ratio(int server, ToDoubleFunction<RunFigures> figure) {
    return Spread.of(
        rounds.stream()
            .map(
                round ->
                    figure.applyAsDouble(round.get(server)) / figure.applyAsDouble(round.get(0)))
            .toList());
  }

  /// All figures of a server.
  List<RunFigures> figures(int server) {
    return rounds.stream().map(round -> round.get(server)).toList();
  }
}
