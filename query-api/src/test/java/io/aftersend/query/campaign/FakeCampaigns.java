package io.aftersend.query.campaign;

import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// Campaigns in memory, by tenant and id.
public final class FakeCampaigns implements CampaignReadModel, CampaignProfiles {
  private final Map<String, ConcurrentSkipListMap<String, Stored>> profiles = new TreeMap<>();
  public final List<Stored> stored = new ArrayList<>();
  public final List<EventCounts> counts = new ArrayList<>();
  public final List<Rate> rates = new ArrayList<>();
  public final Map<String, BigDecimal> revenue = new TreeMap<>();
  public CampaignLimits limits = new CampaignLimits(0, 0);
  public final List<CampaignQuestion> asked = new ArrayList<>();
  public final Map<String, Sparkline> sparklines = new TreeMap<>();
  public boolean isDown;

  public void add(String tenant, CampaignProfile profile) {
    of(tenant).put(profile.campaign(), new Stored(profile, 1));
  }

  private synchronized ConcurrentSkipListMap<String, Stored> of(String tenant) {
    if (isDown) {
      throw new ProblemException(Problem.unavailable("ClickHouse cannot be reached now"));
    }
    return profiles.computeIfAbsent(tenant, id -> new ConcurrentSkipListMap<>());
  }

  @Override
  public List<CampaignSummary> page(CampaignQuestion question) {
    asked.add(question);
    String after = question.after() == null ? "" : question.after().campaign();
    return of(question.tenant()).tailMap(after, false).values().stream()
        .limit(question.limit())
        .map(
            each ->
                new CampaignSummary(
                    each.profile(),
                    new CampaignQuestion.Place(0, "", each.profile().campaign()),
                    MAIN_TYPES.stream().map(t -> new EventCounts(t, 4, 3, 2, 1)).toList()))
        .toList();
  }

  @Override
  public Map<String, Sparkline> sparklines(String tenant, List<String> campaigns, String event) {
    return sparklines;
  }

  @Override
  public boolean exists(String tenant, String campaign) {
    return of(tenant).containsKey(campaign);
  }

  @Override
  public @Nullable CampaignOverview overview(String tenant, String campaign) {
    Stored found = current(tenant, campaign);
    return found == null ? null : new CampaignOverview(found.profile(), revenue, limits);
  }

  @Override
  public List<EventCounts> counts(String tenant, String campaign) {
    return counts;
  }

  @Override
  public List<Rate> rates(String tenant, String campaign) {
    return rates;
  }

  @Override
  public @Nullable Stored current(String tenant, String campaign) {
    return of(tenant).get(campaign);
  }

  @Override
  public void store(String tenant, Stored row) {
    synchronized (stored) {
      stored.add(row);
    }
    of(tenant).put(row.profile().campaign(), row);
  }
}
