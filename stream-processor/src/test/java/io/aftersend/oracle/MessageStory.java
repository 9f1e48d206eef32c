package io.aftersend.oracle;

import io.aftersend.oracle.RandomHistory.Recipient;
import io.aftersend.schemas.event.EmailEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The story of one message, from its send to the last that happens to it.
///
/// Ids are unique within the message only: other messages use the same.
final class MessageStory {
  private static final List<String> MAILBOX_PROVIDERS =
      List.of("gmail", "Yahoo", "icloud", "example-corp");
  private static final Set<String> TELL_OF_MAILBOXES =
      Set.of("sent", "delivered", "deferred", "dropped");
  private static final List<String> REST =
      List.of("read", "attachment_opened", "read_receipt", "page_viewed", "placed", "received");

  private final Chance chance;
  private final Sales sales;
  private final String message;
  private final Instant sent;
  private final List<EmailEvent> events = new ArrayList<>();

  MessageStory(Chance chance, Sales sales, String message, Instant sent) {
    this.chance = chance;
    this.sales = sales;
    this.message = message;
    this.sent = sent;
  }

  /// All events of the message. All that name a campaign name this one.
  List<EmailEvent> tell(Recipient recipient, String campaign) {
    addSends();
    new DeliveryStory(chance, this).tell(campaign.equals("autumn"));
    new ReaderStory(chance, this).tell();
    new GatewayStory(chance, this).tell();
    addReactions();
    boolean isTest = chance.percent(4);
    boolean isWithoutCampaign = chance.percent(3);
    TermsStory terms = new TermsStory(chance);
    for (EmailEvent event : events) {
      event.setMessage(message);
      event.setRecipient(chance.percent(90) ? recipient.id() : null);
      event.setCampaign(isWithoutCampaign || chance.percent(12) ? null : campaign);
      event.setTest(isTest || chance.percent(1));
      terms.tell(event);
      if (TELL_OF_MAILBOXES.contains(event.getType()) && chance.percent(25)) {
        event.setMailboxProvider(chance.oneOf(MAILBOX_PROVIDERS));
      }
      if (knowsZone(event) && !recipient.zone().isEmpty()) {
        event.setRecipientTimeZone(recipient.zone());
      }
    }
    if (events.stream().noneMatch(event -> event.getCampaign() != null && !event.getTest())) {
      // Whether a conversion that is in no campaign takes its order is nowhere defined.
      events.forEach(event -> event.setOrder(null));
    }
    return events;
  }

  private boolean knowsZone(EmailEvent event) {
    return event.getType().equals("sent") ? chance.percent(80) : chance.percent(5);
  }

  /// Adds an event some time after the send.
  EventDraft add(String type, Duration after) {
    EventDraft draft = new EventDraft(type, type + "-" + events.size(), sent.plus(after));
    events.add(draft.event());
    return draft;
  }

  /// Adds an event at another's time.
  EventDraft addAtTimeOf(EventDraft other, String type) {
    return add(type, Duration.between(sent, other.event().getEventTime()));
  }

  /// When it was delivered, if it was, else sent.
  Duration delivery() {
    return events.stream()
        .filter(event -> event.getType().equals("delivered"))
        .map(event -> Duration.between(sent, event.getEventTime()))
        .min(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /// Any time from the send on; round minutes are frequent.
  Duration anyTime() {
    Duration after = chance.within(HistoryShape.LIFE);
    return chance.percent(40) ? Duration.ofMinutes(after.toMinutes() / 5 * 5) : after;
  }

  private void addSends() {
    if (chance.percent(95)) {
      add("sent", Duration.ZERO);
    }
    if (chance.percent(4)) {
      add("sent", anyTime());
    }
  }

  private void addReactions() {
    if (chance.percent(10)) {
      addForward(chance.percent(35) ? true : null);
    }
    if (chance.percent(8)) {
      add("replied", anyTime()).event().setAutoReply(chance.percent(35) ? true : null);
    }
    if (chance.percent(4)) {
      add("replied", anyTime()).event().setAutoReply(false);
    }
    while (chance.percent(15)) {
      addConversion();
    }
    if (chance.percent(6)) {
      unsubscribe();
    }
    if (chance.percent(3)) {
      add("complained", anyTime());
    }
    while (chance.percent(25)) {
      EmailEvent event = add(chance.oneOf(REST), anyTime()).event();
      event.setPlacement(event.getType().equals("placed") ? "inbox" : null);
    }
  }

  private void addForward(@Nullable Boolean isInferred) {
    EventDraft forward = add("forwarded", anyTime());
    forward.event().setInferred(isInferred);
    if (chance.percent(20)) {
      forward.agent(chance.oneOf(Agents.MACHINES));
    }
  }

  private void addConversion() {
    EmailEvent conversion = add("converted", anyTime()).event();
    if (chance.percent(8)) {
      conversion.setMethod("HEAD");
    }
    sales.describe(conversion, "of-" + message);
  }

  private void unsubscribe() {
    Duration after = anyTime();
    add("unsubscribe_viewed", after);
    add("unsubscribed", after.plusSeconds(5)).event().setList("list-1");
    if (chance.percent(30)) {
      add("unsubscribed", after.plusSeconds(9)).event().setList("list-1");
    }
  }
}
