package io.aftersend.query.campaign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Json;
import java.util.List;
import java.util.Map;

/// The rates of a campaign as JSON: each with value, numerator, denominator and whom it counts, the
/// parts of a rate inside it.
public final class RatesJson {
  private record Place(String rate, String part) {}

  /// Where a row of the view stands when it is a part of a rate.
  private static final Map<String, Place> PARTS =
      Map.of(
          "open_rate_lower", new Place("open_rate", "lower"),
          "open_rate_upper", new Place("open_rate", "upper"),
          "open_rate_adjusted", new Place("open_rate", "adjusted"),
          "open_rate_prefetch_share", new Place("open_rate", "prefetch_share"),
          "bounce_rate_hard", new Place("bounce_rate", "hard"),
          "bounce_rate_soft", new Place("bounce_rate", "soft"),
          "bounce_rate_block", new Place("bounce_rate", "block"),
          "forward_rate_inferred", new Place("forward_rate", "inferred"));

  private static final Map<String, String> RELIABILITY =
      Map.of(
          "open_rate",
          "Blocked images hide opens, and machines that fetch images ahead of people add some: the"
              + " true rate lies between lower and upper. Decide on clicks and conversions.",
          "unsubscribe_rate",
          "Counts who used the link. People who report the mail as spam, filter it or just stop"
              + " reading do not appear here: see complaint_rate too.");

  private RatesJson() {}

  /// An object with a member for each rate.
  public static ObjectNode of(List<Rate> rates) {
    ObjectNode node = Json.object();
    for (Rate rate : rates) {
      Place place = PARTS.get(rate.metric());
      if (rate.metric().equals("open_rate_lower")) {
        // Who wants one number gets the bound that only people make.
        fill(node.withObjectProperty("open_rate"), rate);
      }
      ObjectNode parent = node.withObjectProperty(place == null ? rate.metric() : place.rate());
      fill(place == null ? parent : parent.withObjectProperty(place.part()), rate);
    }
    RELIABILITY.forEach(
        (metric, note) -> {
          if (node.get(metric) instanceof ObjectNode rate) {
            rate.put("reliability", note);
          }
        });
    return node;
  }

  private static void fill(ObjectNode node, Rate rate) {
    if (rate.value() == null) {
      node.putNull("value");
    } else {
      node.put("value", Json.shortest(rate.value()));
    }
    node.put("numerator", Json.shortest(rate.numerator()))
        .put("denominator", Json.shortest(rate.denominator()))
        .put("counts", rate.counts());
    if (rate.metric().equals("roi")) {
      node.put("currency", rate.currency().isEmpty() ? null : rate.currency());
    }
  }
}
