package io.aftersend.query.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.JsonBody;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import io.aftersend.query.settings.OneAtATime;
import io.aftersend.query.webhook.delivery.Secrets;
import io.aftersend.query.webhook.receiver.Targets;
import io.aftersend.query.webhook.store.WebhookStore;
import io.aftersend.schemas.webhook.WebhookSubscription;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The making, changing and removing of webhooks. Changes of one tenant wait for each other in this
/// process. A signing secret is in the answer of the request that drew it, and in no other.
final class WebhookWrites {
  /// Each reads all events of all tenants from Kafka.
  static final int MAX_PER_TENANT = 20;

  /// How long deliveries are signed with the old secret too: receivers change theirs meanwhile.
  static final Duration BOTH_SECRETS = Duration.ofDays(1);

  private static final int ID_BYTES = 12;

  private final WebhookStore store;
  private final Targets targets;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final long maxBodyBytes;
  private final OneAtATime oneAtATime = new OneAtATime();

  WebhookWrites(
      WebhookStore store,
      Targets targets,
      InstantSource clock,
      RandomGenerator random,
      long maxBodyBytes) {
    this.store = store;
    this.targets = targets;
    this.clock = clock;
    this.random = random;
    this.maxBodyBytes = maxBodyBytes;
  }

  /// `POST /api/v1/webhooks`.
  Answer create(Call call) {
    QueryParameters.of(call.request(), List.of()).throwIfWrong();
    ObjectNode body = JsonBody.object(call.request(), maxBodyBytes);
    String tenant = call.tenant();
    return oneAtATime.change(tenant, "", () -> create(tenant, body));
  }

  private Answer create(String tenant, ObjectNode body) {
    if (store.freshTables().of(tenant).size() >= MAX_PER_TENANT) {
      throw new ProblemException(
          Problem.of(409, "expected at most " + MAX_PER_TENANT + " webhooks of a tenant"));
    }
    WebhookSubscription none = none(tenant);
    WebhookSubscription made = WebhookChange.parse(body, none, targets).applyTo(none);
    store.create(made);
    Answer answer = answer(made, true);
    return new Answer(
        201,
        answer.contentType(),
        answer.body(),
        Map.of("Location", "/api/v1/webhooks/" + made.getWebhook()));
  }

  private WebhookSubscription none(String tenant) {
    Instant now = clock.instant();
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return WebhookSubscription.newBuilder()
        .setTenant(tenant)
        .setWebhook("wh_" + HexFormat.of().formatHex(id))
        .setUrl("")
        .setHumanOnly(false)
        .setEnabled(true)
        .setSecret(Secrets.draw(random))
        .setCreatedAt(now)
        .setVersion(now.toEpochMilli())
        .build();
  }

  /// `PUT /api/v1/webhooks/{id}`.
  Answer update(Call call) {
    QueryParameters.of(call.request(), List.of()).throwIfWrong();
    ObjectNode body = JsonBody.object(call.request(), maxBodyBytes);
    return oneAtATime.change(call.tenant(), "", () -> update(call, body));
  }

  private Answer update(Call call, ObjectNode body) {
    WebhookSubscription before = Lookup.webhook(store, call);
    WebhookChange change = WebhookChange.parse(body, before, targets);
    Instant now = clock.instant();
    WebhookSubscription after = change.applyTo(before);
    after.setVersion(Math.max(before.getVersion() + 1, now.toEpochMilli()));
    if (change.wantsNewSecret()) {
      after.setSecretBefore(before.getSecret());
      after.setSecretBeforeUntil(now.plus(BOTH_SECRETS));
      after.setSecret(Secrets.draw(random));
    }
    store.put(after);
    return answer(after, change.wantsNewSecret());
  }

  /// `DELETE /api/v1/webhooks/{id}`.
  Answer remove(Call call) {
    QueryParameters.of(call.request(), List.of()).throwIfWrong();
    return oneAtATime.change(
        call.tenant(),
        "",
        () -> {
          WebhookSubscription webhook = Lookup.webhook(store, call);
          ObjectNode json = json(webhook);
          store.remove(webhook);
          return Answer.json(json);
        });
  }

  /// `GET /api/v1/webhooks/{id}`.
  Answer get(Call call) {
    QueryParameters.of(call.request(), List.of()).throwIfWrong();
    return Answer.json(json(Lookup.webhook(store, call)));
  }

  private Answer answer(WebhookSubscription webhook, boolean withSecret) {
    ObjectNode json = json(webhook);
    if (withSecret) {
      json.put("secret", webhook.getSecret());
    }
    return Answer.json(json);
  }

  private ObjectNode json(WebhookSubscription webhook) {
    return WebhookJson.webhook(webhook, store.tables(), clock.instant());
  }
}
