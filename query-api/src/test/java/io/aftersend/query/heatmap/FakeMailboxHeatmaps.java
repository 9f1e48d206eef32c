package io.aftersend.query.heatmap;

import io.aftersend.query.heatmap.HeatmapReadModel.WeekHour;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The mails of the tenant `ours` in memory, the same for its one mailbox `ann` in every zone.
public final class FakeMailboxHeatmaps implements MailboxHeatmapReadModel {
  public final SortedMap<WeekHour, Mails> week = new TreeMap<>();
  public final SortedMap<LocalDate, Mails> days = new TreeMap<>();
  public final List<Question> questions = new ArrayList<>();

  @Override
  public SortedMap<WeekHour, Mails> hourly(Question question) {
    return of(question, week);
  }

  @Override
  public SortedMap<LocalDate, Mails> daily(Question question) {
    return of(question, days);
  }

  private <K extends Comparable<? super K>> SortedMap<K, Mails> of(
      Question question, SortedMap<K, Mails> cells) {
    questions.add(question);
    boolean isAnn = question.tenant().equals("ours") && question.mailbox().equals("ann");
    return isAnn ? cells : new TreeMap<>();
  }
}
