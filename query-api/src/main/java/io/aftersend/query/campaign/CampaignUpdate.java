package io.aftersend.query.campaign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.campaign.CampaignProfiles.Stored;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.JsonBody;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import io.aftersend.query.settings.OneAtATime;
import io.aftersend.schemas.campaign.CampaignSettings;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;

/// `PUT /api/v1/campaigns/{id}`: creates a campaign or changes the fields that are given.
///
/// The whole new profile is published to Kafka first, which is the truth that the processor and the
/// sink live by, then stored, so that the next `GET` sees it. A failure between the two leaves a
/// change that comes through later; doing it again is harmless. Changes of one campaign wait for
/// each other in this process; two processes that change different fields of one campaign in the
/// same instant may lose one of the changes.
public final class CampaignUpdate implements Route.Operation {
  private static final int SCALE = 6;

  private final CampaignProfiles profiles;
  private final CampaignPublisher publisher;
  private final InstantSource clock;
  private final long maxBodyBytes;
  private final OneAtATime oneAtATime = new OneAtATime();

  /// Changes campaigns in a table and in Kafka.
  ///
  /// @param maxBodyBytes the largest body that is taken
  public CampaignUpdate(
      CampaignProfiles profiles,
      CampaignPublisher publisher,
      InstantSource clock,
      long maxBodyBytes) {
    this.profiles = profiles;
    this.publisher = publisher;
    this.clock = clock;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public Answer answer(Call call) {
    QueryParameters.of(call.request(), List.of()).throwIfWrong();
    String campaign = call.id("campaign");
    ObjectNode body = JsonBody.object(call.request(), maxBodyBytes);
    CampaignChange change = CampaignChange.parse(campaign, body);
    String tenant = call.tenant();
    CampaignProfile after =
        oneAtATime.change(tenant, campaign, () -> change(tenant, campaign, change));
    return Answer.json(CampaignJson.profile(after));
  }

  private CampaignProfile change(String tenant, String campaign, CampaignChange change) {
    Stored before = profiles.current(tenant, campaign);
    CampaignProfile profile =
        change.applyTo(before == null ? CampaignProfile.untold(campaign) : before.profile());
    if (profile.cost() != null && profile.currency() == null) {
      throw new ProblemException(
          Problem.wrongParameter(
              "currency", "expected the currency of the cost, 3 capital letters, got none"));
    }
    long nowMs = clock.millis();
    long version = before == null ? nowMs : Math.max(before.version() + 1, nowMs);
    publisher.publish(settings(tenant, profile, version), nowMs);
    profiles.store(tenant, new Stored(profile, version));
    return profile;
  }

  private static CampaignSettings settings(String tenant, CampaignProfile profile, long version) {
    BigDecimal cost = profile.cost();
    return CampaignSettings.newBuilder()
        .setTenant(tenant)
        .setCampaign(profile.campaign())
        .setName(profile.name())
        .setSubject(profile.subject())
        .setCost(cost == null ? null : cost.setScale(SCALE))
        .setCurrency(profile.currency())
        .setLabels(profile.labels())
        .setList(profile.list())
        .setCountSource(profile.countSource())
        .setVersion(version)
        .build();
  }
}
