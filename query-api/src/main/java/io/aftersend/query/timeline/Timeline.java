package io.aftersend.query.timeline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.campaign.CampaignNumbers;
import io.aftersend.query.campaign.CampaignReadModel;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Csv;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.MediaTypes;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.period.Period;
import io.aftersend.query.period.PeriodChoice;
import io.aftersend.query.period.PeriodReader;
import io.aftersend.query.timeline.TimelineReadModel.Question;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/campaigns/{id}/timeline`: what happened to a campaign, step by step without gaps.
public final class Timeline implements Route.Operation {
  private static final int DEFAULT_DAYS = 30;

  private final CampaignReadModel campaigns;
  private final TimelineReadModel timelines;
  private final PeriodReader periods;

  /// Timelines of a read model.
  ///
  /// @param campaigns tell whether a campaign is the tenant's
  public Timeline(CampaignReadModel campaigns, TimelineReadModel timelines, PeriodReader periods) {
    this.campaigns = campaigns;
    this.timelines = timelines;
    this.periods = periods;
  }

  /// The checked parameters of one request.
  private record Choice(
      Question question,
      Grain grain,
      boolean isHumanOnly,
      boolean isCompared,
      PeriodChoice period) {}

  /// The steps of one period.
  private record Steps(Period period, NavigableMap<Instant, Map<String, EventSums>> at) {}

  @Override
  public Answer answer(Call call) {
    boolean isCsv =
        MediaTypes.preferred(call.request(), List.of(MediaTypes.JSON, MediaTypes.CSV))
            .equals(MediaTypes.CSV);
    Choice choice = choice(call);
    if (!campaigns.exists(call.tenant(), choice.question().campaign())) {
      throw CampaignNumbers.unknown();
    }
    Steps steps = steps(choice, period(choice));
    Steps before =
        choice.isCompared() ? steps(choice, steps.period().previous(choice.period().zone())) : null;
    return isCsv
        ? Answer.csv(csv(choice, steps, before), "timeline.csv")
        : Answer.json(json(choice, steps, before));
  }

  private Choice choice(Call call) {
    List<String> known = new ArrayList<>(List.of("grain", "counts", "basis", "compare"));
    known.addAll(PeriodReader.PARAMETERS);
    QueryParameters parameters = QueryParameters.of(call.request(), known);
    Grain grain = Grain.named(parameters.oneOf("grain", Grain.NAMES, Grain.DAY.wireName()));
    String counts = parameters.oneOf("counts", List.of("human", "all"), "human");
    String basis = parameters.oneOf("basis", List.of("event", "sent"), "event");
    String compare = parameters.oneOf("compare", List.of("none", "previous"), "none");
    PeriodChoice period = periods.read(parameters, call.tenant());
    if (!period.isOpen()) {
      period.orLastDays(DEFAULT_DAYS, grain.longest(), parameters);
    }
    parameters.throwIfWrong();
    return new Choice(
        new Question(call.tenant(), call.path("id"), basis),
        grain,
        counts.equals("human"),
        compare.equals("previous"),
        period);
  }

  /// What is asked for, else the life of the campaign, of a very long one the latest part.
  private Period period(Choice choice) {
    PeriodChoice chosen = choice.period();
    Period life = chosen.isOpen() ? timelines.span(choice.question()) : null;
    if (life == null) {
      return chosen.lastDays(DEFAULT_DAYS);
    }
    Instant earliest = life.end().minus(choice.grain().longest());
    Instant start = life.start().isBefore(earliest) ? earliest : life.start();
    return new Period(choice.grain().floor(start, chosen.zone()), life.end());
  }

  private Steps steps(Choice choice, Period period) {
    ZoneId zone = choice.period().zone();
    NavigableMap<Instant, Map<String, EventSums>> steps = new TreeMap<>();
    choice.grain().steps(period, zone).forEach(start -> steps.put(start, new HashMap<>()));
    timelines
        .steps(choice.question(), choice.grain().wireName(), period, zone.getId())
        .forEach(
            (start, sums) -> {
              // Java and the database may differ in old rules of a zone: nothing is lost by it.
              Instant known = steps.floorKey(start);
              Map<String, EventSums> step = steps.get(known == null ? steps.firstKey() : known);
              if (step != null) {
                sums.forEach((event, of) -> step.merge(event, of, EventSums::plus));
              }
            });
    return new Steps(period, steps);
  }

  private static ObjectNode json(Choice choice, Steps steps, @Nullable Steps before) {
    ObjectNode body =
        Json.object()
            .put("campaign", choice.question().campaign())
            .put("zone", choice.period().zone().getId())
            .put("grain", choice.grain().wireName())
            .put("basis", choice.question().basis())
            .put("counts", choice.isHumanOnly() ? "human" : "all");
    put(body, choice, steps);
    if (before != null) {
      put(body.putObject("previous"), choice, before);
    }
    return body;
  }

  private static void put(ObjectNode node, Choice choice, Steps steps) {
    node.put("from", steps.period().start().toString()).put("to", steps.period().end().toString());
    ArrayNode points = node.putArray("points");
    steps
        .at()
        .forEach(
            (start, sums) -> {
              ObjectNode point = points.addObject().put("start", text(start, choice));
              EventSteps.put(point, sums, choice.isHumanOnly());
            });
  }

  private static String csv(Choice choice, Steps steps, @Nullable Steps before) {
    List<String> columns = new ArrayList<>(before == null ? List.of() : List.of("period"));
    columns.add("start");
    columns.addAll(EventSteps.columns());
    Csv csv = new Csv(columns);
    if (before != null) {
      add(csv, choice, before, "previous");
    }
    add(csv, choice, steps, before == null ? null : "current");
    return csv.toString();
  }

  private static void add(Csv csv, Choice choice, Steps steps, @Nullable String period) {
    steps
        .at()
        .forEach(
            (start, sums) -> {
              if (period != null) {
                csv.id(period);
              }
              EventSteps.add(csv.id(text(start, choice)), sums, choice.isHumanOnly());
              csv.endRow();
            });
  }

  /// With the offset of the zone, so that days are seen as days.
  private static String text(Instant start, Choice choice) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        start.atZone(choice.period().zone()).toOffsetDateTime());
  }
}
