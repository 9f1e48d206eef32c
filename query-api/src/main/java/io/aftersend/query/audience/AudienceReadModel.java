package io.aftersend.query.audience;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The reading side of a campaign's mails. Safe for any thread; throws
/// [io.aftersend.query.problem.ProblemException] when the database cannot answer.
public interface AudienceReadModel {
  /// What is asked for.
  ///
  /// @param trait what a mail must be found by, `all` for every one
  /// @param after the rows begin behind it
  /// @param limit the most that are given
  record Question(String tenant, String campaign, String trait, MailPlace after, int limit) {}

  /// Some of the rows.
  ///
  /// @param next where to go on; null where there are no more
  record Part(List<Mail> mails, @Nullable MailPlace next) {}

  /// The mails in order. Of few that are far apart it may give less than the limit, and where to go
  /// on, so that no request looks through a campaign of millions at once.
  Part mails(Question question);
}
