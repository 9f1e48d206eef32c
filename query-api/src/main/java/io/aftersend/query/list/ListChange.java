package io.aftersend.query.list;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Text;
import io.aftersend.query.problem.WrongParameters;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A checked change of what the sender says of a list.
///
/// @param present the fields that it sets or clears; the others stay as they are
/// @param given the new values of those fields, null where a field is cleared
record ListChange(Set<String> present, ListProfile given) {
  static final int MAX_NAME_CHARACTERS = 1_000;
  static final long MAX_SIZE = 999_999_999_999L;

  /// Times that every table can hold.
  private static final Instant EARLIEST = Instant.parse("1971-01-01T00:00:00Z");

  /// By how much a sender's clock may be ahead of ours.
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private static final Set<String> FIELDS = Set.of("name", "size", "as_of");

  /// What the list is after the change. A new size without a time of its own is of now; a size that
  /// is cleared takes its time along.
  ///
  /// @param now to the millisecond
  ListProfile applyTo(ListProfile before, Instant now) {
    Long size = present.contains("size") ? given.size() : before.size();
    Instant told = present.contains("size") ? null : before.asOf();
    Instant asOf = given.asOf() != null ? given.asOf() : told == null ? now : told;
    return new ListProfile(
        before.list(),
        present.contains("name") ? given.name() : before.name(),
        size,
        size == null ? null : asOf);
  }

  /// Reads the body of a `PUT`.
  ///
  /// @throws io.aftersend.query.problem.ProblemException 400 that names every field at fault
  static ListChange parse(String list, ObjectNode body, Instant now) {
    WrongParameters wrong = new WrongParameters();
    Set<String> present = new LinkedHashSet<>();
    body.fieldNames()
        .forEachRemaining(
            field -> {
              if (FIELDS.contains(field)) {
                present.add(field);
              } else if (!(field.equals("list") && body.path(field).asText().equals(list))) {
                wrong.add(field, "expected name, size or as_of, got an unknown field");
              }
            });
    Fields fields = new Fields(body, wrong);
    ListProfile given =
        new ListProfile(list, fields.name(), fields.size(), fields.asOf(now.plus(AHEAD)));
    wrong.throwIfAny();
    return new ListChange(Set.copyOf(present), given);
  }

  /// The reading of single fields, which notes what is wrong with them.
  private record Fields(ObjectNode body, WrongParameters wrong) {
    private @Nullable JsonNode value(String field) {
      JsonNode value = body.get(field);
      return value == null || value.isNull() ? null : value;
    }

    @Nullable String name() {
      JsonNode value = value("name");
      if (value == null
          || (value.isTextual() && Text.isPlain(value.textValue(), MAX_NAME_CHARACTERS))) {
        return value == null ? null : value.textValue();
      }
      wrong.add(
          "name",
          "expected a text of 1 to 1000 characters without control characters, or null, got "
              + shown(value));
      return null;
    }

    @Nullable Long size() {
      JsonNode value = value("size");
      if (value == null) {
        return null;
      }
      if (value.isNumber() && isSize(value.decimalValue())) {
        return value.decimalValue().longValueExact();
      }
      wrong.add("size", "expected a whole number from 0 below 10^12, or null, got " + shown(value));
      return null;
    }

    private static boolean isSize(BigDecimal number) {
      // Compared first: an exponent of a million is only a few characters long.
      return number.signum() >= 0
          && number.compareTo(BigDecimal.valueOf(MAX_SIZE)) <= 0
          && number.stripTrailingZeros().scale() <= 0;
    }

    @Nullable Instant asOf(Instant latest) {
      JsonNode value = value("as_of");
      if (value == null) {
        return null;
      }
      Instant time = value.isTextual() ? time(value.textValue()) : null;
      if (time == null || time.isBefore(EARLIEST) || time.isAfter(latest)) {
        wrong.add(
            "as_of",
            "expected an RFC 3339 time that is not in the future, such as 2026-06-01T00:00:00Z, or"
                + " null, got "
                + shown(value));
        return null;
      }
      return Instant.ofEpochMilli(time.toEpochMilli());
    }

    private static @Nullable Instant time(String text) {
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException e) {
        return null;
      }
    }

    private static String shown(JsonNode value) {
      return value.isTextual() || value.isNumber()
          ? Text.quoted(value.asText())
          : "a JSON " + value.getNodeType().name().toLowerCase(Locale.ROOT);
    }
  }
}
