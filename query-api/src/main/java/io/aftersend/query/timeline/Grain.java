package io.aftersend.query.timeline;

import io.aftersend.query.period.Period;
import io.aftersend.query.period.PeriodChoice;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How long a step of a timeline is.
enum Grain {
  QUARTER("15m", Duration.ofMinutes(15)),
  HOUR("hour", Duration.ofHours(1)),
  DAY("day", Duration.ofDays(1));

  /// The most steps of one answer.
  static final int MAX_STEPS = 10_000;

  static final List<String> NAMES = Arrays.stream(values()).map(Grain::wireName).toList();

  private final String wireName;
  private final Duration step;

  Grain(String wireName, Duration step) {
    this.wireName = wireName;
    this.step = step;
  }

  static Grain named(String wireName) {
    return values()[NAMES.indexOf(wireName)];
  }

  String wireName() {
    return wireName;
  }

  /// The longest period: one of at most [#MAX_STEPS] steps, and no longer than any other may be.
  Duration longest() {
    Duration all = step.multipliedBy(MAX_STEPS);
    return all.compareTo(PeriodChoice.LONGEST) < 0 ? all : PeriodChoice.LONGEST;
  }

  /// The beginning of the step that a time lies in.
  Instant floor(Instant time, ZoneId zone) {
    return switch (this) {
      case QUARTER -> time.minusMillis(Math.floorMod(time.toEpochMilli(), step.toMillis()));
      case HOUR -> time.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
      case DAY -> LocalDate.ofInstant(time, zone).atStartOfDay(zone).toInstant();
    };
  }

  /// The beginnings of all steps of a period; the first may lie before it.
  List<Instant> steps(Period period, ZoneId zone) {
    List<Instant> steps = new ArrayList<>();
    Instant at = floor(period.start(), zone);
    while (at.isBefore(period.end())) {
      steps.add(at);
      at = next(at, zone);
    }
    return steps;
  }

  private Instant next(Instant at, ZoneId zone) {
    if (this == DAY) {
      return LocalDate.ofInstant(at, zone).plusDays(1).atStartOfDay(zone).toInstant();
    }
    Instant next = floor(at.plus(step), zone);
    return next.isAfter(at) ? next : at.plus(step);
  }
}
