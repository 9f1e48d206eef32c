package io.aftersend.query.campaign;

import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.MediaTypes;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import java.util.List;

/// `GET /api/v1/campaigns/{id}`: one campaign with every count and rate.
public final class CampaignNumbers implements Route.Operation {
  private final CampaignReadModel campaigns;

  public CampaignNumbers(CampaignReadModel campaigns) {
    this.campaigns = campaigns;
  }

  @Override
  public Answer answer(Call call) {
    MediaTypes.preferred(call.request(), List.of(MediaTypes.JSON));
    QueryParameters.of(call.request(), List.of()).throwIfWrong();
    String campaign = call.path("id");
    CampaignOverview overview = campaigns.overview(call.tenant(), campaign);
    if (overview == null) {
      throw unknown();
    }
    return Answer.json(
        CampaignJson.campaign(
            overview,
            campaigns.counts(call.tenant(), campaign),
            campaigns.rates(call.tenant(), campaign)));
  }

  /// What is answered for a campaign that the tenant does not have, be it another's or nobody's.
  public static ProblemException unknown() {
    return new ProblemException(Problem.notFound("there is no such campaign"));
  }
}
