package io.aftersend.query.campaign;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Json;
import io.aftersend.schemas.event.EventType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Campaigns and their counts as JSON.
final class CampaignJson {
  private CampaignJson() {}

  /// What the sender says of a campaign, everything of it, null where nothing was said.
  static ObjectNode profile(CampaignProfile profile) {
    ObjectNode node =
        Json.object()
            .put("campaign", profile.campaign())
            .put("name", profile.name())
            .put("subject", profile.subject());
    ArrayNode labels = node.putArray("labels");
    profile.labels().forEach(labels::add);
    return node.put("list", profile.list())
        .put("cost", shortest(profile.cost()))
        .put("currency", profile.currency())
        .put("count_source", profile.countSource());
  }

  /// A line of the table of campaigns.
  static ObjectNode summary(CampaignSummary summary) {
    ObjectNode node = profile(summary.profile());
    node.set("counts", CountsForm.json(summary.counts()));
    return node;
  }

  /// @param sparkline null where nothing happened
  static void putSparkline(ObjectNode row, @Nullable Sparkline sparkline) {
    if (sparkline == null) {
      row.putNull("sparkline");
      return;
    }
    ObjectNode node = row.putObject("sparkline").put("start", sparkline.start().toString());
    ArrayNode days = node.putArray("days");
    sparkline.days().forEach(days::add);
  }

  /// A campaign with all of its numbers.
  static ObjectNode campaign(
      CampaignOverview overview, List<EventCounts> counts, List<Rate> rates) {
    ObjectNode node = profile(overview.profile());
    node.set("counts", allCounts(counts));
    node.set("rates", RatesJson.of(rates));
    node.set("revenue", revenue(overview.revenue()));
    node.set("limits", limits(overview.limits()));
    return node;
  }

  private static ObjectNode allCounts(List<EventCounts> counts) {
    Map<String, EventCounts> byType =
        counts.stream().collect(Collectors.toMap(EventCounts::type, Function.identity()));
    ObjectNode node = Json.object();
    for (EventType type : EventType.values()) {
      String name = type.wireName();
      node.set(name, CountsForm.json(byType.getOrDefault(name, EventCounts.none(name))));
    }
    return node;
  }

  private static ObjectNode revenue(SortedMap<String, BigDecimal> revenue) {
    ObjectNode node = Json.object();
    revenue.forEach((currency, amount) -> node.put(currency, Json.shortest(amount)));
    return node;
  }

  private static ObjectNode limits(CampaignLimits limits) {
    return Json.object()
        .put("unchecked_events", limits.uncheckedEvents())
        .put("late_events", limits.lateEvents());
  }

  private static @Nullable BigDecimal shortest(@Nullable BigDecimal number) {
    return number == null ? null : Json.shortest(number);
  }
}
