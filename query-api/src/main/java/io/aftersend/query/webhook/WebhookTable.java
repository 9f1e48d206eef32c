package io.aftersend.query.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Csv;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.OpaqueCursor;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.http.RowsPage;
import io.aftersend.query.http.TablePage;
import io.aftersend.query.webhook.store.WebhookStore;
import io.aftersend.query.webhook.store.WebhookTables;
import io.aftersend.schemas.webhook.WebhookSubscription;
import java.time.InstantSource;
import java.util.List;

/// `GET /api/v1/webhooks`: the tenant's webhooks by id, page by page.
final class WebhookTable implements Route.Operation {
  private static final String CURSOR_VERSION = "w1:";
  private static final List<String> COLUMNS =
      List.of(
          "webhook",
          "url",
          "description",
          "events",
          "signals",
          "campaigns",
          "human_only",
          "enabled",
          "disabled_reason",
          "created_at");

  private final WebhookStore store;
  private final InstantSource clock;
  private final int maxCsvRows;

  WebhookTable(WebhookStore store, InstantSource clock, int maxCsvRows) {
    this.store = store;
    this.clock = clock;
    this.maxCsvRows = maxCsvRows;
  }

  @Override
  public Answer answer(Call call) {
    QueryParameters parameters = QueryParameters.of(call.request(), TablePage.PARAMETERS);
    TablePage page = TablePage.of(call.request(), parameters, maxCsvRows);
    String after = parameters.cursor(text -> OpaqueCursor.place(CURSOR_VERSION, text), "");
    parameters.throwIfWrong();
    WebhookTables tables = store.freshTables();
    RowsPage<WebhookSubscription> rows =
        RowsPage.cut(
            page, tables.of(call.tenant()), WebhookSubscription::getWebhook, after, CURSOR_VERSION);
    Answer answer =
        page.isCsv() ? Answer.csv(csv(rows.rows()), "webhooks.csv") : json(rows, tables);
    return rows.linked(answer, "/api/v1/webhooks?", page.limit());
  }

  private Answer json(RowsPage<WebhookSubscription> page, WebhookTables tables) {
    ObjectNode body = Json.object();
    ArrayNode array = body.putArray("webhooks");
    page.rows().forEach(row -> array.add(WebhookJson.webhook(row, tables, clock.instant())));
    return Answer.json(body.put("next_cursor", page.next()));
  }

  private static String csv(List<WebhookSubscription> rows) {
    Csv csv = new Csv(COLUMNS);
    for (WebhookSubscription row : rows) {
      csv.id(row.getWebhook())
          .text(row.getUrl())
          .text(row.getDescription())
          .id(String.join("; ", row.getEvents()))
          .id(String.join("; ", row.getSignals()))
          .id(String.join("; ", row.getCampaigns()))
          .id(Boolean.toString(row.getHumanOnly()))
          .id(Boolean.toString(row.getEnabled()))
          .text(row.getDisabledReason())
          .id(row.getCreatedAt().toString())
          .endRow();
    }
    return csv.toString();
  }
}
