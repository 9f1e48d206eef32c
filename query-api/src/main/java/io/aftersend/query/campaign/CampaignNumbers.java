package io.aftersend.query.campaign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.clickhouse.SideBySide;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.MediaTypes;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/campaigns/{id}`: one campaign with every count and rate.
public final class CampaignNumbers implements Route.Operation {
  /// Distributions are read from the events themselves: of a campaign with more of them than this
  /// they have to be asked for, so that its counts do not wait for them.
  private static final long MAX_EVENTS_READ = 200_000;

  private final CampaignReadModel campaigns;
  private final Distributions distributions;

  public CampaignNumbers(CampaignReadModel campaigns, Distributions distributions) {
    this.campaigns = campaigns;
    this.distributions = distributions;
  }

  @Override
  public Answer answer(Call call) {
    MediaTypes.preferred(call.request(), List.of(MediaTypes.JSON));
    QueryParameters.of(call.request(), List.of()).throwIfWrong();
    String campaign = call.path("id");
    String tenant = call.tenant();
    try (SideBySide questions = new SideBySide()) {
      Supplier<@Nullable CampaignOverview> overview =
          questions.ask(() -> campaigns.overview(tenant, campaign));
      Supplier<List<EventCounts>> counts = questions.ask(() -> campaigns.counts(tenant, campaign));
      Supplier<List<Rate>> rates = questions.ask(() -> campaigns.rates(tenant, campaign));
      CampaignOverview known = overview.get();
      if (known == null) {
        throw unknown();
      }
      List<EventCounts> all = counts.get();
      ObjectNode body = CampaignJson.campaign(known, all, rates.get());
      boolean isSmall = all.stream().mapToLong(EventCounts::total).sum() <= MAX_EVENTS_READ;
      body.set("distributions", isSmall ? distributions.json(tenant, campaign) : body.nullNode());
      return Answer.json(body);
    }
  }

  /// What is answered for a campaign that the tenant does not have, be it another's or nobody's.
  public static ProblemException unknown() {
    return new ProblemException(Problem.notFound("there is no such campaign"));
  }
}
