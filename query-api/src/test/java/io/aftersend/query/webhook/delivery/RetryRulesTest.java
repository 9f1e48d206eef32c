package io.aftersend.query.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.query.webhook.delivery.RetryRules.Next;
import io.aftersend.query.webhook.receiver.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryRulesTest {
  private static final Duration YOUNG = Duration.ofMinutes(1);
  private static final Duration ALMOST_A_DAY = Duration.ofDays(1).minusMillis(1);
  private static final Outcome SILENT = new Outcome.Unanswered("no connection");

  @Test
  void doublesTheWaitUpToFiveMinutes() {
    List<Long> seconds = new ArrayList<>();
    for (int attempts = 1; attempts <= 11; attempts++) {
      seconds.add(RetryRules.backoff(attempts, always(0)).toSeconds());
    }

    assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L);
    assertThat(RetryRules.backoff(1_000_000, always(0))).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void leavesOutUpToAHalfAtRandom() {
    assertThat(RetryRules.backoff(4, always(0.5))).isEqualTo(Duration.ofSeconds(6));
    assertThat(RetryRules.backoff(4, always(0.999_999))).isEqualTo(Duration.ofMillis(4_001));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void takesAnySuccess(int status) {
    assertThat(after(answered(status), 1, YOUNG)).isEqualTo(new Next.Delivered());
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504, 599})
  void triesAgainForADayWhatIsTheReceiversOwnTrouble(int status) {
    assertThat(after(answered(status), 100, ALMOST_A_DAY)).isInstanceOf(Next.Again.class);
    assertThat(after(answered(status), 100, Duration.ofDays(1))).isEqualTo(new Next.GiveUp());
  }

  @Test
  void triesAgainForADayWhenThereIsNoAnswer() {
    assertThat(after(SILENT, 100, ALMOST_A_DAY)).isEqualTo(new Next.Again(Duration.ofMinutes(5)));
    assertThat(after(SILENT, 1, Duration.ofDays(1))).isEqualTo(new Next.GiveUp());
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 400, 401, 403, 404, 413, 422})
  void givesUpAfterFiveTriesWhatTheReceiverRefuses(int status) {
    assertThat(after(answered(status), 4, YOUNG)).isEqualTo(new Next.Again(Duration.ofSeconds(8)));
    assertThat(after(answered(status), 5, YOUNG)).isEqualTo(new Next.GiveUp());
  }

  @Test
  void endsWhereTheReceiverIsGone() {
    assertThat(after(answered(410), 1, YOUNG)).isEqualTo(new Next.Disable());
  }

  @Test
  void leavesAReceiverAloneForAsLongAsItAsksButNotForMoreThanAnHour() {
    assertThat(asked(Duration.ofSeconds(90))).isEqualTo(new Next.Again(Duration.ofSeconds(90)));
    assertThat(asked(Duration.ZERO)).isEqualTo(new Next.Again(Duration.ofSeconds(1)));
    assertThat(asked(Duration.ofDays(3))).isEqualTo(new Next.Again(Duration.ofHours(1)));
  }

  private static Next asked(Duration pause) {
    return after(new Outcome.Answered(429, pause), 1, YOUNG);
  }

  private static Outcome answered(int status) {
    return new Outcome.Answered(status, null);
  }

  private static Next after(Outcome outcome, int attempts, Duration age) {
    return RetryRules.after(outcome, attempts, age, always(0));
  }

  private static RandomGenerator always(double value) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return 0;
      }

      @Override
      public double nextDouble() {
        return value;
      }
    };
  }
}
