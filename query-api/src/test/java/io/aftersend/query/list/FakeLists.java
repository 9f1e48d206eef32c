package io.aftersend.query.list;

import io.aftersend.query.campaign.Rate;
import io.aftersend.query.period.Period;
import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import io.aftersend.schemas.list.ListSettings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Lists in memory, by tenant and id, with the same growth for all of them; and the topic that they
/// are published to.
public final class FakeLists implements ListReadModel, ListProfiles, ListPublisher {
  private final Map<String, Stored> profiles = new TreeMap<>();
  public final List<ListSettings> published = new ArrayList<>();
  public final List<Period> asked = new ArrayList<>();
  public final SortedMap<LocalDate, Moves> days = new TreeMap<>();
  public Growth growth = new Growth(new Rate(0, 0, null, "all"), Moves.NONE, 0, 0);
  public boolean isKafkaDown;

  @Override
  public void publish(ListSettings settings, long timestampMs) {
    if (isKafkaDown) {
      throw new ProblemException(Problem.unavailable("Kafka cannot be reached now"));
    }
    published.add(settings);
  }

  @Override
  public @Nullable Stored current(String tenant, String list) {
    return profiles.get(tenant + "|" + list);
  }

  @Override
  public void store(String tenant, Stored stored) {
    profiles.put(tenant + "|" + stored.profile().list(), stored);
  }

  @Override
  public boolean exists(String tenant, String list) {
    return profiles.containsKey(tenant + "|" + list);
  }

  @Override
  public List<Row> after(String tenant, String after, Period period, int limit) {
    asked.add(period);
    return profiles.values().stream()
        .map(Stored::profile)
        .filter(profile -> exists(tenant, profile.list()) && profile.list().compareTo(after) > 0)
        .limit(limit)
        .map(profile -> new Row(profile.list(), profile.name(), growth))
        .toList();
  }

  @Override
  public Growth growth(String tenant, String list, Period period) {
    asked.add(period);
    return growth;
  }

  @Override
  public SortedMap<LocalDate, Moves> days(String tenant, String list, Period period, String zone) {
    return days;
  }
}
