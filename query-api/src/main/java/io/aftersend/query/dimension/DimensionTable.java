package io.aftersend.query.dimension;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.campaign.CampaignNumbers;
import io.aftersend.query.campaign.CampaignReadModel;
import io.aftersend.query.campaign.CountsForm;
import io.aftersend.query.campaign.EventCounts;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Csv;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.OpaqueCursor;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.http.TablePage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/campaigns/{id}/devices`, `/places` and `/accounts`: the counts of a campaign by
/// value of one dimension, page by page.
public final class DimensionTable implements Route.Operation {
  /// Before all values, which may be empty themselves.
  private static final String START = "\0";

  /// Changes with the meaning of a cursor: the last value of its page.
  private static final String CURSOR_VERSION = "1:";

  private final Dimension dimension;
  private final CampaignReadModel campaigns;
  private final DimensionReadModel dimensions;
  private final int maxCsvRows;
  private final int minMessages;

  private DimensionTable(
      Dimension dimension,
      CampaignReadModel campaigns,
      DimensionReadModel dimensions,
      int maxCsvRows,
      int minMessages) {
    this.dimension = dimension;
    this.campaigns = campaigns;
    this.dimensions = dimensions;
    this.maxCsvRows = maxCsvRows;
    this.minMessages = minMessages;
  }

  /// One table for each dimension.
  ///
  /// @param campaigns tell whether a campaign is the tenant's
  /// @param maxCsvRows the most rows of one table given as CSV
  /// @param minMessages of fewer distinct messages than this nothing can be told
  public static List<DimensionTable> all(
      CampaignReadModel campaigns, DimensionReadModel dimensions, int maxCsvRows, int minMessages) {
    return Arrays.stream(Dimension.values())
        .map(each -> new DimensionTable(each, campaigns, dimensions, maxCsvRows, minMessages))
        .toList();
  }

  /// The last part of the path.
  public String name() {
    return dimension.table();
  }

  @Override
  public Answer answer(Call call) {
    QueryParameters parameters = QueryParameters.of(call.request(), TablePage.PARAMETERS);
    TablePage page = TablePage.of(call.request(), parameters, maxCsvRows);
    String place = parameters.cursor(cursor -> OpaqueCursor.place(CURSOR_VERSION, cursor), START);
    parameters.throwIfWrong();
    String campaign = call.path("id");
    String after = place.equals(START) ? null : place;
    List<ValueCounts> read =
        dimensions.after(call.tenant(), campaign, dimension, after, page.rowsToRead());
    if (read.isEmpty() && !campaigns.exists(call.tenant(), campaign)) {
      throw CampaignNumbers.unknown();
    }
    List<ValueCounts> rows = page.cut(read);
    String next =
        page.hasMore(read) ? OpaqueCursor.of(CURSOR_VERSION, rows.getLast().value()) : null;
    Answer answer =
        page.isCsv()
            ? Answer.csv(csv(rows), dimension.table() + ".csv")
            : json(campaign, rows, next);
    return next == null ? answer : answer.withHeader("Link", header(campaign, page.limit(), next));
  }

  /// A campaign that has rows has an id, whose characters need no encoding.
  private String header(String campaign, int limit, String next) {
    return "</api/v1/campaigns/%s/%s?limit=%d&cursor=%s>; rel=\"next\""
        .formatted(campaign, dimension.table(), limit, next);
  }

  private Answer json(String campaign, List<ValueCounts> page, @Nullable String next) {
    ObjectNode body = Json.object().put("campaign", campaign);
    if (dimension.isOfHits()) {
      body.put("min_messages", minMessages);
    }
    ArrayNode rows = body.putArray(dimension.table());
    for (ValueCounts value : page) {
      ObjectNode row = rows.addObject();
      row.put(dimension.wireName(), value.value().isEmpty() ? null : value.value());
      row.set("counts", CountsForm.json(value.counts()));
    }
    return Answer.json(body.put("next_cursor", next));
  }

  private String csv(List<ValueCounts> page) {
    List<String> columns = new ArrayList<>(List.of(dimension.wireName()));
    columns.addAll(CountsForm.columns(dimension.types()));
    Csv csv = new Csv(columns);
    for (ValueCounts value : page) {
      csv.id(value.value());
      for (EventCounts counts : value.counts()) {
        CountsForm.add(csv, counts);
      }
      csv.endRow();
    }
    return csv.toString();
  }
}
