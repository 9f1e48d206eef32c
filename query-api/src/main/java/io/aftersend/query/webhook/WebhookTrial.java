package io.aftersend.query.webhook;

import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import io.aftersend.query.webhook.delivery.Courier;
import io.aftersend.query.webhook.delivery.DeliveryBody;
import io.aftersend.query.webhook.receiver.Outcome;
import io.aftersend.query.webhook.store.WebhookStore;
import io.aftersend.schemas.webhook.WebhookSubscription;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/// `POST /api/v1/webhooks/{id}/test`: posts a `webhook.test` once, at once, and tells what the
/// receiver answered. It is signed like any delivery; a webhook that is disabled can be tested too.
final class WebhookTrial implements Route.Operation {
  private static final int ID_BYTES = 16;

  private final WebhookStore store;
  private final Courier courier;
  private final InstantSource clock;
  private final RandomGenerator random;

  WebhookTrial(WebhookStore store, Courier courier, InstantSource clock, RandomGenerator random) {
    this.store = store;
    this.courier = courier;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Answer answer(Call call) {
    QueryParameters.of(call.request(), List.of()).throwIfWrong();
    WebhookSubscription webhook = Lookup.webhook(store, call);
    Instant start = clock.instant();
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    String delivery = "msg_" + HexFormat.of().formatHex(id);
    byte[] body =
        DeliveryBody.of(
            "webhook.test",
            start,
            Json.object().put("tenant", webhook.getTenant()).put("webhook", webhook.getWebhook()));
    Outcome outcome = post(webhook, delivery, body);
    boolean isTaken =
        outcome instanceof Outcome.Answered(int status, Duration _) && status / 100 == 2;
    return Answer.json(
        Json.object()
            .put("delivery", delivery)
            .put("delivered", isTaken)
            .put("result", outcome.text())
            .put("elapsed_ms", Duration.between(start, clock.instant()).toMillis()));
  }

  private Outcome post(WebhookSubscription webhook, String delivery, byte[] body) {
    try {
      return courier.post(webhook, delivery, body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.unavailable("the service stops"), e);
    }
  }
}
