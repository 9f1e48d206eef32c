package io.aftersend.query.timeline;

import io.aftersend.query.period.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One timeline in memory.
public final class FakeTimelines implements TimelineReadModel {
  final SortedMap<Instant, Map<String, EventSums>> steps = new TreeMap<>();
  final List<Period> asked = new ArrayList<>();
  final List<Question> questions = new ArrayList<>();
  @Nullable Period span;

  @Override
  public @Nullable Period span(Question question) {
    return span;
  }

  @Override
  public SortedMap<Instant, Map<String, EventSums>> steps(
      Question question, String grain, Period period, String zone) {
    asked.add(period);
    questions.add(question);
    return new TreeMap<>(steps.subMap(period.start(), period.end()));
  }
}
