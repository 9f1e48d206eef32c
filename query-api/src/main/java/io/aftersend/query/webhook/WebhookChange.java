package io.aftersend.query.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Text;
import io.aftersend.query.problem.WrongParameters;
import io.aftersend.query.webhook.receiver.Targets;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.signal.SignalKind;
import io.aftersend.schemas.webhook.WebhookSubscription;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A checked change of a webhook: the fields of a body, of which absent ones stay as they are.
///
/// @param wantsNewSecret whether a new signing secret is asked for
record WebhookChange(
    @Nullable String url,
    boolean hasDescription,
    @Nullable String description,
    @Nullable List<String> events,
    @Nullable List<String> signals,
    @Nullable List<String> campaigns,
    @Nullable Boolean humanOnly,
    @Nullable Boolean enabled,
    boolean wantsNewSecret) {
  static final int MAX_DESCRIPTION_CHARACTERS = 1_000;
  static final int MAX_CAMPAIGNS = 100;

  private static final Set<String> FIELDS =
      Set.of(
          "url",
          "description",
          "events",
          "signals",
          "campaigns",
          "human_only",
          "enabled",
          "rotate_secret");

  /// Reads the body of a `POST` or `PUT`.
  ///
  /// @param before what it changes; for a new one, a subscription without URL, events and signals
  /// @throws io.aftersend.query.problem.ProblemException 400 that names every field at fault
  static WebhookChange parse(ObjectNode body, WebhookSubscription before, Targets targets) {
    WrongParameters wrong = new WrongParameters();
    body.fieldNames()
        .forEachRemaining(
            field -> {
              if (!FIELDS.contains(field)) {
                wrong.add(
                    field,
                    "expected "
                        + String.join(", ", FIELDS.stream().sorted().toList())
                        + ", got an unknown field");
              }
            });
    Fields fields = new Fields(body, wrong);
    WebhookChange change =
        new WebhookChange(
            fields.url(before.getUrl().isEmpty(), targets),
            body.has("description"),
            fields.description(),
            fields.texts("events", "event types", type -> EventType.ofWireName(type) != null),
            fields.texts("signals", "signals", SignalKind.wireNames()::contains),
            fields.texts("campaigns", "campaigns, each " + Text.ID_EXPECTED, Text::isId),
            fields.flag("human_only"),
            fields.flag("enabled"),
            Boolean.TRUE.equals(fields.flag("rotate_secret")));
    WebhookSubscription after = change.applyTo(before);
    boolean namesAny = !body.path("events").isEmpty() || !body.path("signals").isEmpty();
    if (after.getEvents().isEmpty() && after.getSignals().isEmpty() && !namesAny) {
      wrong.add("events", "expected at least one event type or one of signals, got none");
    }
    wrong.throwIfAny();
    return change;
  }

  /// The webhook after the change; the secret and the version are the caller's.
  WebhookSubscription applyTo(WebhookSubscription before) {
    WebhookSubscription.Builder after = WebhookSubscription.newBuilder(before);
    if (url != null) {
      after.setUrl(url);
    }
    if (hasDescription) {
      after.setDescription(description);
    }
    if (events != null) {
      after.setEvents(events);
    }
    if (signals != null) {
      after.setSignals(signals);
    }
    if (campaigns != null) {
      after.setCampaigns(campaigns);
    }
    if (humanOnly != null) {
      after.setHumanOnly(humanOnly);
    }
    if (enabled != null) {
      after.setEnabled(enabled).setDisabledReason(null);
    }
    return after.build();
  }

  /// The reading of single fields, which notes what is wrong with them.
  private record Fields(ObjectNode body, WrongParameters wrong) {
    @Nullable String url(boolean isNeeded, Targets targets) {
      JsonNode value = body.get("url");
      if (value == null && !isNeeded) {
        return null;
      }
      if (value == null || !value.isTextual()) {
        wrong.add("url", "expected an https URL, got " + shown(value));
        return null;
      }
      String url = value.textValue();
      try {
        targets.addresses(Targets.parse(url));
        return url;
      } catch (Targets.RefusedException e) {
        wrong.add("url", String.valueOf(e.getMessage()));
      } catch (UnknownHostException e) {
        wrong.add("url", "expected a host that has an address, got one that has none");
      }
      return null;
    }

    @Nullable String description() {
      JsonNode value = body.get("description");
      if (value == null || value.isNull()) {
        return null;
      }
      if (value.isTextual() && Text.isPlain(value.textValue(), MAX_DESCRIPTION_CHARACTERS)) {
        return value.textValue();
      }
      wrong.add(
          "description",
          "expected a text of 1 to 1000 characters without control characters, or null, got "
              + shown(value));
      return null;
    }

    @Nullable List<String> texts(String field, String what, Predicate<String> isKnown) {
      JsonNode value = body.get(field);
      if (value == null) {
        return null;
      }
      if (!value.isArray() || value.size() > MAX_CAMPAIGNS) {
        wrong.add(field, "expected an array of at most 100 " + what + ", got " + shown(value));
        return null;
      }
      Set<String> texts = new LinkedHashSet<>();
      for (int i = 0; i < value.size(); i++) {
        JsonNode element = value.get(i);
        if (element.isTextual() && isKnown.test(element.textValue())) {
          texts.add(element.textValue());
        } else {
          wrong.add(
              field + "[" + i + "]", "expected one of the " + what + ", got " + shown(element));
        }
      }
      return new ArrayList<>(texts);
    }

    @Nullable Boolean flag(String field) {
      JsonNode value = body.get(field);
      if (value == null || value.isBoolean()) {
        return value == null ? null : (Boolean) value.booleanValue();
      }
      wrong.add(field, "expected true or false, got " + shown(value));
      return null;
    }

    private static String shown(@Nullable JsonNode value) {
      return value == null
          ? "nothing"
          : Text.quoted(value.isTextual() ? value.textValue() : value.toString());
    }
  }
}
