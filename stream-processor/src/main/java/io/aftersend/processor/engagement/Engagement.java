package io.aftersend.processor.engagement;

import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.state.KnownHit;
import io.aftersend.schemas.state.KnownMessage;
import io.aftersend.schemas.state.PersonEvent;
import io.aftersend.schemas.state.RecipientFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What events do to the facts of a recipient. Pure: an event gives new facts and changes none. The
/// same events give the same facts in any order, as long as the bounds are not reached.
///
/// A hit is listed while it can be judged again, and of its judgements the greatest revision
/// stands; then it is added to the counts. So is a message when there are too many. Where a hit is
/// judged anew after that, the counts follow by the difference; what is known of a message no
/// longer, and the time of the last hit, cannot.
final class Engagement {
  /// Most messages listed beside those with a listed hit: the latest sent. Further back, no
  /// campaign is quiet, and a message that comes again counts again.
  static final int MAX_MESSAGES = 100;

  /// Most hits listed: the latest by arrival, so that a program that loads a pixel without end does
  /// not grow the state.
  static final int MAX_HITS = 200;

  private final RecipientFacts facts;

  private Engagement(RecipientFacts facts) {
    this.facts =
        new RecipientFacts(
            new ArrayList<>(facts.getMessages()),
            new ArrayList<>(facts.getHits()),
            new HashMap<>(facts.getCounts()),
            new HashMap<>(facts.getTimes()),
            facts.getVersion());
  }

  static RecipientFacts none() {
    return new RecipientFacts(List.of(), List.of(), Map.of(), Map.of(), 0L);
  }

  /// The facts after one more event, or null where it changes nothing.
  ///
  /// @param nowMs stream time, epoch milliseconds
  /// @param judging how long after its arrival a hit can be judged again
  static @Nullable RecipientFacts with(
      RecipientFacts facts, PersonEvent event, long nowMs, Duration judging) {
    Engagement engagement = new Engagement(facts);
    if (!engagement.learn(event, nowMs)) {
      return null;
    }
    engagement.settleHits(nowMs - judging.toMillis());
    engagement.settleMessages();
    // Grows even where the facts were forgotten in between.
    engagement.facts.setVersion(Math.max(facts.getVersion() + 1, nowMs));
    return engagement.facts;
  }

  private boolean learn(PersonEvent event, long nowMs) {
    EventType type = EventType.ofWireName(event.getType());
    if (type == null) {
      return false;
    }
    return switch (type) {
      case SENT -> learnSent(event);
      case OPENED, CLICKED -> learnHit(event, nowMs);
      case REPLIED -> !event.getIsAuto() && learnReply(event);
      case UNSUBSCRIBED, COMPLAINED -> {
        count(type.wireName(), 1);
        yield true;
      }
      default -> false;
    };
  }

  private boolean learnSent(PersonEvent event) {
    KnownMessage message = message(event);
    Long known = message.getSent();
    if (known == null || event.getTime() < known) {
      message.setSent(event.getTime());
    }
    latest(Names.LAST_SENT, event.getTime());
    return true;
  }

  private boolean learnReply(PersonEvent event) {
    KnownMessage message = message(event);
    message.setReplies(message.getReplies() + 1);
    count(Names.REPLIED, 1);
    latest(Names.LAST_REPLY, event.getTime());
    return true;
  }

  private boolean learnHit(PersonEvent event, long nowMs) {
    String id = PersonEvents.id(event);
    boolean isHuman = PersonEvents.isHuman(event.getVerdict());
    List<KnownHit> hits = facts.getHits();
    for (int i = 0; i < hits.size(); i++) {
      KnownHit known = hits.get(i);
      if (known.getId().equals(id)) {
        if (known.getRevision() >= event.getRevision()) {
          return false;
        }
        hits.set(i, hit(event, known.getArrived(), isHuman));
        return true;
      }
    }
    boolean wasAdded = PersonEvents.wasHuman(event);
    if (isHuman == wasAdded) {
      return false;
    }
    if (wasAdded) {
      add(event.getType(), key(event), -1);
      return true;
    }
    message(event);
    hits.add(hit(event, nowMs, true));
    return true;
  }

  private static KnownHit hit(PersonEvent event, long arrivedMs, boolean isHuman) {
    return new KnownHit(
        PersonEvents.id(event),
        key(event),
        event.getType(),
        event.getTime(),
        arrivedMs,
        event.getRevision(),
        isHuman);
  }

  /// The message of an event, which is listed from now on; a copy that may be changed.
  private KnownMessage message(PersonEvent event) {
    String key = key(event);
    List<KnownMessage> messages = facts.getMessages();
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i).getKey().equals(key)) {
        KnownMessage copy = copyOf(messages.get(i));
        if (copy.getCampaign() == null) {
          copy.setCampaign(event.getCampaign());
        }
        messages.set(i, copy);
        return copy;
      }
    }
    KnownMessage message = new KnownMessage(key, event.getCampaign(), null, 0L, 0L, 0L);
    messages.add(message);
    return message;
  }

  /// Avro's own copy goes through the schema, which is slow for every mail that is sent.
  private static KnownMessage copyOf(KnownMessage message) {
    return new KnownMessage(
        message.getKey(),
        message.getCampaign(),
        message.getSent(),
        message.getOpens(),
        message.getClicks(),
        message.getReplies());
  }

  /// A message, else the campaign, is what a recipient gets once. Ids cannot hold `|`.
  private static String key(PersonEvent event) {
    String message = event.getMessage();
    return message == null ? "|" + event.getCampaign() : message;
  }

  private void settleHits(long settledBeforeMs) {
    List<KnownHit> hits = facts.getHits();
    List<KnownHit> listed = new ArrayList<>();
    int tooMany = hits.size() - MAX_HITS;
    for (int i = 0; i < hits.size(); i++) {
      KnownHit hit = hits.get(i);
      if (i >= tooMany && hit.getArrived() >= settledBeforeMs) {
        listed.add(hit);
      } else if (hit.getIsHuman()) {
        settle(hit);
      }
    }
    facts.setHits(listed);
  }

  private void settle(KnownHit hit) {
    boolean isOpen = isOpen(hit.getType());
    latest(isOpen ? Names.LAST_OPEN : Names.LAST_CLICK, hit.getTime());
    add(hit.getType(), hit.getKey(), 1);
  }

  /// Adds a hit to the counts, or takes it back from them.
  private void add(String type, String messageKey, int hits) {
    boolean isOpen = isOpen(type);
    count(isOpen ? Names.OPENED_TOTAL : Names.CLICKED_TOTAL, hits);
    List<KnownMessage> messages = facts.getMessages();
    for (int i = 0; i < messages.size(); i++) {
      KnownMessage known = messages.get(i);
      if (known.getKey().equals(messageKey)) {
        KnownMessage copy = copyOf(known);
        copy.setOpens(Math.max(0, known.getOpens() + (isOpen ? hits : 0)));
        copy.setClicks(Math.max(0, known.getClicks() + (isOpen ? 0 : hits)));
        messages.set(i, copy);
      }
    }
  }

  private static boolean isOpen(String type) {
    return type.equals(EventType.OPENED.wireName());
  }

  private void settleMessages() {
    List<KnownMessage> messages = facts.getMessages();
    if (messages.size() <= MAX_MESSAGES) {
      return;
    }
    Set<String> hit = new HashSet<>();
    facts.getHits().forEach(known -> hit.add(known.getKey()));
    List<KnownMessage> oldest =
        messages.stream()
            .filter(message -> !hit.contains(message.getKey()))
            .sorted(
                Comparator.comparingLong(Engagement::sentMs).thenComparing(KnownMessage::getKey))
            .limit(messages.size() - MAX_MESSAGES)
            .toList();
    messages.removeAll(oldest);
    for (KnownMessage message : oldest) {
      count(Names.SENT, message.getSent() == null ? 0 : 1);
      count(Names.OPENED_UNIQUE, message.getOpens() > 0 ? 1 : 0);
      count(Names.CLICKED_UNIQUE, message.getClicks() > 0 ? 1 : 0);
      boolean isReacted = message.getOpens() + message.getClicks() + message.getReplies() > 0;
      count(Names.REACTED, isReacted ? 1 : 0);
    }
  }

  private static long sentMs(KnownMessage message) {
    Long sent = message.getSent();
    return sent == null ? Long.MIN_VALUE : sent;
  }

  /// Facts that were forgotten in between may lack what is taken back.
  private void count(String name, long change) {
    if (change != 0) {
      long known = facts.getCounts().getOrDefault(name, 0L);
      facts.getCounts().put(name, Math.max(0, known + change));
    }
  }

  private void latest(String name, long timeMs) {
    facts.getTimes().merge(name, timeMs, Math::max);
  }

  /// Names of the counts and times of what is listed no more.
  static final class Names {
    static final String SENT = "sent";
    static final String OPENED_TOTAL = "opened_total";
    static final String OPENED_UNIQUE = "opened_unique";
    static final String CLICKED_TOTAL = "clicked_total";
    static final String CLICKED_UNIQUE = "clicked_unique";
    static final String REACTED = "reacted";
    static final String REPLIED = EventType.REPLIED.wireName();
    static final String UNSUBSCRIBED = EventType.UNSUBSCRIBED.wireName();
    static final String COMPLAINED = EventType.COMPLAINED.wireName();
    static final String LAST_SENT = "last_sent";
    static final String LAST_OPEN = "last_open";
    static final String LAST_CLICK = "last_click";
    static final String LAST_REPLY = "last_reply";

    private Names() {}
  }
}
