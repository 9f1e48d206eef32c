package io.aftersend.standalone.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.schemas.event.EventType;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The ledger as JSON, with the names of the API.
final class LedgerJson {
  private LedgerJson() {}

  /// The whole ledger.
  ///
  /// @param traffic what it took: requests, retries, repeats
  static ObjectNode of(
      DemoCampaign campaign,
      @Nullable String tenant,
      Instant finished,
      Ledger ledger,
      Traffic traffic) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("tenant", tenant)
        .put("campaign", campaign.id())
        .put("messages", campaign.messages())
        .put("seed", campaign.seed())
        .put("started", campaign.now().toString())
        .put("finished", finished.toString());
    ObjectNode counts = json.putObject("counts");
    ledger.counts().forEach((type, of) -> putCounts(counts.putObject(type.wireName()), type, of));
    ObjectNode rates = json.putObject("rates");
    ledger.rates().forEach((name, rate) -> putRate(rates, name, rate));
    json.putObject("revenue").put(DemoCampaign.CURRENCY, ledger.revenue());
    putHeatmap(json.putObject("heatmap"), ledger);
    ObjectNode mailboxes = json.putObject("mailboxes");
    ledger.mailboxes().forEach((mailbox, of) -> putMailbox(mailboxes.putObject(mailbox), of));
    putTraffic(json.putObject("requests"), traffic, ledger.unanswered());
    return json;
  }

  private static void putCounts(ObjectNode json, EventType type, Ledger.Counts counts) {
    json.put("total", counts.total()).put("unique", counts.unique());
    if (type == EventType.OPENED || type == EventType.CLICKED) {
      json.put("human_total", counts.humanTotal()).put("human_unique", counts.humanUnique());
    }
  }

  private static void putRate(ObjectNode rates, String name, Ledger.Rate rate) {
    int dot = name.indexOf('.');
    ObjectNode at =
        dot < 0
            ? rates.withObjectProperty(name)
            : rates.withObjectProperty(name.substring(0, dot)).putObject(name.substring(dot + 1));
    at.put("numerator", rate.numerator()).put("denominator", rate.denominator());
  }

  private static void putHeatmap(ObjectNode json, Ledger ledger) {
    json.put("event", "opened").put("basis", "event").put("zone", OpenHours.ZONE.getId());
    for (boolean isHumanOnly : new boolean[] {true, false}) {
      OpenHours.Week week = ledger.openHours(isHumanOnly);
      var cells = json.putArray(isHumanOnly ? "human" : "all");
      for (int hour = 0; hour < week.total().size(); hour++) {
        if (week.total().get(hour) > 0) {
          ObjectNode cell = cells.addObject();
          cell.put("weekday", hour / 24 + 1)
              .put("hour", hour % 24)
              .put("total", week.total().get(hour));
          if (isHumanOnly) {
            cell.put("first", week.first().get(hour));
          }
        }
      }
    }
  }

  private static void putMailbox(ObjectNode json, MailboxCounts counts) {
    json.put("received", counts.received())
        .put("auto_received", counts.automatic())
        .put("sent", counts.sent())
        .put("answered", counts.answered());
  }

  private static void putTraffic(
      ObjectNode json, Traffic traffic, Map<EventType, Integer> unanswered) {
    json.put("posts", traffic.posts())
        .put("repeated_posts", traffic.repeatedPosts())
        .put("events", traffic.events())
        .put("hits", traffic.hits())
        .put("retries", traffic.retries())
        .put("rejected", traffic.rejected());
    ObjectNode open = json.putObject("unanswered");
    unanswered.forEach((type, count) -> open.put(type.wireName(), count));
  }
}
