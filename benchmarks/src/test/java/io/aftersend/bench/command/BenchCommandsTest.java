package io.aftersend.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.standalone.Program;
import io.aftersend.standalone.console.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchCommandsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String line) {
    Surroundings surroundings =
        new Surroundings(
            Map.of(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            InstantSource.fixed(Instant.EPOCH),
            new Random(1));
    return new Program(surroundings, BenchCommands.build(surroundings)).run(line.split(" "));
  }

  @Test
  void withoutANameItListsTheBenchmarks() {
    assertThat(run("bench")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("edge-micro")
        .contains("edge-load")
        .contains("verdicts")
        .contains("queries")
        .contains("pipeline")
        .contains("freshness");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench nothing",
        "bench edge-load --pairs 0",
        "bench edge-load --seconds 601",
        "bench edge-load --rate fast",
        "bench edge-load --only speed",
        "bench edge-load extra",
        "bench edge-micro --pairs 3",
        "bench verdicts --pairs 3",
        "bench queries --events 0",
        "bench queries --rounds 1001",
        "bench pipeline --events 0",
        "bench pipeline --hot 101",
        "bench freshness --rate 0",
        "bench freshness --seconds 601"
      })
  void wrongUsageIsExitCodeTwoAndOneLine(String line) {
    assertThat(run(line)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("aftersend bench")
        .contains("expected");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench",
        "bench edge-micro",
        "bench edge-load",
        "bench verdicts",
        "bench queries",
        "bench pipeline",
        "bench freshness"
      })
  void everyCommandExplainsItself(String command) {
    assertThat(run(command + " --help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: aftersend " + command);
  }
}
