package io.aftersend.query.conversion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.conversion.ConversionReadModel.Sum;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Csv;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.MediaTypes;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import java.util.List;

/// `GET /api/v1/conversions`: how many conversions counted for a campaign, and how many for none.
public final class ConversionTotals implements Route.Operation {
  private static final List<String> OUTCOMES =
      List.of("named", "attributed", "unattributed", "order_repeated");

  private final ConversionReadModel conversions;

  public ConversionTotals(ConversionReadModel conversions) {
    this.conversions = conversions;
  }

  @Override
  public Answer answer(Call call) {
    boolean isCsv =
        MediaTypes.preferred(call.request(), List.of(MediaTypes.JSON, MediaTypes.CSV))
            .equals(MediaTypes.CSV);
    QueryParameters.of(call.request(), List.of()).throwIfWrong();
    List<Sum> sums = conversions.sums(call.tenant());
    return isCsv ? Answer.csv(csv(sums), "conversions.csv") : Answer.json(json(sums));
  }

  private static ObjectNode json(List<Sum> sums) {
    ObjectNode body = Json.object();
    ArrayNode array = body.putArray("conversions");
    for (String outcome : OUTCOMES) {
      List<Sum> ofOutcome = sums.stream().filter(sum -> sum.outcome().equals(outcome)).toList();
      ObjectNode node =
          array
              .addObject()
              .put("outcome", outcome)
              .put("total", ofOutcome.stream().mapToLong(Sum::total).sum());
      ObjectNode revenue = node.putObject("revenue");
      for (Sum sum : ofOutcome) {
        if (!sum.currency().isEmpty()) {
          revenue.put(sum.currency(), Json.shortest(sum.revenue()));
        }
      }
    }
    return body;
  }

  private static String csv(List<Sum> sums) {
    Csv csv = new Csv(List.of("outcome", "currency", "total", "revenue"));
    for (String outcome : OUTCOMES) {
      for (Sum sum : sums) {
        if (sum.outcome().equals(outcome)) {
          csv.id(outcome).id(sum.currency()).number(sum.total()).number(sum.revenue()).endRow();
        }
      }
    }
    return csv.toString();
  }
}
