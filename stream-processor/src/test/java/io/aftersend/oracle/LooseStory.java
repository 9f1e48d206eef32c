package io.aftersend.oracle;

import io.aftersend.oracle.RandomHistory.Recipient;
import io.aftersend.schemas.event.EmailEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Events that name no message, and so are unique by recipient, list, thread or alone. A conversion
/// without a campaign is of a recipient who clicked nothing: those of others are [BuyerStory].
final class LooseStory {
  private static final List<String> OF_RECIPIENTS =
      List.of("converted", "converted", "unsubscribed", "complained", "subscribed", "page_viewed");

  private final Chance chance;
  private final Sales sales;
  private final String name;

  LooseStory(Chance chance, Sales sales, String name) {
    this.chance = chance;
    this.sales = sales;
    this.name = name;
  }

  List<EmailEvent> tell(Recipient recipient, Instant time) {
    List<EmailEvent> events = new ArrayList<>();
    int size = 1 + chance.upTo(3);
    int kind = chance.upTo(4);
    String campaign = chance.oneOf(RandomHistory.CAMPAIGNS);
    for (int i = 0; i < size; i++) {
      EmailEvent event = event(kind, i, recipient, time);
      if (!chance.percent(15)) {
        event.setCampaign(campaign);
      }
      if (event.getType().equals("converted")) {
        if (event.getRecipient() != null && event.getCampaign() == null) {
          event.setRecipient("visitor-" + name);
        }
        sales.describe(event, "of-" + buyer(event, i));
      }
      new TermsStory(chance).tell(event);
      event.setTest(chance.percent(4));
      events.add(event);
    }
    return events;
  }

  /// Who makes the orders of a conversion: the story, as far as its events reach a broker in their
  /// order, for they are kept in that by recipient only.
  private String buyer(EmailEvent event, int number) {
    return event.getRecipient() == null || event.getCampaign() == null ? name + "-" + number : name;
  }

  private EmailEvent event(int kind, int number, Recipient recipient, Instant storyTime) {
    Instant time = storyTime.plus(chance.within(Duration.ofDays(2)));
    EmailEvent event = new EventDraft(type(kind), name + "-" + number, time).event();
    switch (kind) {
      case 0 -> event.setRecipient(recipient.id());
      case 1 -> event.setList("list-" + chance.upTo(3));
      case 2 -> {
        event.setMailbox("box-" + chance.upTo(3));
        event.setThread("thread-" + chance.upTo(3));
      }
      default -> {
        // Names nothing that it is about.
      }
    }
    return event;
  }

  private String type(int kind) {
    return switch (kind) {
      case 0 -> chance.oneOf(OF_RECIPIENTS);
      case 1 -> "subscribed";
      case 2 -> chance.oneOf(List.of("received", "replied"));
      default -> chance.oneOf(List.of("converted", "converted", "page_viewed"));
    };
  }
}
