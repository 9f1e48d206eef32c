package io.aftersend.query.totals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Route;
import io.aftersend.query.period.Period;
import io.aftersend.query.period.PeriodReader;
import io.aftersend.query.totals.TotalsReadModel.PeriodTotal;
import io.aftersend.query.totals.TotalsReadModel.Total;
import java.time.ZoneId;
import java.util.List;

/// `GET /api/v1/totals`: all campaigns of the tenant added up by campaign, label or subject, or
/// what happened in each month.
public final class Totals implements Route.Operation {
  private final TotalsReadModel totals;
  private final PeriodReader periods;
  private final int maxCsvRows;

  /// @param maxCsvRows the most rows of one table given as CSV
  public Totals(TotalsReadModel totals, PeriodReader periods, int maxCsvRows) {
    this.totals = totals;
    this.periods = periods;
    this.maxCsvRows = maxCsvRows;
  }

  @Override
  public Answer answer(Call call) {
    TotalsQuestion question = TotalsQuestion.of(call, periods, maxCsvRows);
    return question.isWhole() ? whole(question) : inPeriod(question);
  }

  private Answer whole(TotalsQuestion question) {
    List<Total> read = totals.whole(question.page());
    List<Total> rows = question.form().cut(read);
    String next = question.form().hasMore(read) ? question.cursor(rows.getLast().value()) : null;
    Answer answer =
        question.form().isCsv()
            ? Answer.csv(TotalsForm.csv(question, rows), "totals.csv")
            : Answer.json(TotalsForm.json(question, rows).put("next_cursor", next));
    return next == null ? answer : answer.withHeader("Link", question.link(next));
  }

  private Answer inPeriod(TotalsQuestion question) {
    Period period = question.period();
    ZoneId zone = question.zone();
    Period before = question.isCompared() ? period.previous(zone) : null;
    // What has something in one of the two periods only is a row too.
    Period both = before == null ? period : new Period(before.start(), period.end());
    List<String> read = totals.values(question.page(), question.basis(), both, zone.getId());
    List<String> values = question.form().cut(read);
    List<PeriodTotal> rows = inPeriod(question, values, period);
    List<PeriodTotal> previous = before == null ? List.of() : inPeriod(question, values, before);
    String next = question.form().hasMore(read) ? question.cursor(values.getLast()) : null;
    Answer answer;
    if (question.form().isCsv()) {
      answer = Answer.csv(PeriodForm.csv(question, rows, previous), "totals.csv");
    } else {
      ObjectNode body = PeriodForm.json(question, before, rows, previous);
      answer = Answer.json(body.put("next_cursor", next));
    }
    return next == null ? answer : answer.withHeader("Link", question.link(next));
  }

  private List<PeriodTotal> inPeriod(TotalsQuestion question, List<String> values, Period period) {
    return totals.inPeriod(
        question.page(), values, question.basis(), period, question.zone().getId());
  }
}
