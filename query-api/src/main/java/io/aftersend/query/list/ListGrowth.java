package io.aftersend.query.list;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.MediaTypes;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.list.ListReadModel.Moves;
import io.aftersend.query.period.Period;
import io.aftersend.query.period.PeriodChoice;
import io.aftersend.query.period.PeriodReader;
import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// `GET /api/v1/lists/{id}/growth`: how a mailing list grew in a period, and on each of its days.
public final class ListGrowth implements Route.Operation {
  private static final int DEFAULT_DAYS = 30;

  private final ListReadModel lists;
  private final PeriodReader periods;

  /// The growth of the lists of a read model.
  public ListGrowth(ListReadModel lists, PeriodReader periods) {
    this.lists = lists;
    this.periods = periods;
  }

  @Override
  public Answer answer(Call call) {
    boolean isCsv =
        MediaTypes.preferred(call.request(), List.of(MediaTypes.JSON, MediaTypes.CSV))
            .equals(MediaTypes.CSV);
    QueryParameters parameters = QueryParameters.of(call.request(), PeriodReader.PARAMETERS);
    PeriodChoice choice = periods.read(parameters, call.tenant());
    Period period = choice.orLastDays(DEFAULT_DAYS, parameters);
    parameters.throwIfWrong();
    String list = call.path("id");
    if (!lists.exists(call.tenant(), list)) {
      throw new ProblemException(Problem.notFound("there is no such list"));
    }
    Map<LocalDate, Moves> days = days(call.tenant(), list, period, choice.zone());
    if (isCsv) {
      return Answer.csv(GrowthJson.csv(days), "growth.csv");
    }
    ObjectNode body =
        Json.object()
            .put("list", list)
            .put("from", period.start().toString())
            .put("to", period.end().toString())
            .put("zone", choice.zone().getId());
    GrowthJson.put(body, lists.growth(call.tenant(), list, period), days);
    return Answer.json(body);
  }

  /// Every day of the period, the last one up to where the period ends.
  private Map<LocalDate, Moves> days(String tenant, String list, Period period, ZoneId zone) {
    SortedMap<LocalDate, Moves> known = lists.days(tenant, list, period, zone.getId());
    LocalDate first = LocalDate.ofInstant(period.start(), zone);
    LocalDate last = LocalDate.ofInstant(period.end().minusMillis(1), zone);
    Map<LocalDate, Moves> days = new LinkedHashMap<>();
    first
        .datesUntil(last.plusDays(1))
        .forEach(date -> days.put(date, known.getOrDefault(date, Moves.NONE)));
    return days;
  }
}
