package io.aftersend.query.totals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.campaign.CampaignReadModel;
import io.aftersend.query.campaign.CountsForm;
import io.aftersend.query.campaign.Rate;
import io.aftersend.query.campaign.RatesJson;
import io.aftersend.query.http.Csv;
import io.aftersend.query.http.Json;
import io.aftersend.query.totals.TotalsReadModel.Total;
import java.util.ArrayList;
import java.util.List;

/// Totals of all time as JSON and CSV.
final class TotalsForm {
  private static final String ROI = "roi";

  private TotalsForm() {}

  static ObjectNode json(TotalsQuestion question, List<Total> rows) {
    String by = question.page().by();
    ObjectNode body = Json.object().put("by", by);
    ArrayNode array = body.putArray("totals");
    for (Total row : rows) {
      ObjectNode node = array.addObject().put(by, row.value().isEmpty() ? null : row.value());
      node.set("counts", CountsForm.json(row.counts()));
      node.set("rates", rates(row.rates()));
      ObjectNode revenue = node.putObject("revenue");
      row.revenue().forEach((currency, sum) -> revenue.put(currency, Json.shortest(sum)));
    }
    return body;
  }

  /// As those of one campaign, but with the return in each currency in which anything was spent.
  private static ObjectNode rates(List<Rate> rates) {
    ObjectNode node =
        RatesJson.of(rates.stream().filter(rate -> !rate.metric().equals(ROI)).toList());
    ObjectNode returns = node.putObject(ROI);
    for (Rate rate : rates) {
      if (rate.metric().equals(ROI)) {
        returns.set(rate.currency(), RatesJson.of(List.of(rate)).get(ROI));
      }
    }
    return node;
  }

  static String csv(TotalsQuestion question, List<Total> rows) {
    List<String> columns = new ArrayList<>(List.of(question.page().by()));
    columns.addAll(CountsForm.columns(CampaignReadModel.MAIN_TYPES));
    Csv csv = new Csv(columns);
    for (Total row : rows) {
      csv.text(row.value());
      row.counts().forEach(counts -> CountsForm.add(csv, counts));
      csv.endRow();
    }
    return csv.toString();
  }
}
