package io.aftersend.query.heatmap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.campaign.CampaignNumbers;
import io.aftersend.query.campaign.CampaignReadModel;
import io.aftersend.query.heatmap.HeatmapReadModel.Slice;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.MediaTypes;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.http.Text;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.runtime.tenants.Tenants;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;

/// `GET /api/v1/campaigns/{id}/heatmap`: when things happen, by hour of the week or calendar day,
/// in one zone or in each recipient's own.
public final class Heatmap implements Route.Operation {
  private static final String RECIPIENT = "recipient";
  private static final String UTC = "UTC";

  /// The events that only a sender or its mailboxes make: there are no machines to leave out.
  private static final Set<String> WITHOUT_MACHINES = Set.of("sent", "received");

  private final CampaignReadModel campaigns;
  private final HeatmapReadModel heatmaps;
  private final Supplier<Tenants> tenants;
  private final int minMessages;

  /// Heatmaps of the campaigns of a read model.
  ///
  /// @param tenants tell the zone that holds where none is asked for
  /// @param minMessages fewer distinct messages than this in a cell mask it
  public Heatmap(
      CampaignReadModel campaigns,
      HeatmapReadModel heatmaps,
      Supplier<Tenants> tenants,
      int minMessages) {
    this.campaigns = campaigns;
    this.heatmaps = heatmaps;
    this.tenants = tenants;
    this.minMessages = minMessages;
  }

  /// The checked parameters of one request.
  private record Choice(
      HeatmapQuestion question, boolean isHourly, String zone, boolean isHumanOnly) {
    boolean leavesMachinesOut() {
      return isHumanOnly && !WITHOUT_MACHINES.contains(question.event());
    }
  }

  @Override
  public Answer answer(Call call) {
    boolean isCsv =
        MediaTypes.preferred(call.request(), List.of(MediaTypes.JSON, MediaTypes.CSV))
            .equals(MediaTypes.CSV);
    Choice choice = choice(call);
    if (!campaigns.exists(call.tenant(), choice.question().campaign())) {
      throw CampaignNumbers.unknown();
    }
    ObjectNode body =
        Json.object()
            .put("zone", choice.zone())
            .put("grain", choice.isHourly() ? "hourly" : "daily")
            .put("event", choice.question().event())
            .put("basis", choice.question().basis())
            .put("counts", choice.isHumanOnly() ? "human" : "all");
    HeatmapCells cells =
        new HeatmapCells(choice.leavesMachinesOut(), minMessages, slices(choice, body));
    if (isCsv) {
      String text =
          choice.isHourly()
              ? cells.hourlyCsv(heatmaps, choice.question())
              : cells.dailyCsv(heatmaps, choice.question());
      return Answer.csv(text, "heatmap.csv");
    }
    ArrayNode array =
        choice.isHourly()
            ? cells.hourly(heatmaps, choice.question())
            : cells.daily(heatmaps, choice.question());
    body.set("cells", array);
    return Answer.json(body);
  }

  private Choice choice(Call call) {
    QueryParameters parameters =
        QueryParameters.of(call.request(), List.of("event", "grain", "zone", "counts", "basis"));
    String event =
        parameters.oneOf(
            "event", List.of("opened", "clicked", "sent", "received", "replied"), "opened");
    String grain = parameters.oneOf("grain", List.of("hourly", "daily"), "hourly");
    String counts = parameters.oneOf("counts", List.of("human", "all"), "human");
    String basis = parameters.oneOf("basis", List.of("event", "sent"), "event");
    String zone = zone(call.tenant(), parameters);
    parameters.throwIfWrong();
    return new Choice(
        new HeatmapQuestion(call.tenant(), call.path("id"), event, basis),
        grain.equals("hourly"),
        zone,
        counts.equals("human"));
  }

  private String zone(String tenantId, QueryParameters parameters) {
    String zone = parameters.text("zone");
    if (zone == null) {
      Tenant tenant = tenants.get().tenant(tenantId);
      return tenant == null ? UTC : tenant.timeZone();
    }
    if (!zone.equals(RECIPIENT) && !isKnown(zone)) {
      parameters.wrong(
          "zone",
          "expected an IANA time zone, such as Asia/Tehran, or recipient, got "
              + Text.quoted(zone));
    }
    return zone;
  }

  private boolean isKnown(String zone) {
    return ZoneId.getAvailableZoneIds().contains(zone) && heatmaps.knowsZone(zone);
  }

  /// What the cells are summed over. For recipients' own zones the answer also says what is left
  /// out for want of a zone, so that the cells and it add up to the whole.
  private List<Slice> slices(Choice choice, ObjectNode body) {
    if (!choice.zone().equals(RECIPIENT)) {
      return List.of(new Slice(choice.zone(), false));
    }
    List<Slice> slices = new ArrayList<>();
    CellCounts unplaced = CellCounts.NONE;
    SortedMap<String, CellCounts> zones = heatmaps.recipientZones(choice.question());
    for (Map.Entry<String, CellCounts> entry : zones.entrySet()) {
      if (isKnown(entry.getKey())) {
        slices.add(new Slice(entry.getKey(), true));
      } else {
        unplaced = unplaced.plus(entry.getValue());
      }
    }
    body.putObject("unplaced")
        .put("total", choice.leavesMachinesOut() ? unplaced.humanTotal() : unplaced.total())
        .put("first", unplaced.first());
    return slices;
  }
}
