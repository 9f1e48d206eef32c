package io.aftersend.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Adds up one campaign, message by message.
final class CampaignTally {
  private static final Set<String> IN_HEATMAPS =
      Set.of("opened", "clicked", "sent", "received", "replied");

  /// At equal time the first of these stands.
  private static final List<String> STATES =
      List.of("delivered", "block", "soft", "dropped", "deferred");

  private final Map<String, Counts> counts = new HashMap<>();
  private final Map<String, Counts> providerCounts = new HashMap<>();
  private final Map<String, Long> finalStates = new HashMap<>();
  private final Map<String, BigDecimal> revenue = new HashMap<>();
  private final Map<Bucket, Bucket.Content> buckets = new TreeMap<>();
  private Reach reach = Reach.NONE;
  private Reach providerReach = Reach.NONE;
  private long converters;
  private long attributed;
  private long statedForwards;
  private long inferredForwards;
  private long answered;
  private long late;

  /// Adds a message, or what stands for one, with all of its events in this campaign.
  void add(List<Judged> message, String zone) {
    addWithoutBuckets(message);
    boolean isLate = Lateness.of(message);
    List<Judged> own = select(message, event -> event.source().equals("own"));
    List<Judged> providers = select(message, event -> event.source().equals("provider"));
    for (String type : IN_HEATMAPS) {
      addBuckets(select(own, event -> event.is(type)), message, zone, isLate);
      addBuckets(select(providers, event -> event.is(type)), message, zone, isLate);
    }
  }

  /// Adds some opens and clicks of a message, and nothing else of it.
  void addHits(List<Judged> hits, boolean isLate) {
    addCounts(counts, select(hits, event -> event.source().equals("own")), isLate);
    addCounts(providerCounts, select(hits, event -> event.source().equals("provider")), isLate);
  }

  /// As [#add], but for the heatmaps.
  void addWithoutBuckets(List<Judged> message) {
    List<Judged> own = select(message, event -> event.source().equals("own"));
    List<Judged> providers = select(message, event -> event.source().equals("provider"));
    boolean isLate = Lateness.of(message);
    addCounts(counts, own, isLate);
    addCounts(providerCounts, providers, isLate);
    if (isLate) {
      late += message.size();
    } else {
      reach = reach.plus(reachOf(own));
      providerReach = providerReach.plus(reachOf(providers));
      addFinalState(message);
      answered += any(message, event -> event.is("replied") && event.isHuman());
    }
    long convertersBefore = converters;
    addSales(select(message, event -> event.is("converted") && event.isHuman()));
    converters = isLate ? convertersBefore : converters;
    List<Judged> forwards = select(message, event -> event.is("forwarded"));
    inferredForwards += select(forwards, CampaignTally::isInferred).size();
    statedForwards += select(forwards, e -> !isInferred(e) && e.isHuman()).size();
  }

  Recount recount() {
    return new Recount(
        counts,
        providerCounts,
        reach,
        providerReach,
        finalStates,
        converters,
        attributed,
        statedForwards,
        inferredForwards,
        answered,
        late,
        revenue,
        buckets);
  }

  private static List<Judged> select(List<Judged> events, Predicate<Judged> wanted) {
    List<Judged> selected = new ArrayList<>();
    for (Judged event : events) {
      if (wanted.test(event)) {
        selected.add(event);
      }
    }
    return selected;
  }

  private static long any(List<Judged> events, Predicate<Judged> wanted) {
    return select(events, wanted).isEmpty() ? 0 : 1;
  }

  private static boolean isInferred(Judged forward) {
    return Boolean.TRUE.equals(forward.event().getInferred());
  }

  /// Adds to counts of messages only what is of a message that was not forgotten before.
  private static void addCounts(Map<String, Counts> counts, List<Judged> events, boolean isLate) {
    long one = isLate ? 0 : 1;
    Set<String> types = new HashSet<>();
    for (Judged event : events) {
      types.add(event.event().getType());
    }
    for (String type : types) {
      List<Judged> ofType = select(events, event -> event.is(type));
      long human = select(ofType, Judged::isHuman).size();
      counts.merge(type, new Counts(ofType.size(), one, human, Math.min(one, human)), Counts::plus);
    }
  }

  private static Reach reachOf(List<Judged> events) {
    List<Judged> hits = select(events, Judged::isHit);
    long isReached = Math.min(1, hits.size());
    long isSeen = any(hits, Judged::isHuman);
    long hasOther = any(hits, hit -> !hit.isPrefetch());
    return new Reach(isReached, isSeen, isReached - hasOther);
  }

  private void addFinalState(List<Judged> message) {
    List<Judged> reports = select(message, event -> event.is("bounced") || isState(event));
    if (reports.isEmpty()) {
      return;
    }
    if (any(reports, report -> state(report).equals("hard")) == 1) {
      finalStates.merge("hard", 1L, Long::sum);
      return;
    }
    Judged last = reports.getFirst();
    for (Judged report : reports) {
      int later = report.time().compareTo(last.time());
      boolean isStronger = STATES.indexOf(state(report)) < STATES.indexOf(state(last));
      if (later > 0 || (later == 0 && isStronger)) {
        last = report;
      }
    }
    finalStates.merge(state(last), 1L, Long::sum);
  }

  private static boolean isState(Judged event) {
    return STATES.contains(event.event().getType());
  }

  private static String state(Judged report) {
    return report.is("bounced") ? BounceCode.classOf(report.event()) : report.event().getType();
  }

  /// A message or a recipient converts once. Of what has neither, every order is a converter, and
  /// every conversion without an order.
  private void addSales(List<Judged> sales) {
    if (sales.isEmpty()) {
      return;
    }
    boolean isSomebody =
        sales.getFirst().event().getMessage() != null
            || sales.getFirst().event().getRecipient() != null;
    converters += isSomebody ? 1 : sales.size();
    for (Judged sale : sales) {
      attributed += sale.namesOnlyItsRecipient() ? 1 : 0;
      BigDecimal value = sale.event().getValue();
      if (value != null) {
        String currency = sale.event().getCurrency();
        revenue.merge(currency == null ? "XXX" : currency, value, BigDecimal::add);
      }
    }
  }

  /// @param events of one type and source
  private void addBuckets(List<Judged> events, List<Judged> message, String zone, boolean isLate) {
    Instant sent = earliest(select(message, event -> event.is("sent")));
    for (Judged event : events) {
      long human = event.isHuman() ? 1 : 0;
      addTo(event, "event", zone, event.time(), new Bucket.Content(1, human, 0));
      addTo(event, "sent", zone, sent, new Bucket.Content(1, human, 0));
    }
    List<Judged> byPeople = select(events, Judged::isHuman);
    if (!byPeople.isEmpty() && !isLate) {
      Judged any = byPeople.getFirst();
      addTo(any, "event", zone, earliest(byPeople), new Bucket.Content(0, 0, 1));
      addTo(any, "sent", zone, sent, new Bucket.Content(0, 0, 1));
    }
  }

  private void addTo(
      Judged event, String basis, String zone, @Nullable Instant time, Bucket.Content content) {
    if (time != null) {
      Bucket bucket = Bucket.at(event.event().getType(), basis, event.source(), zone, time);
      buckets.merge(bucket, content, Bucket.Content::plus);
    }
  }

  private static @Nullable Instant earliest(List<Judged> events) {
    return events.stream().map(Judged::time).min(Comparator.naturalOrder()).orElse(null);
  }
}
