package io.aftersend.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.schemas.event.EventType;
import io.aftersend.standalone.console.TextTable;
import java.io.PrintStream;
import java.util.Map;

/// The short report at a demo's end: the numbers that the API shows.
final class Report {
  private Report() {}

  /// Prints the counts and rates that the ledger knows of.
  ///
  /// @param campaign answer of `/campaigns/{id}`
  static void print(PrintStream out, Ledger ledger, JsonNode campaign) {
    TextTable counts = new TextTable("EVENT", "TOTAL", "UNIQUE", "HUMAN TOTAL", "HUMAN UNIQUE");
    for (EventType type : ledger.counts().keySet()) {
      JsonNode shown = campaign.path("counts").path(type.wireName());
      counts.add(
          type.wireName(),
          shown.path("total").asText("-"),
          shown.path("unique").asText("-"),
          shown.path("human_total").asText(""),
          shown.path("human_unique").asText(""));
    }
    counts.print(out);
    out.println();
    TextTable rates = new TextTable("RATE", "VALUE", "NUMERATOR", "DENOMINATOR");
    for (Map.Entry<String, Ledger.Rate> rate : ledger.rates().entrySet()) {
      JsonNode shown = campaign.path("rates").at("/" + rate.getKey().replace('.', '/'));
      rates.add(
          rate.getKey(),
          shown.path("value").isNumber()
              ? "%.2f %%".formatted(shown.path("value").asDouble() * 100)
              : "-",
          shown.path("numerator").asText("-"),
          shown.path("denominator").asText("-"));
    }
    rates.print(out);
    out.println();
  }
}
