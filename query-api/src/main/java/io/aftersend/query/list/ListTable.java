package io.aftersend.query.list;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Csv;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.OpaqueCursor;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.http.TablePage;
import io.aftersend.query.list.ListReadModel.Moves;
import io.aftersend.query.list.ListReadModel.Row;
import io.aftersend.query.period.Period;
import io.aftersend.query.period.PeriodChoice;
import io.aftersend.query.period.PeriodReader;
import java.util.ArrayList;
import java.util.List;

/// `GET /api/v1/lists`: the mailing lists of the tenant and how each grew in a period, page by
/// page.
public final class ListTable implements Route.Operation {
  private static final int DEFAULT_DAYS = 30;

  /// Changes with the meaning of a cursor: the last list of its page.
  private static final String CURSOR_VERSION = "1:lists:";

  private static final String START = "";

  private final ListReadModel lists;
  private final PeriodReader periods;
  private final int maxCsvRows;

  /// @param maxCsvRows the most rows of one table given as CSV
  public ListTable(ListReadModel lists, PeriodReader periods, int maxCsvRows) {
    this.lists = lists;
    this.periods = periods;
    this.maxCsvRows = maxCsvRows;
  }

  @Override
  public Answer answer(Call call) {
    List<String> known = new ArrayList<>(PeriodReader.PARAMETERS);
    known.addAll(TablePage.PARAMETERS);
    QueryParameters parameters = QueryParameters.of(call.request(), known);
    TablePage page = TablePage.of(call.request(), parameters, maxCsvRows);
    String after = parameters.cursor(cursor -> OpaqueCursor.place(CURSOR_VERSION, cursor), START);
    PeriodChoice choice = periods.read(parameters, call.tenant());
    Period period = choice.orLastDays(DEFAULT_DAYS, parameters);
    parameters.throwIfWrong();
    List<Row> read = lists.after(call.tenant(), after, period, page.rowsToRead());
    List<Row> rows = page.cut(read);
    String next =
        page.hasMore(read) ? OpaqueCursor.of(CURSOR_VERSION, rows.getLast().list()) : null;
    Answer answer =
        page.isCsv()
            ? Answer.csv(csv(rows), "lists.csv")
            : Answer.json(json(choice, period, rows).put("next_cursor", next));
    return next == null
        ? answer
        : answer.withHeader(
            "Link",
            "</api/v1/lists?%slimit=%d&cursor=%s>; rel=\"next\""
                .formatted(parameters.but(TablePage.PARAMETERS), page.limit(), next));
  }

  private static ObjectNode json(PeriodChoice choice, Period period, List<Row> rows) {
    ObjectNode body =
        Json.object()
            .put("from", period.start().toString())
            .put("to", period.end().toString())
            .put("zone", choice.zone().getId());
    ArrayNode array = body.putArray("lists");
    for (Row row : rows) {
      ObjectNode node = array.addObject().put("list", row.list()).put("name", row.name());
      GrowthJson.put(node, row.growth());
    }
    return body;
  }

  private static String csv(List<Row> rows) {
    Csv csv =
        new Csv(
            List.of(
                "list",
                "name",
                "size_at_start",
                "size_at_end",
                "subscribed",
                "unsubscribed",
                "complained",
                "departed"));
    for (Row row : rows) {
      Moves moves = row.growth().moves();
      csv.id(row.list())
          .text(row.name())
          .number(row.growth().sizeAtStart())
          .number(row.growth().sizeAtEnd())
          .number(moves.subscribed())
          .number(moves.unsubscribed())
          .number(moves.complained())
          .number(moves.departed())
          .endRow();
    }
    return csv.toString();
  }
}
