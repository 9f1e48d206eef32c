package io.aftersend.query.campaign;

import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.MediaTypes;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

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
    String tenant = call.tenant();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      // Three views, none of which needs another's answer: the slowest is waited for, not the sum.
      Future<@Nullable CampaignOverview> overview =
          threads.submit(() -> campaigns.overview(tenant, campaign));
      Future<List<EventCounts>> counts = threads.submit(() -> campaigns.counts(tenant, campaign));
      Future<List<Rate>> rates = threads.submit(() -> campaigns.rates(tenant, campaign));
      CampaignOverview known = answerOf(overview);
      if (known == null) {
        throw unknown();
      }
      return Answer.json(CampaignJson.campaign(known, answerOf(counts), answerOf(rates)));
    }
  }

  /// @throws ProblemException what the question ended with
  private static <T extends @Nullable Object> T answerOf(Future<T> question) {
    try {
      return question.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.unavailable("the server is stopping"));
    }
  }

  /// What is answered for a campaign that the tenant does not have, be it another's or nobody's.
  public static ProblemException unknown() {
    return new ProblemException(Problem.notFound("there is no such campaign"));
  }
}
