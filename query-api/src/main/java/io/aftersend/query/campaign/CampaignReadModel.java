package io.aftersend.query.campaign;

import java.util.List;
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

  /// The campaigns after one in the order of their ids.
  ///
  /// @param after empty: from the first
  /// @param limit the most that are given
  List<CampaignSummary> after(String tenant, String after, int limit);

  /// Whether the tenant has such a campaign.
  boolean exists(String tenant, String campaign);

  /// The campaign, or null when the tenant has none of that id.
  @Nullable CampaignOverview overview(String tenant, String campaign);

  /// Its counts of every event type; a type may be left out where it has none.
  List<EventCounts> counts(String tenant, String campaign);

  /// Its rates.
  List<Rate> rates(String tenant, String campaign);
}
