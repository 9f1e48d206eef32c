package io.aftersend.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The oracle against numbers that were worked out by hand.
final class OracleTest {
  private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

  static Stream<HandCase> cases() {
    return Stream.concat(HandCases.all().stream(), TokenCases.all().stream());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void countsAsByHand(HandCase handCase) {
    Recount recount =
        Oracle.recount(handCase.history(START)).getOrDefault(HandCase.CAMPAIGN, Recount.NONE);

    assertThat(handCase.failures(recount, START)).isEqualTo(List.of());
  }
}
