package io.aftersend.standalone.rejudge;

import io.aftersend.processor.rejudge.CampaignComparison;
import io.aftersend.processor.rejudge.Comparison;
import io.aftersend.processor.rejudge.OldAndNew;
import io.aftersend.standalone.console.TextTable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The comparison as tables: old and new numbers of each campaign, the verdicts, and which rules
/// changed how many hits.
public final class ComparisonReport {
  /// More rows than people read.
  private static final int MAX_CAMPAIGNS = 50;

  private static final int MAX_CHANGES = 30;

  private final Comparison comparison;

  public ComparisonReport(Comparison comparison) {
    this.comparison = comparison;
  }

  public void print(PrintStream out) {
    List<CampaignComparison> campaigns = comparison.changedCampaigns();
    out.printf(
        "%d of %d events and %d of %d messages come out otherwise; %d campaigns change, %d do not%n",
        comparison.changedEvents(),
        comparison.events(),
        comparison.changedMessages(),
        comparison.messages(),
        campaigns.size(),
        comparison.sameCampaigns());
    if (comparison.leftMessages() > 0) {
      out.printf("%d messages have too many events and are left%n", comparison.leftMessages());
    }
    if (!campaigns.isEmpty()) {
      printCampaigns(campaigns, out);
      printVerdicts(campaigns, out);
    }
    if (!comparison.ruleChanges().isEmpty()) {
      printRules(out);
    }
  }

  private static void printCampaigns(List<CampaignComparison> campaigns, PrintStream out) {
    out.println();
    TextTable table =
        new TextTable(
            "tenant", "campaign", "event", "total", "human_total", "new", "human_unique", "new");
    for (CampaignComparison campaign : campaigns.subList(0, shown(campaigns))) {
      campaign
          .hits()
          .forEach(
              (type, hits) ->
                  table.add(
                      campaign.tenant(),
                      campaign.campaign(),
                      type.wireName(),
                      Long.toString(hits.total()),
                      Long.toString(hits.humanTotal().before()),
                      Long.toString(hits.humanTotal().after()),
                      Long.toString(hits.humanUnique().before()),
                      Long.toString(hits.humanUnique().after())));
    }
    table.print(out);
    if (campaigns.size() > shown(campaigns)) {
      out.printf("… and %d campaigns more%n", campaigns.size() - shown(campaigns));
    }
  }

  private static int shown(List<CampaignComparison> campaigns) {
    return Math.min(campaigns.size(), MAX_CAMPAIGNS);
  }

  private static void printVerdicts(List<CampaignComparison> campaigns, PrintStream out) {
    out.println();
    List<String> titles = new ArrayList<>(List.of("tenant", "campaign", "verdicts"));
    Map<String, Integer> columns = new TreeMap<>();
    campaigns.forEach(campaign -> campaign.verdicts().keySet().forEach(v -> columns.put(v, 0)));
    titles.addAll(columns.keySet());
    TextTable table = new TextTable(titles.toArray(String[]::new));
    for (CampaignComparison campaign : campaigns.subList(0, shown(campaigns))) {
      Map<String, OldAndNew> verdicts = new HashMap<>(campaign.verdicts());
      columns.keySet().forEach(verdict -> verdicts.putIfAbsent(verdict, new OldAndNew(0, 0)));
      List<String> old = new ArrayList<>(List.of(campaign.tenant(), campaign.campaign(), "old"));
      List<String> changed = new ArrayList<>(List.of("", "", "new"));
      for (String verdict : columns.keySet()) {
        OldAndNew counts = verdicts.getOrDefault(verdict, new OldAndNew(0, 0));
        old.add(Long.toString(counts.before()));
        changed.add(Long.toString(counts.after()));
      }
      table.add(old.toArray(String[]::new));
      table.add(changed.toArray(String[]::new));
    }
    table.print(out);
  }

  private void printRules(PrintStream out) {
    out.println();
    TextTable table = new TextTable("hits", "judged before", "judged now");
    List<Comparison.Changed> changes = comparison.ruleChanges();
    for (Comparison.Changed changed : changes.subList(0, Math.min(changes.size(), MAX_CHANGES))) {
      table.add(Long.toString(changed.hits()), changed.change().before(), changed.change().after());
    }
    table.print(out);
    if (changes.size() > MAX_CHANGES) {
      out.printf("… and %d changes more%n", changes.size() - MAX_CHANGES);
    }
  }
}
