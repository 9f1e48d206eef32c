package io.aftersend.query.campaign;

import io.aftersend.schemas.campaign.CampaignSettings;

/// Who tells the other services what a sender says of a campaign. Safe for any thread.
public interface CampaignPublisher {
  /// Returns when the record is durable.
  ///
  /// @param timestampMs of the record, epoch milliseconds
  /// @throws io.aftersend.query.problem.ProblemException 503 when it could not be made durable; it
  ///   may still become so
  void publish(CampaignSettings settings, long timestampMs);
}
