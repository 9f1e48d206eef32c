package io.aftersend.query.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.JsonBody;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.problem.WrongParameters;
import io.aftersend.query.webhook.store.WebhookKey;
import io.aftersend.query.webhook.store.WebhookStore;
import io.aftersend.schemas.webhook.DeadDelivery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `POST /api/v1/webhooks/{id}/replay`: has dead deliveries sent again, all or those named.
///
/// The order is durable when the answer goes out; who delivers to the webhook carries it out.
final class ReplayOrder implements Route.Operation {
  private final WebhookStore store;
  private final InstantSource clock;
  private final long maxBodyBytes;

  ReplayOrder(WebhookStore store, InstantSource clock, long maxBodyBytes) {
    this.store = store;
    this.clock = clock;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public Answer answer(Call call) {
    QueryParameters.of(call.request(), List.of()).throwIfWrong();
    ObjectNode body = JsonBody.object(call.request(), maxBodyBytes);
    WebhookKey key = WebhookKey.of(Lookup.webhook(store, call));
    Set<String> chosen = chosen(body);
    Instant now = clock.instant();
    int replayed = 0;
    for (DeadDelivery dead : store.tables().dead(key)) {
      if (chosen == null || chosen.contains(dead.getDelivery())) {
        store.put(DeadDelivery.newBuilder(dead).setReplayAskedAt(now).build());
        replayed++;
      }
    }
    return Answer.json(Json.object().put("replayed", replayed));
  }

  private static @Nullable Set<String> chosen(ObjectNode body) {
    WrongParameters wrong = new WrongParameters();
    body.fieldNames()
        .forEachRemaining(
            field -> {
              if (!field.equals("deliveries")) {
                wrong.add(field, "expected deliveries, got an unknown field");
              }
            });
    JsonNode deliveries = body.get("deliveries");
    Set<String> chosen = new HashSet<>();
    if (deliveries != null) {
      boolean areTexts = deliveries.isArray();
      for (JsonNode delivery : deliveries) {
        areTexts &= delivery.isTextual();
        chosen.add(delivery.asText());
      }
      if (!areTexts) {
        wrong.add("deliveries", "expected an array of ids of deliveries");
      }
    }
    wrong.throwIfAny();
    return deliveries == null ? null : chosen;
  }
}
