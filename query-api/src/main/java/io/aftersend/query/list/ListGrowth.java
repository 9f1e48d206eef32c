package io.aftersend.query.list;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.MediaTypes;
import io.aftersend.query.http.Route;
import io.aftersend.query.list.ListReadModel.Moves;
import io.aftersend.query.list.ListReadModel.Period;
import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.runtime.tenants.Tenants;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// `GET /api/v1/lists/{id}/growth`: how a mailing list grew in a period, and on each of its days.
public final class ListGrowth implements Route.Operation {
  private final ListReadModel lists;
  private final Predicate<String> knownZones;
  private final Supplier<Tenants> tenants;
  private final InstantSource clock;

  /// The growth of the lists of a read model.
  ///
  /// @param knownZones whether the database can reckon in a zone
  /// @param tenants tell the zone that holds where none is asked for
  public ListGrowth(
      ListReadModel lists,
      Predicate<String> knownZones,
      Supplier<Tenants> tenants,
      InstantSource clock) {
    this.lists = lists;
    this.knownZones = knownZones;
    this.tenants = tenants;
    this.clock = clock;
  }

  @Override
  public Answer answer(Call call) {
    boolean isCsv =
        MediaTypes.preferred(call.request(), List.of(MediaTypes.JSON, MediaTypes.CSV))
            .equals(MediaTypes.CSV);
    GrowthQuestion question =
        GrowthQuestion.of(call.request(), zoneOf(call.tenant()), knownZones, clock.instant());
    String list = call.path("id");
    if (!lists.exists(call.tenant(), list)) {
      throw new ProblemException(Problem.notFound("there is no such list"));
    }
    Map<LocalDate, Moves> days = days(call.tenant(), list, question);
    if (isCsv) {
      return Answer.csv(GrowthJson.csv(days), "growth.csv");
    }
    Period period = question.period();
    ObjectNode body =
        Json.object()
            .put("list", list)
            .put("from", period.start().toString())
            .put("to", period.end().toString())
            .put("zone", question.zone());
    GrowthJson.put(body, lists.growth(call.tenant(), list, period), days);
    return Answer.json(body);
  }

  private String zoneOf(String tenantId) {
    Tenant tenant = tenants.get().tenant(tenantId);
    return tenant == null ? "UTC" : tenant.timeZone();
  }

  /// Every day of the period, the last one up to where the period ends.
  private Map<LocalDate, Moves> days(String tenant, String list, GrowthQuestion question) {
    SortedMap<LocalDate, Moves> known =
        lists.days(tenant, list, question.period(), question.zone());
    ZoneId zone = ZoneId.of(question.zone());
    LocalDate first = LocalDate.ofInstant(question.period().start(), zone);
    LocalDate last = LocalDate.ofInstant(question.period().end().minusMillis(1), zone);
    Map<LocalDate, Moves> days = new LinkedHashMap<>();
    first
        .datesUntil(last.plusDays(1))
        .forEach(date -> days.put(date, known.getOrDefault(date, Moves.NONE)));
    return days;
  }
}
