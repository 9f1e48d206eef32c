package io.aftersend.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.schemas.event.EventType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// What the API shows beside what the ledger holds. A hit without an answer may count or not: by so
/// much the API's numbers may be above the ledger's.
final class Comparison {
  private final Ledger ledger;
  private final Map<EventType, Integer> unanswered;
  private final int unansweredInAll;
  private final List<String> differences = new ArrayList<>();

  private Comparison(Ledger ledger) {
    this.ledger = ledger;
    this.unanswered = ledger.unanswered();
    this.unansweredInAll = unanswered.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// Every difference, each one line; none when the numbers agree.
  ///
  /// @param campaign answer of `/campaigns/{id}`
  /// @param humanOpens answer of its heatmap of opens by people, in the ledger's zone
  /// @param allOpens the same of all opens
  /// @param mailboxes answers of `/mailboxes/{id}` by mailbox
  static List<String> differences(
      Ledger ledger,
      JsonNode campaign,
      JsonNode humanOpens,
      JsonNode allOpens,
      Map<String, JsonNode> mailboxes) {
    Comparison comparison = new Comparison(ledger);
    comparison.compareCounts(campaign.path("counts"));
    ledger
        .rates()
        .forEach((name, rate) -> comparison.compareRate(campaign.path("rates"), name, rate));
    comparison.compareRevenue(campaign.path("revenue").path(DemoCampaign.CURRENCY));
    comparison.compareWeek("heatmap of human opens", ledger.openHours(true), humanOpens, true);
    comparison.compareWeek("heatmap of all opens", ledger.openHours(false), allOpens, false);
    mailboxes.forEach(comparison::compareMailbox);
    return List.copyOf(comparison.differences);
  }

  private void compareCounts(JsonNode counts) {
    Map<EventType, Ledger.Counts> own = ledger.counts();
    for (EventType type : EventType.values()) {
      Ledger.Counts expected = own.getOrDefault(type, new Ledger.Counts(0, 0, 0, 0));
      JsonNode shown = counts.path(type.wireName());
      String name = "counts." + type.wireName();
      int slack = unanswered.getOrDefault(type, 0);
      compare(name + ".total", expected.total(), shown.path("total"), slack);
      compare(name + ".unique", expected.unique(), shown.path("unique"), slack);
      if (type == EventType.OPENED || type == EventType.CLICKED) {
        compare(name + ".human_total", expected.humanTotal(), shown.path("human_total"), slack);
        compare(name + ".human_unique", expected.humanUnique(), shown.path("human_unique"), slack);
      }
    }
  }

  private void compareRate(JsonNode rates, String name, Ledger.Rate expected) {
    JsonNode shown = rates.at("/" + name.replace('.', '/'));
    if (name.equals("roi") && unansweredInAll > 0) {
      return;
    }
    compare(
        "rates." + name + ".numerator",
        expected.numerator(),
        shown.path("numerator"),
        unansweredInAll);
    compare(
        "rates." + name + ".denominator",
        expected.denominator(),
        shown.path("denominator"),
        unansweredInAll);
  }

  private void compareRevenue(JsonNode shown) {
    if (unanswered.containsKey(EventType.CONVERTED)) {
      return;
    }
    boolean isNone = shown.isMissingNode() && ledger.revenue().signum() == 0;
    if (!isNone) {
      compare("revenue." + DemoCampaign.CURRENCY, ledger.revenue(), shown, 0);
    }
  }

  private void compareWeek(String name, OpenHours.Week expected, JsonNode shown, boolean hasFirst) {
    if (unanswered.containsKey(EventType.OPENED)) {
      return;
    }
    List<Long> total = new ArrayList<>(Collections.nCopies(expected.total().size(), 0L));
    List<Long> first = new ArrayList<>(total);
    for (JsonNode cell : shown.path("cells")) {
      int hour = (cell.path("weekday").asInt() - 1) * 24 + cell.path("hour").asInt();
      if (hour >= 0 && hour < total.size()) {
        total.set(hour, cell.path("total").asLong());
        first.set(hour, cell.path("first").asLong());
      }
    }
    compareHours(name + ", total", expected.total(), total, expected.uncertain());
    if (hasFirst) {
      compareHours(name + ", first", expected.first(), first, expected.uncertain());
    }
  }

  private void compareMailbox(String mailbox, JsonNode shown) {
    MailboxCounts expected = ledger.mailboxes().getOrDefault(mailbox, MailboxCounts.NONE);
    JsonNode whole = shown.at("/slices/0");
    String name = "mailbox " + mailbox;
    compare(name + ".received", expected.received(), whole.path("received"), 0);
    compare(name + ".auto_received", expected.automatic(), whole.path("auto_received"), 0);
    compare(name + ".sent", expected.sent(), whole.path("sent"), 0);
    compare(name + ".answered", expected.answered(), whole.path("answered"), 0);
  }

  /// Tells the first hour that differs: the others mostly differ for the same reason.
  private void compareHours(String name, List<Long> expected, List<Long> shown, BitSet uncertain) {
    for (int hour = 0; hour < expected.size(); hour++) {
      if (!uncertain.get(hour) && !expected.get(hour).equals(shown.get(hour))) {
        differences.add(
            "%s, weekday %d, hour %d: the ledger has %d, the API %d"
                .formatted(name, hour / 24 + 1, hour % 24, expected.get(hour), shown.get(hour)));
        return;
      }
    }
  }

  private void compare(String name, long expected, JsonNode shown, int slack) {
    compare(name, BigDecimal.valueOf(expected), shown, slack);
  }

  private void compare(String name, BigDecimal expected, JsonNode shown, int slack) {
    BigDecimal above = shown.isNumber() ? shown.decimalValue().subtract(expected) : null;
    boolean isRight = above != null && above.abs().compareTo(BigDecimal.valueOf(slack)) <= 0;
    if (!isRight) {
      differences.add(
          "%s: the ledger has %s, the API %s"
              .formatted(
                  name, expected.toPlainString(), shown.isMissingNode() ? "nothing" : shown));
    }
  }
}
