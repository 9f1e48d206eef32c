package io.aftersend.query.campaign;

import java.time.Instant;
import java.util.List;

/// What happened in each of the first days of a campaign, of one type of event, by people where
/// machines make such events too.
///
/// @param start the quarter hour in which anything happened first, from which days of 24 hours
///   count
/// @param days events of each day, [#DAYS] of them
public record Sparkline(Instant start, List<Long> days) {
  public static final int DAYS = 28;

  public Sparkline {
    days = List.copyOf(days);
  }
}
