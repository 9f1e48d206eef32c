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
import io.aftersend.query.http.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/campaigns`: the tenant's campaigns, page by page.
public final class CampaignTable implements Route.Operation {
  private static final int MAX_SEARCH_CHARACTERS = 200;

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
    List<String> known = new ArrayList<>(List.of("search", "label", "sort", "order", "sparkline"));
    known.addAll(TablePage.PARAMETERS);
    QueryParameters parameters = QueryParameters.of(call.request(), known);
    TablePage page = TablePage.of(call.request(), parameters, maxCsvRows);
    CampaignOrder order =
        CampaignOrder.named(parameters.oneOf("sort", CampaignOrder.NAMES, "campaign"));
    boolean isDescending = parameters.oneOf("order", List.of("asc", "desc"), "asc").equals("desc");
    String sparkline =
        parameters.oneOf("sparkline", List.of("none", "sent", "opened", "clicked"), "none");
    String way = order + (isDescending ? "-" : "+");
    CampaignQuestion.Place after =
        parameters.cursor(cursor -> Cursor.place(way, cursor), Cursor.START);
    CampaignQuestion question =
        new CampaignQuestion(
            call.tenant(),
            text(parameters, "search"),
            text(parameters, "label"),
            order,
            isDescending,
            after.equals(Cursor.START) ? null : after,
            page.rowsToRead());
    parameters.throwIfWrong();
    List<CampaignSummary> read = campaigns.page(question);
    List<CampaignSummary> rows = page.cut(read);
    String next = page.hasMore(read) ? Cursor.after(way, rows.getLast().place()) : null;
    Answer answer =
        page.isCsv()
            ? Answer.csv(csv(rows), "campaigns.csv")
            : json(rows, sparklines(call.tenant(), rows, sparkline), next);
    return next == null
        ? answer
        : answer.withHeader(
            "Link",
            "</api/v1/campaigns?%slimit=%d&cursor=%s>; rel=\"next\""
                .formatted(parameters.but(TablePage.PARAMETERS), page.limit(), next));
  }

  private static String text(QueryParameters parameters, String name) {
    String text = parameters.text(name);
    if (text == null) {
      return "";
    }
    if (!Text.isPlain(text, MAX_SEARCH_CHARACTERS)) {
      parameters.wrong(
          name,
          "expected a text of 1 to 200 characters without control characters, got "
              + Text.quoted(text));
    }
    return text;
  }

  /// Null where none were asked for.
  private @Nullable Map<String, Sparkline> sparklines(
      String tenant, List<CampaignSummary> rows, String event) {
    if (event.equals("none")) {
      return null;
    }
    List<String> ids = rows.stream().map(row -> row.profile().campaign()).toList();
    return ids.isEmpty() ? Map.of() : campaigns.sparklines(tenant, ids, event);
  }

  private static Answer json(
      List<CampaignSummary> page,
      @Nullable Map<String, Sparkline> sparklines,
      @Nullable String next) {
    ObjectNode body = Json.object();
    ArrayNode rows = body.putArray("campaigns");
    for (CampaignSummary summary : page) {
      ObjectNode row = CampaignJson.summary(summary);
      if (sparklines != null) {
        CampaignJson.putSparkline(row, sparklines.get(summary.profile().campaign()));
      }
      rows.add(row);
    }
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
