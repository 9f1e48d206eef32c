package io.aftersend.query.webhook.receiver;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What became of one attempt to post something.
public sealed interface Outcome {
  /// The receiver answered.
  ///
  /// @param status of HTTP
  /// @param retryAfter how long it asks to be left alone; null where it does not
  record Answered(int status, @Nullable Duration retryAfter) implements Outcome {}

  /// There was no answer.
  ///
  /// @param reason one line, for the owner of the webhook
  record Unanswered(String reason) implements Outcome {}

  /// What happened, in a few words.
  default String text() {
    return switch (this) {
      case Answered(int status, Duration _) -> "HTTP " + status;
      case Unanswered(String reason) -> reason;
    };
  }
}
