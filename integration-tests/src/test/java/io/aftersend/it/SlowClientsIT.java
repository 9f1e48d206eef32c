package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `slowhttptest`, a program that opens thousands of connections and hardly uses them, beside
/// normal hits.
@Tag("full")
class SlowClientsIT {
  private static final int CONNECTIONS = 2_000;
  private static final int SECONDS = 25;

  /// Enough for a percentile, after as many to warm up.
  private static final int QUIET_HITS = 2_500;

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  /// The ways in which it is slow, as it names them.
  enum Mode {
    HEADERS("-H", "header_timeout", "-i", "5", "-x", "24"),
    BODY("-B", "body_timeout", "-i", "5", "-s", "8192", "-x", "10", "-t", "GET"),
    READ("-X", "idle_timeout", "-k", "50", "-n", "5", "-w", "1", "-y", "32", "-z", "5");

    private final String flag;
    private final String closeReason;
    private final List<String> arguments;

    Mode(String flag, String closeReason, String... arguments) {
      this.flag = flag;
      this.closeReason = closeReason;
      this.arguments = List.of(arguments);
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void everyNormalHitIsAnsweredBesideSlowClients(Mode mode, @TempDir Path directory)
      throws Exception {
    Map<String, String> hasty =
        Map.of("AFTERSEND_EDGE_IDLE_TIMEOUT", "10s", "AFTERSEND_EDGE_BODY_TIMEOUT", "10s");
    try (LoneEdge edge = LoneEdge.startIn(directory, hasty);
        SteadyHits hits = SteadyHits.start(edge)) {
      Await.untilAsserted(DEADLINE, () -> assertThat(hits.count()).isGreaterThan(QUIET_HITS));
      int begin = hits.count();
      String said = slowHttpTest(mode, edge, directory);
      int end = hits.count();
      System.out.printf(
          "%s: %d hits, p99 %d us before, %d us beside %d slow clients%n",
          mode,
          end,
          hits.p99(begin / 2, begin).toNanos() / 1_000,
          hits.p99(begin, end).toNanos() / 1_000,
          CONNECTIONS);
      assertThat(hits.firstFailure()).isEmpty();
      assertThat(said).contains("connections");
      Await.untilAsserted(
          DEADLINE,
          () ->
              assertThat(
                      edge.metric("connections_closed_total{reason=\"" + mode.closeReason + "\"}"))
                  .isGreaterThan(CONNECTIONS / 2.0));
    }
  }

  private static String slowHttpTest(Mode mode, LoneEdge edge, Path directory)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("slowhttptest", mode.flag));
    command.addAll(mode.arguments);
    command.addAll(
        List.of(
            "-c",
            Integer.toString(CONNECTIONS),
            "-r",
            Integer.toString(CONNECTIONS / 2),
            "-l",
            Integer.toString(SECONDS),
            "-p",
            "5",
            "-v",
            "1",
            "-u",
            edge.url() + edge.click()));
    Path output = directory.resolve("slowhttptest.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output);
  }
}
