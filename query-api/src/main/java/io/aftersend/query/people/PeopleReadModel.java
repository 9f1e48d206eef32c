package io.aftersend.query.people;

import io.aftersend.query.period.Period;
import java.util.List;
import java.util.Map;

/// The reading side of mailboxes, recipients and signals. Safe for any thread; throws
/// [io.aftersend.query.problem.ProblemException] when the database cannot answer.
public interface PeopleReadModel {
  /// A question for the rows of a table.
  ///
  /// @param subject the mailbox or recipient whose rows they are; empty where the table is not of
  ///   one
  /// @param filters the value of every filter of the table
  /// @param period of what is counted or listed, where the table is of one
  /// @param after the rows begin behind it
  /// @param limit the most that are given
  record Question(
      String tenant,
      String subject,
      Map<String, String> filters,
      Period period,
      Place after,
      int limit) {}

  /// The rows of a table in its order.
  List<Row> rows(PeopleTable table, Question question);
}
