package io.aftersend.processor.attribution;

import static io.aftersend.processor.attribution.JudgedEvents.RECIPIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.schemas.event.JudgedEvent;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random histories of one recipient, each event in up to three revisions, in random orders of
/// arrival, against a naive recount of the last revisions.
final class AttributionPropertyTest {
  private static final long SEED = 20260603;
  private static final int HISTORIES = 400;
  private static final int ORDERS = 4;
  private static final long WEEK_MS = 7L * 24 * 60 * 60 * 1000;
  private static final List<String> CAMPAIGNS = List.of("spring", "summer", "autumn");

  @Test
  void decidesTheSameInAnyOrderOfArrival(@TempDir Path directory) {
    try (AttributionFixture stage = new AttributionFixture(directory)) {
      for (int i = 0; i < HISTORIES; i++) {
        Random random = new Random(SEED + i);
        List<JudgedEvent> revisions = history(random);
        for (int order = 0; order < ORDERS; order++) {
          Collections.shuffle(revisions, random);
          String tenant = "t" + i + "-" + order;
          List<JudgedEvent> arrivals =
              revisions.stream()
                  .map(event -> JudgedEvent.newBuilder(event).setTenant(tenant).build())
                  .toList();
          arrivals.forEach(stage::pipe);
          String history = "seed %d, order %d: %s".formatted(SEED + i, order, texts(arrivals));
          Recount recount = new Recount(arrivals);
          for (String campaign : CAMPAIGNS) {
            assertThat(stage.counters(tenant, campaign))
                .as("%s of %s", campaign, history)
                .isEqualTo(recount.counters.getOrDefault(campaign, Map.of()));
            assertThat(stage.revenue(tenant, campaign))
                .as("%s of %s", campaign, history)
                .isEqualTo(recount.revenue.getOrDefault(campaign, Map.of()));
          }
          recount.outcomes.forEach(
              (id, outcome) ->
                  assertThat(stage.outcome(tenant, RECIPIENT, id))
                      .as("%s of %s", id, history)
                      .startsWith(outcome));
        }
      }
    }
  }

  private static List<JudgedEvent> history(Random random) {
    List<JudgedEvent> revisions = new ArrayList<>();
    int size = 1 + random.nextInt(9);
    for (int i = 0; i < size; i++) {
      JudgedEvent event = event("e" + i, random);
      int last = 1 + random.nextInt(3);
      for (int revision = 1; revision <= last; revision++) {
        String verdict = random.nextInt(3) == 0 ? "scanner" : "human";
        revisions.add(JudgedEvents.judged(event, revision, verdict));
      }
    }
    return revisions;
  }

  private static JudgedEvent event(String id, Random random) {
    long hour = 12L * random.nextInt(20);
    String campaign = CAMPAIGNS.get(random.nextInt(CAMPAIGNS.size()));
    String message = random.nextInt(4) == 0 ? null : campaign + "-m";
    if (random.nextBoolean()) {
      return JudgedEvents.click(id, campaign, message, hour);
    }
    JudgedEvent conversion =
        random.nextInt(4) == 0
            ? JudgedEvents.named(id, campaign, message, hour)
            : JudgedEvents.conversion(id, hour);
    if (random.nextInt(3) == 0) {
      JudgedEvents.order(conversion, "order-" + random.nextInt(2));
    }
    if (random.nextBoolean()) {
      JudgedEvents.earning(
          conversion, random.nextInt(100) + ".01", random.nextBoolean() ? "AZN" : null);
    }
    return conversion;
  }

  private static List<String> texts(List<JudgedEvent> events) {
    return events.stream()
        .map(
            event ->
                "%s/%d %s %s %s %s %s %s"
                    .formatted(
                        event.getEventId(),
                        event.getRevision(),
                        event.getType(),
                        event.getVerdict(),
                        event.getEventTime(),
                        event.getCampaign(),
                        event.getMessage(),
                        event.getOrder()))
        .toList();
  }

  /// Looks at the last revision of every event at once, conversion by conversion.
  private static final class Recount {
    final Map<String, Map<String, Long>> counters = new TreeMap<>();
    final Map<String, Map<String, BigDecimal>> revenue = new TreeMap<>();
    final Map<String, String> outcomes = new TreeMap<>();
    private final List<JudgedEvent> last;

    Recount(List<JudgedEvent> revisions) {
      Map<String, JudgedEvent> byId = new HashMap<>();
      for (JudgedEvent event : revisions) {
        byId.merge(
            event.getEventId(),
            event,
            (one, other) -> one.getRevision() > other.getRevision() ? one : other);
      }
      last = List.copyOf(byId.values());
      Set<String> any = new HashSet<>();
      Set<String> people = new HashSet<>();
      for (JudgedEvent named : last) {
        if (named.getType().equals("converted") && named.getCampaign() != null) {
          any.add(unit(named));
          if (isHuman(named)) {
            people.add(unit(named));
          }
        }
      }
      for (JudgedEvent sale : last) {
        if (isOpenSale(sale)) {
          tell(sale, any, people);
        }
      }
    }

    private void tell(JudgedEvent sale, Set<String> any, Set<String> people) {
      JudgedEvent click = clickBefore(sale);
      if (isTaken(sale)) {
        outcomes.put(sale.getEventId(), "order_repeated");
      } else if (click == null) {
        outcomes.put(sale.getEventId(), "unattributed");
      } else {
        outcomes.put(
            sale.getEventId(), "attributed " + click.getCampaign() + " " + click.getMessage());
        Map<String, Long> counts =
            counters.computeIfAbsent(click.getCampaign(), none -> new TreeMap<>());
        for (String name :
            List.of("converted.total", "converted.human_total", "converted.attributed_total")) {
          counts.merge(name, 1L, Long::sum);
        }
        if (any.add(unit(click))) {
          counts.merge("converted.unique", 1L, Long::sum);
        }
        if (people.add(unit(click))) {
          counts.merge("converted.human_unique", 1L, Long::sum);
          counts.merge("converters", 1L, Long::sum);
        }
        if (sale.getValue() != null) {
          revenue
              .computeIfAbsent(click.getCampaign(), none -> new TreeMap<>())
              .merge(
                  sale.getCurrency() == null ? "XXX" : sale.getCurrency(),
                  sale.getValue(),
                  BigDecimal::add);
        }
      }
    }

    private static boolean isHuman(JudgedEvent event) {
      return event.getVerdict().equals("human");
    }

    private static boolean isOpenSale(JudgedEvent event) {
      return event.getType().equals("converted") && event.getCampaign() == null && isHuman(event);
    }

    private static String unit(JudgedEvent event) {
      return event.getMessage() == null ? "in " + event.getCampaign() : event.getMessage();
    }

    private @Nullable JudgedEvent clickBefore(JudgedEvent sale) {
      JudgedEvent best = null;
      for (JudgedEvent click : last) {
        long agoMs = sale.getEventTime().toEpochMilli() - click.getEventTime().toEpochMilli();
        boolean canHave =
            click.getType().equals("clicked") && isHuman(click) && agoMs >= 0 && agoMs <= WEEK_MS;
        if (canHave && (best == null || isLater(click, best))) {
          best = click;
        }
      }
      return best;
    }

    private static boolean isLater(JudgedEvent one, JudgedEvent other) {
      int byTime = one.getEventTime().compareTo(other.getEventTime());
      return byTime != 0 ? byTime > 0 : id(one).compareTo(id(other)) > 0;
    }

    private static String id(JudgedEvent event) {
      return (event.getMessage() == null ? "" : event.getMessage()) + "|" + event.getEventId();
    }

    private boolean isTaken(JudgedEvent sale) {
      if (sale.getOrder() == null) {
        return false;
      }
      for (JudgedEvent other : last) {
        boolean isRival =
            other.getType().equals("converted")
                && isHuman(other)
                && sale.getOrder().equals(other.getOrder())
                && !other.getEventId().equals(sale.getEventId());
        if (isRival && (other.getCampaign() != null || comesFirst(other, sale))) {
          return true;
        }
      }
      return false;
    }

    private boolean comesFirst(JudgedEvent one, JudgedEvent other) {
      boolean hasClick = clickBefore(one) != null;
      if (hasClick != (clickBefore(other) != null)) {
        return hasClick;
      }
      int byTime = one.getEventTime().compareTo(other.getEventTime());
      return byTime != 0 ? byTime < 0 : id(one).compareTo(id(other)) < 0;
    }
  }
}
