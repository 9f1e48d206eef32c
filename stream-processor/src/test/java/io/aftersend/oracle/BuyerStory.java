package io.aftersend.oracle;

import io.aftersend.schemas.event.EmailEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What a recipient buys on the sender's pages, which know neither campaign nor message.
final class BuyerStory {
  private final Chance chance;
  private final Sales sales;
  private final String recipient;

  BuyerStory(Chance chance, Sales sales, String recipient) {
    this.chance = chance;
    this.sales = sales;
    this.recipient = recipient;
  }

  /// Up to three conversions from a time on.
  List<EmailEvent> tell(Instant time) {
    List<EmailEvent> events = new ArrayList<>();
    int size = 1 + chance.upTo(3);
    for (int i = 0; i < size; i++) {
      Instant bought = time.plus(chance.within(Duration.ofDays(9)));
      EmailEvent event = new EventDraft("converted", "bought-" + i, bought).event();
      event.setRecipient(recipient);
      sales.describeOwn(event, "of-" + recipient);
      if (chance.percent(10)) {
        event.setMethod("HEAD");
      }
      event.setTest(chance.percent(4));
      events.add(event);
    }
    return events;
  }
}
