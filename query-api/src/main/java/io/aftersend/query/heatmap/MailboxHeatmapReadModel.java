package io.aftersend.query.heatmap;

import io.aftersend.query.heatmap.HeatmapReadModel.WeekHour;
import java.time.LocalDate;
import java.util.SortedMap;

/// The reading side of the heatmaps of mailboxes. Zone arithmetic is all in the database. Both
/// methods are safe for any thread, answer nothing at all for a mailbox that the tenant does not
/// have, and throw [io.aftersend.query.problem.ProblemException] when the database cannot answer.
public interface MailboxHeatmapReadModel {
  /// What a heatmap is asked of.
  ///
  /// @param zone an IANA name that the database knows
  record Question(String tenant, String mailbox, String zone) {}

  /// Mails of one cell.
  ///
  /// @param replied replies to mail sent that a person wrote
  record Mails(long sent, long received, long replied) {
    static final Mails NONE = new Mails(0, 0, 0);
  }

  /// The hours of the week that have anything.
  SortedMap<WeekHour, Mails> hourly(Question question);

  /// The calendar days that have anything; of very many the latest.
  SortedMap<LocalDate, Mails> daily(Question question);
}
