package io.aftersend.processor.rejudge;

import io.aftersend.schemas.event.JudgedEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What changed rules would change, old and new numbers side by side. For one thread.
public final class Comparison {
  private final Map<String, CampaignComparison> campaigns = new TreeMap<>();
  private final Map<RuleChange, Long> ruleChanges = new HashMap<>();
  private long events;
  private long messages;
  private long changedEvents;
  private long changedMessages;
  private long leftMessages;

  /// From which judgement to which.
  ///
  /// @param before verdict and reasons, as text
  public record RuleChange(String before, String after) {}

  /// Hits that change from one judgement to another.
  public record Changed(RuleChange change, long hits) {}

  /// Adds all events of one message in one campaign, in the same order before and after.
  void add(List<JudgedEvent> before, List<JudgedEvent> after) {
    events += before.size();
    messages++;
    campaign(before).add(before, after);
    long changed = 0;
    for (int i = 0; i < before.size(); i++) {
      RuleChange change = new RuleChange(judgement(before.get(i)), judgement(after.get(i)));
      if (before.get(i).getRevision() != after.get(i).getRevision()) {
        ruleChanges.merge(change, 1L, Long::sum);
        changed++;
      }
    }
    changedEvents += changed;
    changedMessages += changed > 0 ? 1 : 0;
  }

  /// Notes a message with more events than can be looked at.
  void leave() {
    leftMessages++;
  }

  private CampaignComparison campaign(List<JudgedEvent> before) {
    String tenant = before.getFirst().getTenant();
    String campaign =
        before.stream()
            .map(JudgedEvent::getCampaign)
            .filter(name -> name != null)
            .findFirst()
            .orElse("");
    return campaigns.computeIfAbsent(
        tenant + "|" + campaign, any -> new CampaignComparison(tenant, campaign));
  }

  private static String judgement(JudgedEvent event) {
    return event.getVerdict() + ": " + String.join(" ", event.getReasons());
  }

  /// Campaigns of which any number changes, by tenant and name.
  public List<CampaignComparison> changedCampaigns() {
    return campaigns.values().stream().filter(CampaignComparison::isChanged).toList();
  }

  /// The number of campaigns of which none does.
  public int sameCampaigns() {
    return campaigns.size() - changedCampaigns().size();
  }

  /// How many hits change from which judgement to which, the most frequent first.
  public List<Changed> ruleChanges() {
    List<Changed> changes = new ArrayList<>();
    ruleChanges.forEach((change, hits) -> changes.add(new Changed(change, hits)));
    changes.sort(
        Comparator.comparingLong(Changed::hits)
            .reversed()
            .thenComparing(changed -> changed.change().before())
            .thenComparing(changed -> changed.change().after()));
    return changes;
  }

  /// Events that were judged again.
  public long events() {
    return events;
  }

  /// Messages, each in one campaign, that were judged again.
  public long messages() {
    return messages;
  }

  /// Events that come out otherwise.
  public long changedEvents() {
    return changedEvents;
  }

  /// Messages with any such event.
  public long changedMessages() {
    return changedMessages;
  }

  /// Messages that were left as they are, since they have too many events.
  public long leftMessages() {
    return leftMessages;
  }
}
