package io.aftersend.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Adds up the parts of one campaign, message by message.
final class BreakdownTally {
  private final Map<String, CampaignTally> slices = new TreeMap<>();
  private final Map<String, Counts> links = new TreeMap<>();
  private final Map<String, String> countries;

  /// @param countries in which networks are, by address
  BreakdownTally(Map<String, String> countries) {
    this.countries = countries;
  }

  /// Adds a message, or what stands for one, with all of its events in this campaign.
  void add(List<Judged> message) {
    MessageTerms terms = new MessageTerms(message);
    addMessage("variant", terms.values(event -> listOf(event.getVariant())), message);
    addMessage("account", terms.values(event -> listOf(event.getAccount())), message);
    addMessage("label", terms.values(event -> event.getLabels()), message);
    addMessage("mailbox_provider", terms.mailboxProvider(), message);
    boolean isLate = Lateness.of(message);
    List<Judged> hits = message.stream().filter(Judged::isHit).toList();
    by(hits, ReaderPlace::device)
        .forEach((device, some) -> addHits("device", device, some, isLate));
    by(hits, hit -> ReaderPlace.country(hit, countries))
        .forEach((country, some) -> addHits("country", country, some, isLate));
    List<Judged> clicks = hits.stream().filter(hit -> hit.is("clicked")).toList();
    by(clicks, BreakdownTally::link).forEach((link, some) -> addClicks(link, some, isLate));
  }

  Breakdown breakdown() {
    Map<String, Recount> recounts = new TreeMap<>();
    slices.forEach((slice, tally) -> recounts.put(slice, tally.recount()));
    return new Breakdown(recounts, links);
  }

  private void addMessage(String dimension, Set<String> values, List<Judged> message) {
    values.forEach(value -> slice(dimension, value).addWithoutBuckets(message));
  }

  private void addHits(String dimension, String value, List<Judged> hits, boolean isLate) {
    slice(dimension, value).addHits(hits, isLate);
  }

  private CampaignTally slice(String dimension, String value) {
    return slices.computeIfAbsent(dimension + "=" + value, any -> new CampaignTally());
  }

  private void addClicks(String link, List<Judged> clicks, boolean isLate) {
    long one = isLate ? 0 : 1;
    long human = clicks.stream().filter(Judged::isHuman).count();
    links.merge(link, new Counts(clicks.size(), one, human, Math.min(one, human)), Counts::plus);
  }

  private static String link(Judged click) {
    String link = click.event().getLink();
    return click.source() + "=" + (link == null ? "" : link);
  }

  private static List<String> listOf(@Nullable String value) {
    return value == null ? List.of() : List.of(value);
  }

  private static Map<String, List<Judged>> by(List<Judged> events, Function<Judged, String> value) {
    Map<String, List<Judged>> groups = new TreeMap<>();
    for (Judged event : events) {
      groups.computeIfAbsent(value.apply(event), any -> new ArrayList<>()).add(event);
    }
    return groups;
  }
}
