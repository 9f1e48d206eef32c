package io.aftersend.processor;

import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// A naive second counting of one tenant with one campaign: looks at the whole history at once, as
/// the definitions of the metrics do. Written without the code under test.
///
/// @param counters without zeros
/// @param revenue by currency
/// @param buckets by `event|basis|source|zone|epoch ms`: total, human total, first
record Oracle(
    Map<String, Long> counters, Map<String, BigDecimal> revenue, Map<String, List<Long>> buckets) {

  /// Machines of the generated histories, by user agent.
  static final String PREFETCH_AGENT = "Mozilla/5.0";

  static final String SCANNER_AGENT = "BarracudaCentral";
  private static final Set<String> HEATMAP =
      Set.of("opened", "clicked", "sent", "received", "replied");
  private static final Set<String> JUDGED =
      Set.of(
          "opened", "clicked", "attachment_opened", "forwarded", "converted", "unsubscribe_viewed");

  private static final List<String> STATES =
      List.of("delivered", "block", "soft", "dropped", "deferred");

  static Oracle of(List<EmailEvent> arrivals) {
    Map<String, List<EmailEvent>> units = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    Set<String> orders = new HashSet<>();
    for (EmailEvent event : arrivals) {
      String unit = EventKey.of(event);
      if (event.getTest() || !seen.add(unit + "/" + event.getEventId())) {
        continue;
      }
      boolean isSale = event.getType().equals("converted") && isHuman(event);
      if (isSale && event.getOrder() != null && !orders.add(event.getOrder())) {
        continue;
      }
      if (event.getMessage() != null || event.getCampaign() != null) {
        units.computeIfAbsent(unit, any -> new ArrayList<>()).add(event);
      }
    }
    units.values().removeIf(unit -> unit.stream().allMatch(event -> event.getCampaign() == null));
    Tally tally = new Tally(new HashMap<>(), new HashMap<>(), new TreeMap<>());
    units.values().forEach(tally::add);
    return new Oracle(tally.counters, tally.revenue, tally.buckets);
  }

  private static boolean isHuman(EmailEvent event) {
    if (event.getType().equals("replied")) {
      return !Boolean.TRUE.equals(event.getAutoReply());
    }
    return !JUDGED.contains(event.getType())
        || !("HEAD".equals(event.getMethod())
            || isPrefetch(event)
            || SCANNER_AGENT.equals(event.getUserAgent()));
  }

  private static boolean isPrefetch(EmailEvent event) {
    return event.getType().equals("opened") && PREFETCH_AGENT.equals(event.getUserAgent());
  }

  private static String source(EmailEvent event) {
    boolean isHit = event.getType().equals("opened") || event.getType().equals("clicked");
    return isHit && event.getProvider() != null ? "provider" : "own";
  }

  private static long quarter(Instant time) {
    long length = Duration.ofMinutes(15).toMillis();
    return time.toEpochMilli() / length * length;
  }

  private record Tally(
      Map<String, Long> counters,
      Map<String, BigDecimal> revenue,
      Map<String, List<Long>> buckets) {

    void add(List<EmailEvent> unit) {
      for (String source : List.of("own", "provider")) {
        String prefix = source.equals("own") ? "" : "provider.";
        List<EmailEvent> ofSource =
            unit.stream().filter(event -> source(event).equals(source)).toList();
        ofSource.stream()
            .map(EmailEvent::getType)
            .distinct()
            .forEach(type -> addType(prefix + type, select(ofSource, e -> is(e, type))));
        addReached(prefix, select(ofSource, event -> is(event, "opened") || is(event, "clicked")));
      }
      addState(unit);
      addSales(unit);
      count("replied.by_person_unique", any(unit, e -> is(e, "replied") && isHuman(e)));
      count(
          "forwarded.stated_human_total",
          select(unit, e -> is(e, "forwarded") && isHuman(e) && e.getInferred() == null).size());
      count(
          "forwarded.inferred_total",
          select(unit, e -> is(e, "forwarded") && e.getInferred() != null).size());
      addHeatmap(unit);
    }

    private static boolean is(EmailEvent event, String type) {
      return event.getType().equals(type);
    }

    private static List<EmailEvent> select(
        Collection<EmailEvent> events, Predicate<EmailEvent> wanted) {
      return events.stream().filter(wanted).toList();
    }

    private static long any(Collection<EmailEvent> events, Predicate<EmailEvent> wanted) {
      return events.stream().anyMatch(wanted) ? 1 : 0;
    }

    private void count(String counter, long change) {
      if (change != 0) {
        counters.merge(counter, change, Long::sum);
      }
    }

    private void addType(String name, List<EmailEvent> events) {
      count(name + ".total", events.size());
      count(name + ".unique", 1);
      count(name + ".human_total", select(events, Oracle::isHuman).size());
      count(name + ".human_unique", any(events, Oracle::isHuman));
    }

    private void addReached(String prefix, List<EmailEvent> hits) {
      if (!hits.isEmpty()) {
        count(prefix + "reached.all", 1);
        count(prefix + "reached.human", any(hits, Oracle::isHuman));
        count(prefix + "reached.prefetch_only", 1 - any(hits, hit -> !isPrefetch(hit)));
      }
    }

    private void addState(List<EmailEvent> unit) {
      List<EmailEvent> claims = select(unit, e -> is(e, "bounced") || STATES.contains(e.getType()));
      if (any(claims, e -> "hard".equals(e.getBounceClass())) == 1) {
        count("state.hard", 1);
        return;
      }
      claims.stream()
          .max(
              Comparator.comparing(EmailEvent::getEventTime)
                  .thenComparingInt(e -> -STATES.indexOf(state(e))))
          .ifPresent(claim -> count("state." + state(claim), 1));
    }

    private static String state(EmailEvent event) {
      return is(event, "bounced") ? event.getBounceClass() : event.getType();
    }

    private void addSales(List<EmailEvent> unit) {
      List<EmailEvent> sales = select(unit, e -> is(e, "converted") && isHuman(e));
      boolean isPersonal =
          unit.getFirst().getMessage() != null || unit.getFirst().getRecipient() != null;
      count("converters", isPersonal ? Math.min(1, sales.size()) : sales.size());
      for (EmailEvent sale : sales) {
        if (sale.getValue() != null) {
          revenue.merge(sale.getCurrency(), sale.getValue(), BigDecimal::add);
        }
      }
    }

    private void addHeatmap(List<EmailEvent> unit) {
      String zone =
          unit.stream()
              .filter(event -> event.getRecipientTimeZone() != null)
              .min(
                  Comparator.comparing(EmailEvent::getEventTime)
                      .thenComparing(EmailEvent::getRecipientTimeZone))
              .map(EmailEvent::getRecipientTimeZone)
              .orElse("");
      Optional<Instant> sent =
          unit.stream()
              .filter(event -> is(event, "sent"))
              .map(EmailEvent::getEventTime)
              .min(Comparator.naturalOrder());
      Map<String, List<EmailEvent>> rows = new HashMap<>();
      for (EmailEvent event : unit) {
        if (HEATMAP.contains(event.getType())) {
          String row = event.getType() + "|%s|" + source(event) + "|" + zone + "|";
          rows.computeIfAbsent(row, any -> new ArrayList<>()).add(event);
        }
      }
      rows.forEach(
          (row, events) -> {
            events.forEach(e -> fill(row.formatted("event") + quarter(e.getEventTime()), e));
            sent.ifPresent(
                time -> events.forEach(e -> fill(row.formatted("sent") + quarter(time), e)));
            select(events, Oracle::isHuman).stream()
                .map(EmailEvent::getEventTime)
                .min(Comparator.naturalOrder())
                .ifPresent(
                    first -> {
                      fill(row.formatted("event") + quarter(first), 0, 0, 1);
                      sent.ifPresent(time -> fill(row.formatted("sent") + quarter(time), 0, 0, 1));
                    });
          });
    }

    private void fill(String bucket, EmailEvent event) {
      fill(bucket, 1, isHuman(event) ? 1 : 0, 0);
    }

    private void fill(String bucket, long total, long human, long first) {
      buckets.merge(
          bucket,
          List.of(total, human, first),
          (a, b) -> List.of(a.get(0) + b.get(0), a.get(1) + b.get(1), a.get(2) + b.get(2)));
    }
  }
}
