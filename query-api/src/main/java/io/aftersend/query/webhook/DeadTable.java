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
import io.aftersend.query.webhook.store.WebhookKey;
import io.aftersend.query.webhook.store.WebhookStore;
import io.aftersend.schemas.webhook.DeadDelivery;
import java.util.Comparator;
import java.util.List;

/// `GET /api/v1/webhooks/{id}/dead`: what was given up, by the delivery's id, page by page.
final class DeadTable implements Route.Operation {
  private static final String CURSOR_VERSION = "d1:";
  private static final List<String> COLUMNS =
      List.of(
          "delivery",
          "type",
          "campaign",
          "message",
          "event_id",
          "arrived_at",
          "died_at",
          "attempts",
          "error");

  private final WebhookStore store;
  private final int maxCsvRows;

  DeadTable(WebhookStore store, int maxCsvRows) {
    this.store = store;
    this.maxCsvRows = maxCsvRows;
  }

  @Override
  public Answer answer(Call call) {
    QueryParameters parameters = QueryParameters.of(call.request(), TablePage.PARAMETERS);
    TablePage page = TablePage.of(call.request(), parameters, maxCsvRows);
    String after = parameters.cursor(text -> OpaqueCursor.place(CURSOR_VERSION, text), "");
    parameters.throwIfWrong();
    WebhookKey key = WebhookKey.of(Lookup.webhook(store, call));
    List<DeadDelivery> sorted =
        store.tables().dead(key).stream()
            .sorted(Comparator.comparing(DeadDelivery::getDelivery))
            .toList();
    RowsPage<DeadDelivery> rows =
        RowsPage.cut(page, sorted, DeadDelivery::getDelivery, after, CURSOR_VERSION);
    Answer answer = page.isCsv() ? Answer.csv(csv(rows.rows()), "dead.csv") : json(rows);
    String target = "/api/v1/webhooks/" + key.webhook() + "/dead?";
    return rows.linked(answer, target, page.limit());
  }

  private static Answer json(RowsPage<DeadDelivery> page) {
    ObjectNode body = Json.object();
    ArrayNode array = body.putArray("dead");
    page.rows().forEach(row -> array.add(WebhookJson.dead(row)));
    return Answer.json(body.put("next_cursor", page.next()));
  }

  private static String csv(List<DeadDelivery> rows) {
    Csv csv = new Csv(COLUMNS);
    for (DeadDelivery row : rows) {
      csv.id(row.getDelivery())
          .id(row.getType())
          .id(row.getCampaign())
          .id(row.getMessage())
          .id(row.getEventId())
          .id(row.getArrivedAt().toString())
          .id(row.getDiedAt().toString())
          .number(row.getAttempts())
          .text(row.getError())
          .endRow();
    }
    return csv.toString();
  }
}
