package io.aftersend.query.campaign;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Csv;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.http.TablePage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/campaigns`: the tenant's campaigns by id, page by page.
public final class CampaignTable implements Route.Operation {

  private final CampaignReadModel campaigns;
  private final int maxCsvRows;

  /// A table of the campaigns of a read model.
  ///
  /// @param maxCsvRows the most rows of one table given as CSV
  public CampaignTable(CampaignReadModel campaigns, int maxCsvRows) {
    this.campaigns = campaigns;
    this.maxCsvRows = maxCsvRows;
  }

  @Override
  public Answer answer(Call call) {
    QueryParameters parameters = QueryParameters.of(call.request(), TablePage.PARAMETERS);
    TablePage page = TablePage.of(call.request(), parameters, maxCsvRows);
    String after = parameters.cursor(Cursor::campaign, "");
    parameters.throwIfWrong();
    List<CampaignSummary> read = campaigns.after(call.tenant(), after, page.rowsToRead());
    List<CampaignSummary> rows = page.cut(read);
    String next = page.hasMore(read) ? Cursor.after(rows.getLast().profile().campaign()) : null;
    Answer answer = page.isCsv() ? Answer.csv(csv(rows), "campaigns.csv") : json(rows, next);
    return next == null ? answer : answer.withHeader("Link", link(page.limit(), next));
  }

  private static String link(int limit, String next) {
    return "</api/v1/campaigns?limit=%d&cursor=%s>; rel=\"next\"".formatted(limit, next);
  }

  private static Answer json(List<CampaignSummary> page, @Nullable String next) {
    ObjectNode body = Json.object();
    ArrayNode rows = body.putArray("campaigns");
    page.forEach(summary -> rows.add(CampaignJson.summary(summary)));
    return Answer.json(body.put("next_cursor", next));
  }

  private static String csv(List<CampaignSummary> page) {
    Csv csv = new Csv(columns());
    for (CampaignSummary row : page) {
      CampaignProfile profile = row.profile();
      csv.id(profile.campaign())
          .text(profile.name())
          .text(profile.subject())
          .text(String.join("; ", profile.labels()))
          .id(profile.list())
          .number(profile.cost())
          .id(profile.currency())
          .id(profile.countSource());
      for (EventCounts count : row.counts()) {
        CountsForm.add(csv, count);
      }
      csv.endRow();
    }
    return csv.toString();
  }

  private static List<String> columns() {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "campaign",
                "name",
                "subject",
                "labels",
                "list",
                "cost",
                "currency",
                "count_source"));
    columns.addAll(CountsForm.columns(CampaignReadModel.MAIN_TYPES));
    return columns;
  }
}
