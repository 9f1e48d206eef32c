package io.aftersend.processor.rejudge;

import io.aftersend.processor.verdict.Verdict;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A campaign's numbers as they are and as they would be. For one thread.
///
/// Our own opens and clicks are counted, as `docs/metrics.md` defines them; a provider's are not.
public final class CampaignComparison {
  private final String tenant;
  private final String campaign;
  private final Map<EventType, Hits> hits = new EnumMap<>(EventType.class);
  private final Map<String, OldAndNew> verdicts = new TreeMap<>();

  /// Numbers of one type of events.
  ///
  /// @param total all of them, which no rule changes
  /// @param humanTotal those made by people
  /// @param humanUnique messages with at least one of these
  public record Hits(long total, OldAndNew humanTotal, OldAndNew humanUnique) {
    static final Hits NONE = new Hits(0, OldAndNew.ZERO, OldAndNew.ZERO);
  }

  CampaignComparison(String tenant, String campaign) {
    this.tenant = tenant;
    this.campaign = campaign;
    this.hits.put(EventType.OPENED, Hits.NONE);
    this.hits.put(EventType.CLICKED, Hits.NONE);
  }

  /// Adds the events of one message, in the same order before and after.
  void add(List<JudgedEvent> before, List<JudgedEvent> after) {
    hits.replaceAll((type, known) -> plus(known, type, before, after));
    for (int i = 0; i < before.size(); i++) {
      if (isCounted(before.get(i))) {
        count(before.get(i).getVerdict(), OldAndNew.OLD);
        count(after.get(i).getVerdict(), OldAndNew.NEW);
      }
    }
  }

  private void count(String verdict, OldAndNew one) {
    verdicts.merge(verdict, one, OldAndNew::plus);
  }

  private static Hits plus(
      Hits known, EventType type, List<JudgedEvent> before, List<JudgedEvent> after) {
    long total = before.stream().filter(event -> isOwn(event, type)).count();
    OldAndNew humans = new OldAndNew(humans(before, type), humans(after, type));
    return new Hits(
        known.total + total,
        known.humanTotal.plus(humans),
        known.humanUnique.plus(
            new OldAndNew(Math.min(humans.before(), 1), Math.min(humans.after(), 1))));
  }

  private static long humans(List<JudgedEvent> events, EventType type) {
    return events.stream()
        .filter(event -> isOwn(event, type))
        .filter(event -> Verdict.ofWireName(event.getVerdict()).isHuman())
        .count();
  }

  private static boolean isOwn(JudgedEvent event, EventType type) {
    return isCounted(event)
        && event.getProvider() == null
        && event.getType().equals(type.wireName());
  }

  private static boolean isCounted(JudgedEvent event) {
    return event.getCounted() && !event.getTest();
  }

  public String tenant() {
    return tenant;
  }

  /// Empty for events that belong to no campaign.
  public String campaign() {
    return campaign;
  }

  /// By type: `opened` and `clicked`.
  public Map<EventType, Hits> hits() {
    return hits;
  }

  /// Counted events of all types by verdict.
  public Map<String, OldAndNew> verdicts() {
    return verdicts;
  }

  /// Whether any number changes.
  public boolean isChanged() {
    return verdicts.values().stream().anyMatch(OldAndNew::isChanged)
        || hits.values().stream()
            .anyMatch(row -> row.humanTotal.isChanged() || row.humanUnique.isChanged());
  }
}
