package io.aftersend.processor;

import static io.aftersend.processor.EventBuilder.event;

import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Small histories of one campaign, made so that the rare cases are frequent: equal times, late
/// sends, repeats, machines, events without a campaign.
final class RandomHistory {
  private static final EventType[] TYPES = {
    EventType.CLICKED,
    EventType.CLICKED,
    EventType.CLICKED,
    EventType.ATTACHMENT_OPENED,
    EventType.UNSUBSCRIBE_VIEWED,
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

  private static final String[] MAILBOX_PROVIDERS = {"gmail", "Yahoo", "acme"};

  /// Milliseconds at and around the bounds of the behaviour rules.
  private static final long[] BOUNDS = {
    -10_001, -10_000, -1, 0, 500, 1_999, 2_000, 2_999, 3_000, 3_001, 6_000, 9_999, 10_000, 10_001,
    20_000, 30_000, 30_001, 40_000, 1_800_000, 1_800_001, 1_810_000
  };

  private final RandomGenerator random;
  private final boolean isTight;

  RandomHistory(RandomGenerator random) {
    this.random = random;
    this.isTight = random.nextBoolean();
  }

  List<EmailEvent> events() {
    int size = 1 + random.nextInt(isTight ? 20 : 14);
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
    EventBuilder event = event(type, id).at(time());
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
    addPlace(event);
    if (!oneIn(3)) {
      event.ingestedAt(EventBuilder.NOON.plusSeconds(3_600));
    }
    return record;
  }

  private Instant time() {
    return isTight
        ? EventBuilder.NOON.plusMillis(BOUNDS[random.nextInt(BOUNDS.length)])
        : EventBuilder.NOON.plusSeconds(300L * (random.nextInt(24) - 6));
  }

  private void addPlace(EventBuilder event) {
    event.link("l" + random.nextInt(6));
    if (!oneIn(5)) {
      event.ip("203.0." + random.nextInt(5) + ".0");
    }
    if (oneIn(8)) {
      event.build().setNetworkClass("apple_egress");
    }
    if (oneIn(4)) {
      event.mailboxProvider(MAILBOX_PROVIDERS[random.nextInt(MAILBOX_PROVIDERS.length)]);
    }
  }

  private void addMaker(EventBuilder event) {
    switch (random.nextInt(isTight ? 12 : 7)) {
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
