package io.aftersend.query.totals;

import io.aftersend.query.http.Call;
import io.aftersend.query.http.OpaqueCursor;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.TablePage;
import io.aftersend.query.period.Period;
import io.aftersend.query.period.PeriodChoice;
import io.aftersend.query.period.PeriodReader;
import io.aftersend.query.totals.TotalsReadModel.Page;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// The checked parameters of a request for totals.
///
/// @param isWhole whether all counts of all time are asked for, else those of a period
/// @param isCompared whether the period before is asked for too
record TotalsQuestion(
    Page page,
    TablePage form,
    boolean isWhole,
    String basis,
    boolean isHumanOnly,
    boolean isCompared,
    Period period,
    ZoneId zone,
    String query) {
  private static final List<String> OWN = List.of("by", "basis", "counts", "compare");

  /// Changes with the meaning of a cursor: what the rows are by, and the last one of its page.
  private static final String CURSOR_VERSION = "1:";

  private static final String START = "\0";

  static TotalsQuestion of(Call call, PeriodReader periods, int maxCsvRows) {
    List<String> known = new ArrayList<>(OWN);
    known.addAll(PeriodReader.PARAMETERS);
    known.addAll(TablePage.PARAMETERS);
    QueryParameters parameters = QueryParameters.of(call.request(), known);
    TablePage form = TablePage.of(call.request(), parameters, maxCsvRows);
    String by =
        parameters.oneOf("by", List.of("campaign", "label", "subject", "month"), "campaign");
    String basis = parameters.oneOf("basis", List.of("event", "sent"), "event");
    String counts = parameters.oneOf("counts", List.of("human", "all"), "human");
    boolean isCompared =
        parameters.oneOf("compare", List.of("none", "previous"), "none").equals("previous");
    PeriodChoice choice = periods.read(parameters, call.tenant());
    Period period = choice.orAlways(parameters);
    if (isCompared && by.equals("month")) {
      parameters.wrong(
          "compare", "expected none by month, where the row before is what to compare with");
    } else if (isCompared && choice.from() == null) {
      parameters.wrong("compare", "expected none, or from, whose period has one before it");
    } else if (isCompared && choice.to() == null) {
      period = new Period(period.start(), choice.now());
    }
    String after =
        parameters.cursor(
            cursor -> {
              String place = OpaqueCursor.place(CURSOR_VERSION, cursor);
              return place != null && place.startsWith(by + ":")
                  ? place.substring(by.length() + 1)
                  : null;
            },
            START);
    parameters.throwIfWrong();
    boolean isWhole =
        !by.equals("month")
            && List.of("from", "to", "basis", "counts", "compare").stream()
                .allMatch(name -> parameters.text(name) == null);
    return new TotalsQuestion(
        new Page(call.tenant(), by, after.equals(START) ? null : after, form.rowsToRead()),
        form,
        isWhole,
        basis,
        counts.equals("human"),
        isCompared,
        period,
        choice.zone(),
        parameters.but(List.of("limit", "cursor")));
  }

  String cursor(String last) {
    return OpaqueCursor.of(CURSOR_VERSION, page.by() + ":" + last);
  }

  /// The way to the next page.
  String link(String next) {
    return "</api/v1/totals?%slimit=%d&cursor=%s>; rel=\"next\""
        .formatted(query, form.limit(), next);
  }
}
