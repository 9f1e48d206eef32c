package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.event;

import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Small histories of one campaign, made so that the rare cases are frequent: equal times, late
/// sends, repeats, machines, events without a campaign.
final class RandomHistory {
  private static final EventType[] TYPES = {
    EventType.SENT,
    EventType.OPENED,
    EventType.OPENED,
    EventType.OPENED,
    EventType.CLICKED,
    EventType.CLICKED,
    EventType.DELIVERED,
    EventType.BOUNCED,
    EventType.DEFERRED,
    EventType.DROPPED,
    EventType.REPLIED,
    EventType.RECEIVED,
    EventType.FORWARDED,
    EventType.CONVERTED,
    EventType.UNSUBSCRIBED,
    EventType.COMPLAINED
  };
  private static final String[] ZONES = {"Asia/Tehran", "Asia/Baku", "Europe/Berlin"};
  private static final String[] CLASSES = {"hard", "soft", "block"};

  private final RandomGenerator random;

  RandomHistory(RandomGenerator random) {
    this.random = random;
  }

  List<EmailEvent> events() {
    int size = 1 + random.nextInt(14);
    List<EmailEvent> events = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (!events.isEmpty() && oneIn(8)) {
        events.add(events.get(random.nextInt(events.size())));
      } else {
        events.add(fresh("e" + i));
      }
    }
    return events;
  }

  private EmailEvent fresh(String id) {
    EventType type = TYPES[random.nextInt(TYPES.length)];
    EventBuilder event = event(type, id).at(5L * (random.nextInt(24) - 6));
    int message = random.nextInt(7);
    if (message < 5) {
      event.message("m" + message / 2);
    } else if (message == 5) {
      event.recipient("r1");
    }
    EmailEvent record = event.build();
    if (oneIn(4)) {
      record.setCampaign(null);
    }
    record.setTest(oneIn(15));
    if (oneIn(4)) {
      record.setProvider("some-esp");
    }
    addMaker(event);
    addDetails(event, type);
    return record;
  }

  private void addMaker(EventBuilder event) {
    switch (random.nextInt(7)) {
      case 0 -> event.agent(Oracle.PREFETCH_AGENT);
      case 1 -> event.agent(Oracle.SCANNER_AGENT);
      case 2 -> event.head();
      case 3 -> event.agent("Mozilla/5.0 (via ggpht.com GoogleImageProxy)");
      default -> {
        // Nothing is known of whoever made it.
      }
    }
  }

  private void addDetails(EventBuilder event, EventType type) {
    EmailEvent record = event.build();
    switch (type) {
      case SENT, OPENED -> {
        if (oneIn(2)) {
          event.zone(ZONES[random.nextInt(ZONES.length)]);
        }
      }
      case BOUNCED -> event.bounce(CLASSES[random.nextInt(CLASSES.length)]);
      case REPLIED -> record.setAutoReply(oneIn(3) ? true : null);
      case FORWARDED -> record.setInferred(oneIn(3) ? true : null);
      case CONVERTED -> addSale(event);
      default -> {
        // Nothing more to say.
      }
    }
  }

  /// Conversions of one order agree in all that counts, since which of them arrives first decides.
  private void addSale(EventBuilder event) {
    EmailEvent record = event.build();
    if (oneIn(2)) {
      String about = record.getMessage() != null ? record.getMessage() : "none";
      event.campaign(EventBuilder.CAMPAIGN).order("order-" + about).earning("19.99", "EUR");
      if (record.getMessage() == null) {
        record.setRecipient(null);
      }
    } else if (oneIn(2)) {
      event.earning(random.nextInt(100) + ".000001", "AZN");
    }
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }
}
