package io.aftersend.query.totals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Csv;
import io.aftersend.query.http.Json;
import io.aftersend.query.period.Period;
import io.aftersend.query.timeline.EventSteps;
import io.aftersend.query.totals.TotalsReadModel.PeriodTotal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Totals of a period as JSON and CSV.
final class PeriodForm {
  private PeriodForm() {}

  /// @param before the period before; null where it was not asked for, and then nor are its rows
  /// @param previous what the same values had in the period before
  static ObjectNode json(
      TotalsQuestion question,
      @Nullable Period before,
      List<PeriodTotal> rows,
      List<PeriodTotal> previous) {
    String by = question.page().by();
    ObjectNode body = Json.object().put("by", by);
    put(body, question.period());
    body.put("zone", question.zone().getId())
        .put("basis", question.basis())
        .put("counts", question.isHumanOnly() ? "human" : "all");
    if (before != null) {
      put(body.putObject("previous"), before);
    }
    ArrayNode array = body.putArray("totals");
    for (int i = 0; i < rows.size(); i++) {
      PeriodTotal row = rows.get(i);
      ObjectNode node = array.addObject().put(by, row.value().isEmpty() ? null : row.value());
      EventSteps.put(node.putObject("counts"), row.sums(), question.isHumanOnly());
      if (before != null) {
        EventSteps.put(node.putObject("previous"), previous.get(i).sums(), question.isHumanOnly());
      }
    }
    return body;
  }

  private static void put(ObjectNode node, Period period) {
    node.put("from", period.start().equals(Period.ALWAYS.start()) ? null : text(period.start()))
        .put("to", period.end().equals(Period.ALWAYS.end()) ? null : text(period.end()));
  }

  private static String text(Instant time) {
    return time.toString();
  }

  static String csv(TotalsQuestion question, List<PeriodTotal> rows, List<PeriodTotal> previous) {
    List<String> columns = new ArrayList<>(List.of(question.page().by()));
    columns.addAll(EventSteps.columns());
    if (question.isCompared()) {
      EventSteps.columns().forEach(column -> columns.add("previous_" + column));
    }
    Csv csv = new Csv(columns);
    for (int i = 0; i < rows.size(); i++) {
      csv.text(rows.get(i).value());
      EventSteps.add(csv, rows.get(i).sums(), question.isHumanOnly());
      if (question.isCompared()) {
        EventSteps.add(csv, previous.get(i).sums(), question.isHumanOnly());
      }
      csv.endRow();
    }
    return csv.toString();
  }
}
