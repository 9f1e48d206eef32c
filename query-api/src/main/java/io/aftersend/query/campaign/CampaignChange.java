package io.aftersend.query.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Text;
import io.aftersend.query.problem.WrongParameters;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A checked change of what the sender says of a campaign.
///
/// @param present the fields that it sets or clears; the others stay as they are
/// @param given the new values of those fields, null where a field is cleared
record CampaignChange(Set<String> present, CampaignProfile given) {
  static final int MAX_TEXT_CHARACTERS = 1_000;
  static final int MAX_LABEL_CHARACTERS = 200;
  static final int MAX_LABELS = 100;
  static final int MAX_COST_PLACES = 6;

  /// What fits before the point of a decimal of 18 digits, 6 of them behind it.
  static final int MAX_COST_WHOLE_DIGITS = 12;

  private static final Set<String> FIELDS =
      Set.of("name", "subject", "cost", "currency", "labels", "list", "count_source");

  /// What the campaign is after the change.
  CampaignProfile applyTo(CampaignProfile before) {
    return new CampaignProfile(
        before.campaign(),
        present.contains("name") ? given.name() : before.name(),
        present.contains("subject") ? given.subject() : before.subject(),
        present.contains("cost") ? given.cost() : before.cost(),
        present.contains("currency") ? given.currency() : before.currency(),
        present.contains("labels") ? given.labels() : before.labels(),
        present.contains("list") ? given.list() : before.list(),
        present.contains("count_source") ? given.countSource() : before.countSource());
  }

  /// Reads the body of a `PUT`.
  ///
  /// @throws io.aftersend.query.problem.ProblemException 400 that names every field at fault
  static CampaignChange parse(String campaign, ObjectNode body) {
    WrongParameters wrong = new WrongParameters();
    Set<String> present = new LinkedHashSet<>();
    body.fieldNames()
        .forEachRemaining(
            field -> {
              if (FIELDS.contains(field)) {
                present.add(field);
              } else if (!isOwnId(campaign, field, body)) {
                wrong.add(
                    field,
                    "expected name, subject, cost, currency, labels, list or"
                        + " count_source, got an unknown field");
              }
            });
    Fields fields = new Fields(body, wrong);
    CampaignProfile given =
        new CampaignProfile(
            campaign,
            fields.text("name"),
            fields.text("subject"),
            fields.cost(),
            fields.currency(),
            fields.labels(),
            fields.list(),
            fields.countSource());
    wrong.throwIfAny();
    return new CampaignChange(Set.copyOf(present), given);
  }

  /// An answer of ours may be sent back as it is.
  private static boolean isOwnId(String campaign, String field, ObjectNode body) {
    return field.equals("campaign") && body.path(field).asText().equals(campaign);
  }

  /// The reading of single fields, which notes what is wrong with them.
  private record Fields(ObjectNode body, WrongParameters wrong) {
    private @Nullable JsonNode value(String field) {
      JsonNode value = body.get(field);
      return value == null || value.isNull() ? null : value;
    }

    @Nullable String text(String field) {
      JsonNode value = value(field);
      if (value == null || isText(value, MAX_TEXT_CHARACTERS)) {
        return value == null ? null : value.textValue();
      }
      wrong.add(
          field,
          "expected a text of 1 to 1000 characters without control characters, or"
              + " null, got "
              + shown(value));
      return null;
    }

    @Nullable BigDecimal cost() {
      JsonNode value = value("cost");
      if (value == null) {
        return null;
      }
      BigDecimal cost = number(value);
      if (cost == null || cost.signum() < 0 || !fits(cost)) {
        wrong.add(
            "cost",
            "expected a number from 0 below 10^12 with at most 6 decimal places,"
                + " or null, got "
                + shown(value));
        return null;
      }
      return cost.setScale(MAX_COST_PLACES);
    }

    private static @Nullable BigDecimal number(JsonNode value) {
      if (value.isNumber()) {
        return value.decimalValue();
      }
      boolean isPlain =
          value.isTextual() && value.textValue().matches("[0-9]{1,12}(\\.[0-9]{1,6})?");
      return isPlain ? new BigDecimal(value.textValue()) : null;
    }

    private static boolean fits(BigDecimal number) {
      // Looked at without writing it out: an exponent of a million is only a few characters long.
      BigDecimal stripped = number.stripTrailingZeros();
      long wholeDigits = (long) stripped.precision() - stripped.scale();
      return stripped.scale() <= MAX_COST_PLACES && wholeDigits <= MAX_COST_WHOLE_DIGITS;
    }

    @Nullable String currency() {
      JsonNode value = value("currency");
      if (value == null || (value.isTextual() && value.textValue().matches("[A-Z]{3}"))) {
        return value == null ? null : value.textValue();
      }
      wrong.add(
          "currency", "expected 3 capital letters, such as AZN, or null, got " + shown(value));
      return null;
    }

    List<String> labels() {
      JsonNode value = value("labels");
      if (value == null) {
        return List.of();
      }
      if (!(value instanceof ArrayNode array) || array.size() > MAX_LABELS) {
        wrong.add("labels", "expected an array of at most 100 texts, or null, got " + shown(value));
        return List.of();
      }
      Set<String> labels = new LinkedHashSet<>();
      for (int i = 0; i < array.size(); i++) {
        JsonNode label = array.get(i);
        if (isText(label, MAX_LABEL_CHARACTERS)) {
          labels.add(label.textValue());
        } else {
          wrong.add(
              "labels[" + i + "]",
              "expected a text of 1 to 200 characters without control"
                  + " characters, got "
                  + shown(label));
        }
      }
      return new ArrayList<>(labels);
    }

    @Nullable String list() {
      JsonNode value = value("list");
      if (value == null || (value.isTextual() && Text.isId(value.textValue()))) {
        return value == null ? null : value.textValue();
      }
      wrong.add("list", "expected " + Text.ID_EXPECTED + ", or null, got " + shown(value));
      return null;
    }

    String countSource() {
      JsonNode value = value("count_source");
      String text = value == null ? CampaignProfile.OWN : value.textValue();
      if (CampaignProfile.OWN.equals(text) || CampaignProfile.PROVIDER.equals(text)) {
        return text;
      }
      wrong.add("count_source", "expected own or provider, or null for own, got " + shown(value));
      return CampaignProfile.OWN;
    }

    private static boolean isText(JsonNode value, int maxCharacters) {
      return value.isTextual() && Text.isPlain(value.textValue(), maxCharacters);
    }

    private static String shown(@Nullable JsonNode value) {
      if (value == null) {
        return "null";
      }
      return value.isTextual() || value.isNumber()
          ? Text.quoted(value.asText())
          : "a JSON " + value.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
