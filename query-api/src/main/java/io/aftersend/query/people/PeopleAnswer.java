package io.aftersend.query.people;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Csv;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.http.TablePage;
import io.aftersend.query.http.Text;
import io.aftersend.query.people.PeopleReadModel.Question;
import io.aftersend.query.period.Period;
import io.aftersend.query.period.PeriodReader;
import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One table of [PeopleTable], page by page, as JSON or CSV.
public final class PeopleAnswer implements Route.Operation {
  private final PeopleTable table;
  private final PeopleReadModel people;
  private final PeriodReader periods;
  private final int maxCsvRows;

  /// @param maxCsvRows the most rows of one table given as CSV
  public PeopleAnswer(
      PeopleTable table, PeopleReadModel people, PeriodReader periods, int maxCsvRows) {
    this.table = table;
    this.people = people;
    this.periods = periods;
    this.maxCsvRows = maxCsvRows;
  }

  @Override
  public Answer answer(Call call) {
    List<String> known = new ArrayList<>(TablePage.PARAMETERS);
    table.filters().forEach(filter -> known.add(filter.name()));
    if (table.isOfPeriod()) {
      known.addAll(PeriodReader.PARAMETERS);
    }
    QueryParameters parameters = QueryParameters.of(call.request(), known);
    TablePage page = TablePage.of(call.request(), parameters, maxCsvRows);
    Map<String, String> filters = filters(parameters);
    Place after = parameters.cursor(cursor -> Place.of(table.name(), cursor), table.start());
    Period period =
        table.isOfPeriod()
            ? periods.read(parameters, call.tenant()).orAlways(parameters)
            : Period.ALWAYS;
    parameters.throwIfWrong();
    String subject = table.subject() == null ? "" : call.path("id");
    Question question =
        new Question(call.tenant(), subject, filters, period, after, page.rowsToRead());
    List<Row> read = people.rows(table, question);
    if (read.isEmpty()) {
      requireKnown(call.tenant(), subject);
    }
    List<Row> rows = page.cut(read);
    String next = page.hasMore(read) ? rows.getLast().place().cursor(table.name()) : null;
    Answer answer =
        page.isCsv() ? Answer.csv(csv(rows), table.rowsName() + ".csv") : json(subject, rows, next);
    return next == null
        ? answer
        : answer.withHeader("Link", link(subject, parameters, page.limit(), next));
  }

  private Map<String, String> filters(QueryParameters parameters) {
    Map<String, String> values = new HashMap<>();
    for (Filter filter : table.filters()) {
      String value = parameters.text(filter.name());
      if (value != null && filter.allowed().isEmpty() && !Text.isId(value)) {
        parameters.wrong(
            filter.name(), "expected " + Text.ID_EXPECTED + ", got " + Text.quoted(value));
      }
      values.put(
          filter.name(),
          filter.allowed().isEmpty()
              ? value == null ? filter.whenAbsent() : value
              : parameters.oneOf(filter.name(), filter.allowed(), filter.whenAbsent()));
    }
    return values;
  }

  /// A mailbox exists from its first mail, a recipient from the first event.
  private void requireKnown(String tenant, String subject) {
    String kind = table.subject();
    if (kind == null) {
      return;
    }
    PeopleTable whole = kind.equals("mailbox") ? PeopleTable.MAILBOX : PeopleTable.TIMELINE;
    Question question = new Question(tenant, subject, Map.of(), Period.ALWAYS, whole.start(), 1);
    if (people.rows(whole, question).isEmpty()) {
      throw new ProblemException(Problem.notFound("there is no such " + kind));
    }
  }

  /// A subject that has rows has an id, whose characters need no encoding.
  private String link(String subject, QueryParameters parameters, int limit, String next) {
    return "<%s?%slimit=%d&cursor=%s>; rel=\"next\""
        .formatted(
            table.template().replace("{id}", subject),
            parameters.but(TablePage.PARAMETERS),
            limit,
            next);
  }

  private Answer json(String subject, List<Row> page, @Nullable String next) {
    ObjectNode body = Json.object();
    if (table.subject() != null) {
      body.put(table.subject(), subject);
    }
    ArrayNode rows = body.putArray(table.rowsName());
    for (Row row : page) {
      ObjectNode object = rows.addObject();
      for (int i = 0; i < table.columns().size(); i++) {
        put(object, table.columns().get(i).name(), row.cells().get(i));
      }
    }
    return Answer.json(body.put("next_cursor", next));
  }

  private static void put(ObjectNode object, String name, @Nullable Object cell) {
    switch (cell) {
      case null -> object.putNull(name);
      case Long number -> object.put(name, number);
      case BigDecimal number -> object.put(name, Json.shortest(number));
      case Instant time -> object.put(name, time.toString());
      default -> object.put(name, cell.toString());
    }
  }

  private String csv(List<Row> page) {
    Csv csv = new Csv(table.columns().stream().map(Column::name).toList());
    for (Row row : page) {
      for (int i = 0; i < table.columns().size(); i++) {
        add(csv, table.columns().get(i).kind(), row.cells().get(i));
      }
      csv.endRow();
    }
    return csv.toString();
  }

  private static void add(Csv csv, Column.Kind kind, @Nullable Object cell) {
    switch (cell) {
      case null -> csv.id(null);
      case Long number -> csv.number(number.longValue());
      case BigDecimal number -> csv.number(number);
      default -> {
        String text = cell.toString();
        if (kind == Column.Kind.TEXT) {
          csv.text(text);
        } else {
          csv.id(text);
        }
      }
    }
  }
}
