package io.aftersend.processor;

import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes events for tests, with explicit times: minutes after a Monday noon.
final class EventBuilder {
  static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  static final String TENANT = "acme";
  static final String CAMPAIGN = "spring";

  private final EmailEvent event = new EmailEvent();

  private EventBuilder(EventType type, String id) {
    event.setEventId(id);
    event.setTenant(TENANT);
    event.setType(type.wireName());
    event.setEventTime(NOON);
    event.setIngestTime(NOON);
    event.setSource("post");
    event.setLabels(List.of());
    event.setTest(false);
  }

  /// An event of the campaign that names no message.
  static EventBuilder event(EventType type, String id) {
    return new EventBuilder(type, id).campaign(CAMPAIGN);
  }

  /// An event of a message of the campaign.
  static EventBuilder event(EventType type, String id, String message) {
    return event(type, id).message(message);
  }

  EventBuilder at(long minutes) {
    return at(NOON.plus(Duration.ofMinutes(minutes)));
  }

  EventBuilder at(Instant time) {
    event.setEventTime(time);
    return this;
  }

  EventBuilder ingestedAt(Instant time) {
    event.setIngestTime(time);
    return this;
  }

  EventBuilder tenant(String tenant) {
    event.setTenant(tenant);
    return this;
  }

  EventBuilder campaign(@Nullable String campaign) {
    event.setCampaign(campaign);
    return this;
  }

  EventBuilder message(String message) {
    event.setMessage(message);
    return this;
  }

  EventBuilder list(String list) {
    event.setList(list);
    return this;
  }

  /// As of a hit whose token was signed then.
  EventBuilder issuedAt(Instant time) {
    event.setIssuedAt(time);
    return this;
  }

  EventBuilder recipient(String recipient) {
    event.setRecipient(recipient);
    return this;
  }

  EventBuilder agent(String agent) {
    event.setUserAgent(agent);
    return this;
  }

  EventBuilder head() {
    event.setMethod("HEAD");
    return this;
  }

  /// The address as the edge leaves it: cut to its network.
  EventBuilder ip(String ip) {
    event.setIp(ip);
    return this;
  }

  EventBuilder link(String link) {
    event.setLink(link);
    return this;
  }

  EventBuilder mailboxProvider(String mailboxProvider) {
    event.setMailboxProvider(mailboxProvider);
    return this;
  }

  EventBuilder zone(String zone) {
    event.setRecipientTimeZone(zone);
    return this;
  }

  EventBuilder provider(String provider) {
    event.setProvider(provider);
    return this;
  }

  EventBuilder bounce(String bounceClass) {
    event.setBounceClass(bounceClass);
    return this;
  }

  EventBuilder earning(String value, String currency) {
    event.setValue(new BigDecimal(value).setScale(6));
    event.setCurrency(currency);
    return this;
  }

  /// As an edge's journal has it.
  EventBuilder in(String journal, int lane, long sequence) {
    event.setJournal(journal);
    event.setLane(lane);
    event.setSequence(sequence);
    return this;
  }

  EventBuilder order(String order) {
    event.setOrder(order);
    return this;
  }

  EventBuilder with(Consumer<EmailEvent> change) {
    change.accept(event);
    return this;
  }

  EmailEvent build() {
    return event;
  }
}
