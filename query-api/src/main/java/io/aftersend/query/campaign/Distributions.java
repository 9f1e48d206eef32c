package io.aftersend.query.campaign;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.campaign.DistributionReadModel.Bar;
import io.aftersend.query.campaign.DistributionReadModel.Delays;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Csv;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.MediaTypes;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import java.math.BigDecimal;
import java.util.List;

/// `GET /api/v1/campaigns/{id}/distributions`: how long it took to open, click and reply, and how
/// long mail was looked at. Read from the events of all messages, which for millions takes seconds.
public final class Distributions implements Route.Operation {
  private final CampaignReadModel campaigns;
  private final DistributionReadModel distributions;

  /// @param campaigns tell whether a campaign is the tenant's
  public Distributions(CampaignReadModel campaigns, DistributionReadModel distributions) {
    this.campaigns = campaigns;
    this.distributions = distributions;
  }

  @Override
  public Answer answer(Call call) {
    boolean isCsv =
        MediaTypes.preferred(call.request(), List.of(MediaTypes.JSON, MediaTypes.CSV))
            .equals(MediaTypes.CSV);
    QueryParameters.of(call.request(), List.of()).throwIfWrong();
    String campaign = call.path("id");
    if (!campaigns.exists(call.tenant(), campaign)) {
      throw CampaignNumbers.unknown();
    }
    if (isCsv) {
      return Answer.csv(csv(distributions.delays(call.tenant(), campaign)), "distributions.csv");
    }
    ObjectNode body = Json.object().put("campaign", campaign);
    body.set("distributions", json(call.tenant(), campaign));
    return Answer.json(body);
  }

  /// All distributions of a campaign.
  ObjectNode json(String tenant, String campaign) {
    ObjectNode node = Json.object();
    DistributionReadModel.METRICS.forEach(node::putArray);
    for (Delays delays : distributions.delays(tenant, campaign)) {
      ObjectNode row =
          node.withArray(delays.metric())
              .addObject()
              .put("since", delays.since())
              .put("messages", delays.messages())
              .put("median_seconds", Json.shortest(BigDecimal.valueOf(delays.medianSeconds())))
              .put("p90_seconds", Json.shortest(BigDecimal.valueOf(delays.p90Seconds())));
      ArrayNode histogram = row.putArray("histogram");
      for (Bar bar : delays.bars()) {
        histogram
            .addObject()
            .put("up_to_seconds", bar.upToSeconds())
            .put("messages", bar.messages());
      }
    }
    node.set("read_time", RatesJson.of(distributions.readTime(tenant, campaign)));
    return node;
  }

  private static String csv(List<Delays> all) {
    Csv csv = new Csv(List.of("metric", "since", "up_to_seconds", "messages"));
    for (Delays delays : all) {
      for (Bar bar : delays.bars()) {
        csv.id(delays.metric())
            .id(delays.since())
            .id(bar.upToSeconds() == null ? null : bar.upToSeconds().toString())
            .number(bar.messages())
            .endRow();
      }
    }
    return csv.toString();
  }
}
