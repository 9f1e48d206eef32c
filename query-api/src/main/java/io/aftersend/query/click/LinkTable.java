package io.aftersend.query.click;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.campaign.CampaignNumbers;
import io.aftersend.query.campaign.CampaignReadModel;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Csv;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.http.TablePage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/campaigns/{id}/links`: the clicked links of a campaign, page by page.
public final class LinkTable implements Route.Operation {
  private static final List<String> COLUMNS =
      List.of(
          "link",
          "url",
          "urls",
          "total",
          "unique",
          "human_total",
          "human_unique",
          "first_click",
          "last_click",
          "first_human_click",
          "last_human_click");

  private final CampaignReadModel campaigns;
  private final LinkReadModel links;
  private final int maxCsvRows;

  /// Tables of the links of a read model.
  ///
  /// @param campaigns tell whether a campaign is the tenant's
  /// @param maxCsvRows the most rows of one table given as CSV
  public LinkTable(CampaignReadModel campaigns, LinkReadModel links, int maxCsvRows) {
    this.campaigns = campaigns;
    this.links = links;
    this.maxCsvRows = maxCsvRows;
  }

  @Override
  public Answer answer(Call call) {
    QueryParameters parameters = QueryParameters.of(call.request(), TablePage.PARAMETERS);
    TablePage page = TablePage.of(call.request(), parameters, maxCsvRows);
    LinkPlace after = parameters.cursor(LinkPlace::of, LinkPlace.START);
    parameters.throwIfWrong();
    String campaign = call.path("id");
    List<LinkClicks> read = links.after(call.tenant(), campaign, after, page.rowsToRead());
    if (read.isEmpty() && !campaigns.exists(call.tenant(), campaign)) {
      throw CampaignNumbers.unknown();
    }
    List<LinkClicks> rows = page.cut(read);
    String next = page.hasMore(read) ? rows.getLast().place().cursor() : null;
    Answer answer = page.isCsv() ? Answer.csv(csv(rows), "links.csv") : json(campaign, rows, next);
    return next == null ? answer : answer.withHeader("Link", header(campaign, page.limit(), next));
  }

  /// A campaign that has rows has an id, whose characters need no encoding.
  private static String header(String campaign, int limit, String next) {
    return "</api/v1/campaigns/%s/links?limit=%d&cursor=%s>; rel=\"next\""
        .formatted(campaign, limit, next);
  }

  private static Answer json(String campaign, List<LinkClicks> page, @Nullable String next) {
    ObjectNode body = Json.object().put("campaign", campaign);
    ArrayNode rows = body.putArray("links");
    for (LinkClicks clicks : page) {
      rows.addObject()
          .put("link", nullIfEmpty(clicks.place().link()))
          .put("url", clicks.url())
          .put("urls", clicks.urls())
          .put("total", clicks.total())
          .put("unique", clicks.unique())
          .put("human_total", clicks.humanTotal())
          .put("human_unique", clicks.humanUnique())
          .put("first_click", clicks.firstClick().toString())
          .put("last_click", clicks.lastClick().toString())
          .put("first_human_click", time(clicks.firstHumanClick()))
          .put("last_human_click", time(clicks.lastHumanClick()));
    }
    return Answer.json(body.put("next_cursor", next));
  }

  private static String csv(List<LinkClicks> page) {
    Csv csv = new Csv(COLUMNS);
    for (LinkClicks clicks : page) {
      csv.id(clicks.place().link())
          .text(clicks.url())
          .number(clicks.urls())
          .number(clicks.total())
          .number(clicks.unique())
          .number(clicks.humanTotal())
          .number(clicks.humanUnique())
          .id(clicks.firstClick().toString())
          .id(clicks.lastClick().toString())
          .id(time(clicks.firstHumanClick()))
          .id(time(clicks.lastHumanClick()))
          .endRow();
    }
    return csv.toString();
  }

  private static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static @Nullable String nullIfEmpty(String text) {
    return text.isEmpty() ? null : text;
  }
}
