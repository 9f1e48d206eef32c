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
    List<DeadDelivery> read =
        store.tables().dead(key).stream()
            .sorted(Comparator.comparing(DeadDelivery::getDelivery))
            .filter(dead -> dead.getDelivery().compareTo(after) > 0)
            .limit(page.rowsToRead())
            .toList();
    List<DeadDelivery> rows = page.cut(read);
    String next =
        page.hasMore(read) ? OpaqueCursor.of(CURSOR_VERSION, rows.getLast().getDelivery()) : null;
    Answer answer;
    if (page.isCsv()) {
      answer = Answer.csv(csv(rows), "dead.csv");
    } else {
      ObjectNode body = Json.object();
      ArrayNode array = body.putArray("dead");
      rows.forEach(row -> array.add(WebhookJson.dead(row)));
      answer = Answer.json(body.put("next_cursor", next));
    }
    return next == null
        ? answer
        : answer.withHeader(
            "Link",
            "</api/v1/webhooks/%s/dead?limit=%d&cursor=%s>; rel=\"next\""
                .formatted(key.webhook(), page.limit(), next));
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
