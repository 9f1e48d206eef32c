package io.aftersend.oracle;

import io.aftersend.schemas.event.EmailEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Counts what recipients did again, as the definitions of the metrics say: from the verdicts that
/// stand in the end.
public final class EngagementOracle {
  private final Judging judging = new Hindsight();
  private final Map<String, List<EmailEvent>> units = new LinkedHashMap<>();
  private final Map<String, List<EmailEvent>> byRecipient = new TreeMap<>();

  /// What one recipient did.
  public record Engagement(
      long sent,
      long openedTotal,
      long openedUnique,
      long clickedTotal,
      long clickedUnique,
      long replied,
      long unsubscribed,
      long complained,
      long reacted,
      long quietCampaigns,
      @Nullable Instant lastSent,
      @Nullable Instant lastOpen,
      @Nullable Instant lastClick,
      @Nullable Instant lastReply) {

    /// Whether nothing was sent, and nothing done: so it is after a hit turned out a machine's.
    public boolean isEmpty() {
      return sent + openedTotal + clickedTotal + replied + unsubscribed + complained == 0;
    }
  }

  private EngagementOracle(List<EmailEvent> arrivals) {
    Set<String> seen = new HashSet<>();
    for (EmailEvent event : arrivals) {
      String unit = Judged.unitOf(event);
      if (!event.getTest() && seen.add(unit + " " + event.getEventId())) {
        units.computeIfAbsent(unit, any -> new ArrayList<>()).add(event);
        if (event.getRecipient() != null) {
          byRecipient.computeIfAbsent(event.getRecipient(), any -> new ArrayList<>()).add(event);
        }
      }
    }
  }

  /// Every recipient to whom anything was sent, or who did anything.
  public static Map<String, Engagement> recount(List<EmailEvent> arrivals) {
    EngagementOracle oracle = new EngagementOracle(arrivals);
    Map<String, Engagement> engagements = new TreeMap<>();
    oracle.byRecipient.forEach(
        (recipient, events) -> engagements.put(recipient, oracle.engagement(events)));
    engagements.values().removeIf(Engagement::isEmpty);
    return engagements;
  }

  private Engagement engagement(List<EmailEvent> events) {
    List<EmailEvent> sent = only(events, event -> is(event, "sent"));
    List<EmailEvent> opened = only(events, event -> isByPerson(event, "opened"));
    List<EmailEvent> clicked = only(events, event -> isByPerson(event, "clicked"));
    List<EmailEvent> replied =
        only(events, event -> is(event, "replied") && !Boolean.TRUE.equals(event.getAutoReply()));
    List<EmailEvent> reactions = new ArrayList<>(opened);
    reactions.addAll(clicked);
    reactions.addAll(replied);
    return new Engagement(
        messages(sent).size(),
        opened.size(),
        messages(opened).size(),
        clicked.size(),
        messages(clicked).size(),
        replied.size(),
        only(events, event -> is(event, "unsubscribed")).size(),
        only(events, event -> is(event, "complained")).size(),
        messages(reactions).size(),
        quiet(sent, reactions),
        last(sent),
        last(opened),
        last(clicked),
        last(replied));
  }

  /// Campaigns in the order in which they were last begun to be sent, until one with a reaction.
  private long quiet(List<EmailEvent> sent, List<EmailEvent> reactions) {
    Map<String, Instant> begun = new HashMap<>();
    for (String message : messages(sent)) {
      List<EmailEvent> own = only(sent, event -> message(event).equals(message));
      String campaign = campaign(own);
      Instant first = own.stream().map(EmailEvent::getEventTime).sorted().findFirst().orElse(null);
      if (campaign != null && first != null) {
        begun.merge(campaign, first, (one, other) -> one.isAfter(other) ? one : other);
      }
    }
    Set<String> answered = new HashSet<>();
    for (EmailEvent reaction : reactions) {
      String campaign = campaign(List.of(reaction));
      if (campaign != null) {
        answered.add(campaign);
      }
    }
    return begun.entrySet().stream()
        .sorted(
            Map.Entry.<String, Instant>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .takeWhile(entry -> !answered.contains(entry.getKey()))
        .count();
  }

  /// The campaign that events of one message have, whenever any event of it told.
  private @Nullable String campaign(List<EmailEvent> own) {
    for (EmailEvent event : own) {
      if (event.getCampaign() != null) {
        return event.getCampaign();
      }
      if (event.getMessage() != null) {
        for (EmailEvent other : units.getOrDefault(Judged.unitOf(event), List.of())) {
          if (other.getCampaign() != null) {
            return other.getCampaign();
          }
        }
      }
    }
    return null;
  }

  private boolean isByPerson(EmailEvent event, String type) {
    if (!is(event, type) || event.getProvider() != null) {
      return false;
    }
    String unit = Judged.unitOf(event);
    return new Judged(event, unit, judging.verdict(event, units.getOrDefault(unit, List.of())))
        .isHuman();
  }

  private static boolean is(EmailEvent event, String type) {
    return event.getType().equals(type);
  }

  private static List<EmailEvent> only(List<EmailEvent> events, Predicate<EmailEvent> wanted) {
    return events.stream().filter(wanted).toList();
  }

  /// A message, else the mail of a campaign, is what a recipient gets once.
  private static String message(EmailEvent event) {
    return event.getMessage() == null
        ? "campaign " + event.getCampaign()
        : "message " + event.getMessage();
  }

  private static Set<String> messages(List<EmailEvent> events) {
    Set<String> messages = new HashSet<>();
    events.forEach(event -> messages.add(message(event)));
    return messages;
  }

  private static @Nullable Instant last(List<EmailEvent> events) {
    return events.stream()
        .map(EmailEvent::getEventTime)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }
}
