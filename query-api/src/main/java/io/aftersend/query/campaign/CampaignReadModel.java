package io.aftersend.query.campaign;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The reading side of campaigns. Every method keeps to one tenant, is safe for any thread, and
/// throws [io.aftersend.query.problem.ProblemException] when the database cannot answer.
public interface CampaignReadModel {
  /// The event types that a table of campaigns shows.
  List<String> MAIN_TYPES =
      List.of(
          "sent",
          "delivered",
          "bounced",
          "opened",
          "clicked",
          "replied",
          "converted",
          "unsubscribed",
          "complained");

  /// The campaigns that are asked for, in the order that is asked for.
  List<CampaignSummary> page(CampaignQuestion question);

  /// For each of the campaigns in which anything happened, its first days.
  ///
  /// @param event `sent`, `opened` or `clicked`
  Map<String, Sparkline> sparklines(String tenant, List<String> campaigns, String event);

  /// Whether the tenant has such a campaign.
  boolean exists(String tenant, String campaign);

  /// The campaign, or null when the tenant has none of that id.
  @Nullable CampaignOverview overview(String tenant, String campaign);

  /// Its counts of every event type; a type may be left out where it has none.
  List<EventCounts> counts(String tenant, String campaign);

  /// Its rates.
  List<Rate> rates(String tenant, String campaign);
}
