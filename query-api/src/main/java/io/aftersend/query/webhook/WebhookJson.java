package io.aftersend.query.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Json;
import io.aftersend.query.webhook.store.WebhookKey;
import io.aftersend.query.webhook.store.WebhookTables;
import io.aftersend.schemas.webhook.DeadDelivery;
import io.aftersend.schemas.webhook.WebhookProgress;
import io.aftersend.schemas.webhook.WebhookSubscription;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Webhooks and dead deliveries as JSON. The secret is never among the fields.
final class WebhookJson {
  private WebhookJson() {}

  /// A webhook and how it fares.
  static ObjectNode webhook(WebhookSubscription webhook, WebhookTables tables, Instant now) {
    ObjectNode json =
        Json.object()
            .put("webhook", webhook.getWebhook())
            .put("url", webhook.getUrl())
            .put("description", webhook.getDescription());
    add(json.putArray("events"), webhook.getEvents());
    add(json.putArray("signals"), webhook.getSignals());
    add(json.putArray("campaigns"), webhook.getCampaigns());
    json.put("human_only", webhook.getHumanOnly())
        .put("enabled", webhook.getEnabled())
        .put("disabled_reason", webhook.getDisabledReason())
        .put("created_at", text(webhook.getCreatedAt()));
    WebhookKey key = WebhookKey.of(webhook);
    json.set("state", state(tables.progress(key), tables.deadCount(key), now));
    return json;
  }

  private static ObjectNode state(@Nullable WebhookProgress progress, int dead, Instant now) {
    WebhookProgress known = progress == null ? new WebhookProgress() : progress;
    Instant since = known.getBehindSince();
    Long lagSeconds = since == null ? null : Math.max(0, Duration.between(since, now).toSeconds());
    return Json.object()
        .put("delivered", known.getDelivered())
        .put("dead", dead)
        .put("given_up", known.getGivenUp())
        .put("missed", known.getMissed())
        .put("attempts", known.getAttempts())
        .put("last_success", text(known.getLastSuccess()))
        .put("last_failure", text(known.getLastFailure()))
        .put("last_error", known.getLastError())
        .put("next_attempt", text(known.getNextAttempt()))
        .put("lag_seconds", lagSeconds == null ? 0 : lagSeconds);
  }

  /// A delivery that was given up.
  static ObjectNode dead(DeadDelivery dead) {
    return Json.object()
        .put("delivery", dead.getDelivery())
        .put("type", dead.getType())
        .put("campaign", dead.getCampaign())
        .put("message", dead.getMessage())
        .put("event_id", dead.getEventId())
        .put("arrived_at", text(dead.getArrivedAt()))
        .put("died_at", text(dead.getDiedAt()))
        .put("attempts", dead.getAttempts())
        .put("error", dead.getError())
        .put("replay_asked_at", text(dead.getReplayAskedAt()));
  }

  private static void add(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
