package io.aftersend.standalone.rejudge;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.processor.rejudge.CampaignComparison;
import io.aftersend.processor.rejudge.Comparison;
import io.aftersend.processor.rejudge.OldAndNew;

/// The comparison for scripts; every campaign that changes is in it.
public final class ComparisonJson {
  private static final JsonMapper JSON = new JsonMapper();

  private ComparisonJson() {}

  public static ObjectNode of(Comparison comparison) {
    ObjectNode root = JSON.createObjectNode();
    root.put("events", comparison.events());
    root.put("changed_events", comparison.changedEvents());
    root.put("messages", comparison.messages());
    root.put("changed_messages", comparison.changedMessages());
    root.put("left_messages", comparison.leftMessages());
    ArrayNode campaigns = root.putArray("campaigns");
    comparison.changedCampaigns().forEach(campaign -> add(campaigns.addObject(), campaign));
    ArrayNode changes = root.putArray("changes");
    for (Comparison.Changed changed : comparison.ruleChanges()) {
      ObjectNode change = changes.addObject();
      change.put("before", changed.change().before());
      change.put("after", changed.change().after());
      change.put("hits", changed.hits());
    }
    return root;
  }

  private static void add(ObjectNode node, CampaignComparison campaign) {
    node.put("tenant", campaign.tenant());
    node.put("campaign", campaign.campaign());
    ObjectNode counts = node.putObject("counts");
    campaign
        .hits()
        .forEach(
            (type, hits) -> {
              ObjectNode row = counts.putObject(type.wireName());
              row.put("total", hits.total());
              add(row.putObject("human_total"), hits.humanTotal());
              add(row.putObject("human_unique"), hits.humanUnique());
            });
    ObjectNode verdicts = node.putObject("verdicts");
    campaign.verdicts().forEach((name, counted) -> add(verdicts.putObject(name), counted));
  }

  private static void add(ObjectNode node, OldAndNew counts) {
    node.put("before", counts.before());
    node.put("after", counts.after());
  }
}
