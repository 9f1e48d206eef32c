package io.aftersend.query.webhook.delivery;

import io.aftersend.query.webhook.receiver.Outcome;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What follows an attempt: a pure function of what happened, how often, and how old the event is.
final class RetryRules {
  /// How long after its arrival an event is tried again.
  static final Duration TRIED_FOR = Duration.ofDays(1);

  /// A receiver that refuses an event will refuse it again; some tries let it be repaired, and then
  /// the others must go on.
  static final int TRIES_OF_REFUSED = 5;

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final Duration LONGEST_ASKED_WAIT = Duration.ofHours(1);
  private static final int GONE = 410;

  private RetryRules() {}

  /// What is to be done next.
  sealed interface Next {
    /// The receiver took it.
    record Delivered() implements Next {}

    /// The same again, after a while.
    record Again(Duration pause) implements Next {}

    /// It goes to the dead list.
    record GiveUp() implements Next {}

    /// The receiver wants no more of anything.
    record Disable() implements Next {}
  }

  /// Decides.
  ///
  /// @param attempts how many were made, the one that ended so included
  /// @param age time since the event arrived
  static Next after(Outcome outcome, int attempts, Duration age, RandomGenerator random) {
    Duration wait = backoff(attempts, random);
    return switch (outcome) {
      case Outcome.Unanswered _ -> again(wait, age);
      case Outcome.Answered(int status, Duration _) when status / 100 == 2 -> new Next.Delivered();
      case Outcome.Answered(int status, Duration _) when status == GONE -> new Next.Disable();
      case Outcome.Answered(int status, Duration asked) when isForNow(status) ->
          again(longer(wait, asked), age);
      case Outcome.Answered _ ->
          attempts >= TRIES_OF_REFUSED ? new Next.GiveUp() : again(wait, age);
    };
  }

  /// Whether the trouble is the receiver's own, so that any other event would meet it too.
  private static boolean isForNow(int status) {
    return status >= 500 || status == 408 || status == 429;
  }

  private static Next again(Duration wait, Duration age) {
    return age.compareTo(TRIED_FOR) >= 0 ? new Next.GiveUp() : new Next.Again(wait);
  }

  private static Duration longer(Duration wait, @Nullable Duration asked) {
    if (asked == null || asked.compareTo(wait) <= 0) {
      return wait;
    }
    return asked.compareTo(LONGEST_ASKED_WAIT) < 0 ? asked : LONGEST_ASKED_WAIT;
  }

  /// The wait after so many failures: doubled each time from 1 s up to 5 min, of which up to a half
  /// is left out at random, so that those who wait do not come back together.
  static Duration backoff(int attempts, RandomGenerator random) {
    int doublings = Math.min(attempts - 1, 20);
    long fullMs = Math.min(FIRST_WAIT.toMillis() << doublings, LONGEST_WAIT.toMillis());
    return Duration.ofMillis(fullMs - (long) (random.nextDouble() * fullMs / 2));
  }
}
