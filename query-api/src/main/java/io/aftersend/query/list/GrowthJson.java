package io.aftersend.query.list;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Csv;
import io.aftersend.query.http.Json;
import io.aftersend.query.list.ListReadModel.Growth;
import io.aftersend.query.list.ListReadModel.Moves;
import io.aftersend.query.list.ListReadModel.Rate;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Mailing lists and their growth as JSON and CSV.
final class GrowthJson {
  private GrowthJson() {}

  /// What the sender says of a list, everything of it, null where nothing was said.
  static ObjectNode profile(ListProfile profile) {
    return Json.object()
        .put("list", profile.list())
        .put("name", profile.name())
        .put("size", profile.size())
        .put("as_of", text(profile.asOf()));
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  /// Puts the numbers of a period and its days into an answer.
  static void put(ObjectNode body, Growth growth, Map<LocalDate, Moves> days) {
    put(body, growth);
    ArrayNode array = body.putArray("days");
    days.forEach((date, moves) -> put(array.addObject().put("date", date.toString()), moves));
  }

  /// Puts the numbers of a period into an answer or a row.
  static void put(ObjectNode body, Growth growth) {
    Rate rate = growth.rate();
    put(body.putObject("counts"), growth.moves());
    body.put("size_at_start", growth.sizeAtStart()).put("size_at_end", growth.sizeAtEnd());
    ObjectNode node = body.putObject("rates").putObject("list_growth_rate");
    if (rate.value() == null) {
      node.putNull("value");
    } else {
      node.put("value", Json.shortest(rate.value()));
    }
    node.put("numerator", rate.numerator())
        .put("denominator", rate.denominator())
        .put("counts", rate.counts());
  }

  private static void put(ObjectNode node, Moves moves) {
    node.put("subscribed", moves.subscribed())
        .put("unsubscribed", moves.unsubscribed())
        .put("complained", moves.complained())
        .put("departed", moves.departed());
  }

  /// The days as a table.
  static String csv(Map<LocalDate, Moves> days) {
    Csv csv = new Csv(List.of("date", "subscribed", "unsubscribed", "complained", "departed"));
    days.forEach(
        (date, moves) ->
            csv.id(date.toString())
                .number(moves.subscribed())
                .number(moves.unsubscribed())
                .number(moves.complained())
                .number(moves.departed())
                .endRow());
    return csv.toString();
  }
}
