package io.aftersend.processor.engagement;

import io.aftersend.processor.verdict.Judgement;
import io.aftersend.processor.verdict.Verdict;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.state.PersonEvent;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which judged events tell what a person does, and what is needed of them.
public final class PersonEvents {
  private static final Set<EventType> REPORTS =
      EnumSet.of(EventType.SENT, EventType.REPLIED, EventType.UNSUBSCRIBED, EventType.COMPLAINED);

  private static final Set<EventType> HITS =
      EnumSet.of(
          EventType.OPENED,
          EventType.CLICKED,
          EventType.ATTACHMENT_OPENED,
          EventType.FORWARDED,
          EventType.CONVERTED);

  private PersonEvents() {}

  /// Whether an event tells of a person who is known by recipient or message. A hit that a machine
  /// made is only needed where it may have been taken for a person's before. What a provider
  /// reports of its own opens and clicks stands beside ours and would count them twice; an order
  /// that counted before is no news.
  public static boolean concerns(JudgedEvent event) {
    EventType type = EventType.ofWireName(event.getType());
    if (type == null
        || event.getTest()
        || (event.getRecipient() == null && event.getMessage() == null)) {
      return false;
    }
    if (REPORTS.contains(type)) {
      return event.getRevision() <= Judgement.FIRST_REVISION;
    }
    return HITS.contains(type)
        && event.getProvider() == null
        && !isRepeatedOrder(event)
        && !Boolean.TRUE.equals(event.getInferred())
        && (isHuman(event.getVerdict()) || event.getRevision() > Judgement.FIRST_REVISION);
  }

  private static boolean isRepeatedOrder(JudgedEvent event) {
    return event.getType().equals(EventType.CONVERTED.wireName())
        && !event.getCounted()
        && (event.getCampaign() != null || event.getMessage() != null);
  }

  /// The key that brings all events of a person together: the recipient, else the message.
  public static String key(JudgedEvent event) {
    return event.getRecipient() == null
        ? event.getTenant() + "|m:" + event.getMessage()
        : event.getTenant() + "|r:" + event.getRecipient();
  }

  /// What is needed of an event. Network and machine are those of the person only where no proxy
  /// stands between.
  public static PersonEvent of(JudgedEvent event) {
    boolean isDirect = event.getVerdict().equals(Verdict.HUMAN.wireName());
    return new PersonEvent(
        event.getTenant(),
        event.getRecipient(),
        event.getMessage(),
        event.getCampaign(),
        event.getEventId(),
        event.getType(),
        event.getEventTime().toEpochMilli(),
        event.getIngestTime().toEpochMilli(),
        event.getVerdict(),
        event.getRevision(),
        Boolean.TRUE.equals(event.getAutoReply()),
        isDirect ? event.getIp() : null,
        isDirect ? machine(event) : null,
        event.getVerdictBefore());
  }

  private static @Nullable String machine(JudgedEvent event) {
    if (event.getClient() == null && event.getOs() == null) {
      return null;
    }
    return event.getClient() + "|" + event.getOs() + "|" + event.getDevice();
  }

  /// Whether the event was a person's in the revision before.
  public static boolean wasHuman(PersonEvent event) {
    String before = event.getVerdictBefore();
    return before != null && isHuman(before);
  }

  /// Whether events of a verdict are a person's.
  public static boolean isHuman(String verdict) {
    return Verdict.ofWireName(verdict).isHuman();
  }

  /// Whether an event is of a type.
  public static boolean is(PersonEvent event, EventType type) {
    return event.getType().equals(type.wireName());
  }

  /// What the event is among those of its person.
  public static String id(PersonEvent event) {
    String message = event.getMessage();
    return (message == null ? "" : message) + "|" + event.getEventId();
  }
}
