package io.aftersend.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.schemas.event.EventType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Instant NOW = Instant.parse("2026-11-20T15:30:00Z");
  private static final DemoCampaign CAMPAIGN = new DemoCampaign("c", 3_000, 7, NOW);

  private final List<DemoEvent> reported = new ArrayList<>();
  private final List<LiveHit> live = new ArrayList<>();

  LedgerTest() {
    for (int i = 0; i < CAMPAIGN.messages(); i++) {
      MessageStory story = CAMPAIGN.story(CAMPAIGN.message(i));
      reported.addAll(story.reported());
      live.addAll(story.live());
    }
  }

  private Ledger ledger() {
    Ledger ledger = new Ledger(CAMPAIGN.cost());
    reported.forEach(ledger::count);
    live.forEach(hit -> ledger.count(hit, NOW, NOW));
    return ledger;
  }

  /// One row for everything that happened, whichever way it came.
  private record Row(
      EventType type, int message, boolean isPerson, boolean isPrefetch, Instant at) {}

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (DemoEvent event : reported) {
      rows.add(
          new Row(
              event.type(),
              event.message().index(),
              event.actor().isPerson(),
              event.actor().isPrefetch(),
              event.time()));
    }
    for (LiveHit hit : live) {
      rows.add(
          new Row(
              hit.type(),
              hit.message().index(),
              hit.actor().isPerson(),
              hit.actor().isPrefetch(),
              NOW));
    }
    return rows;
  }

  @Test
  void countsWhatANaiveRecountCounts() {
    Map<EventType, Ledger.Counts> counts = ledger().counts();

    Map<EventType, List<Row>> byType = rows().stream().collect(Collectors.groupingBy(Row::type));
    assertThat(counts.keySet()).isEqualTo(byType.keySet());
    byType.forEach(
        (type, rows) -> {
          List<Row> human = rows.stream().filter(Row::isPerson).toList();
          assertThat(counts.get(type))
              .as(type.wireName())
              .isEqualTo(
                  new Ledger.Counts(
                      rows.size(), distinct(rows).size(), human.size(), distinct(human).size()));
        });
  }

  @Test
  void ratesFollowFromANaiveRecount() {
    List<Row> rows = rows();
    List<Row> reach =
        rows.stream()
            .filter(row -> row.type() == EventType.OPENED || row.type() == EventType.CLICKED)
            .toList();
    Set<Integer> humans = distinct(reach.stream().filter(Row::isPerson).toList());
    Set<Integer> beyondPrefetch =
        distinct(reach.stream().filter(row -> !row.isPrefetch()).toList());
    Set<Integer> prefetchOnly = distinct(reach);
    prefetchOnly.removeAll(beyondPrefetch);
    Map<String, Long> states = finalStates();
    long bounced =
        states.getOrDefault("hard", 0L)
            + states.getOrDefault("soft", 0L)
            + states.getOrDefault("block", 0L);

    Map<String, Ledger.Rate> rates = ledger().rates();

    long sent = CAMPAIGN.messages();
    assertThat(rates.get("open_rate.lower"))
        .isEqualTo(Ledger.Rate.of(humans.size(), sent - bounced));
    assertThat(rates.get("open_rate.upper"))
        .isEqualTo(Ledger.Rate.of(distinct(reach).size(), sent - bounced));
    assertThat(rates.get("open_rate.adjusted"))
        .isEqualTo(Ledger.Rate.of(humans.size(), sent - bounced - prefetchOnly.size()));
    assertThat(rates.get("bounce_rate.hard"))
        .isEqualTo(Ledger.Rate.of(states.getOrDefault("hard", 0L), sent));
    assertThat(rates.get("delivery_rate"))
        .isEqualTo(Ledger.Rate.of(states.getOrDefault("delivered", 0L), sent));
  }

  @Test
  void revenueIsTheSumOfAllConversions() {
    BigDecimal posted =
        reported.stream()
            .filter(event -> event.type() == EventType.CONVERTED)
            .map(event -> new BigDecimal(event.text("value")))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal hit =
        live.stream()
            .filter(each -> each.type() == EventType.CONVERTED)
            .map(each -> new BigDecimal(each.value()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);

    assertThat(ledger().revenue()).isEqualByComparingTo(posted.add(hit)).isPositive();
  }

  @Test
  void opensStandInTheHoursOfTehran() {
    long[] total = new long[168];
    Map<Integer, Instant> first = new HashMap<>();
    for (Row row : rows()) {
      if (row.type() == EventType.OPENED && row.isPerson()) {
        total[hour(row.at())]++;
        first.merge(row.message(), row.at(), (a, b) -> a.isBefore(b) ? a : b);
      }
    }
    long[] firsts = new long[168];
    first.values().forEach(at -> firsts[hour(at)]++);

    OpenHours.Week week = ledger().openHours(true);

    assertThat(week.total()).containsExactlyElementsOf(Arrays.stream(total).boxed().toList());
    assertThat(week.first()).containsExactlyElementsOf(Arrays.stream(firsts).boxed().toList());
    assertThat(week.uncertain().isEmpty()).isTrue();
  }

  @Test
  void anHourThatALiveHitMayHaveMissedIsUncertain() {
    LiveHit hit =
        live.stream().filter(each -> each.type() == EventType.OPENED).findFirst().orElseThrow();
    Ledger ledger = new Ledger(CAMPAIGN.cost());

    ledger.count(hit, Instant.parse("2026-11-20T15:29:59Z"), Instant.parse("2026-11-20T15:30:01Z"));

    assertThat(ledger.openHours(true).uncertain().cardinality()).isEqualTo(2);
  }

  @Test
  void campaignIsTheSameForTheSameSeed() {
    DemoCampaign same = new DemoCampaign("c", 3_000, 7, NOW);
    DemoCampaign other = new DemoCampaign("c", 3_000, 8, NOW);

    assertThat(same.story(same.message(17))).isEqualTo(CAMPAIGN.story(CAMPAIGN.message(17)));
    assertThat(
            reported.stream().filter(event -> event.message().index() < 100).map(DemoEvent::time))
        .isNotEqualTo(
            other.story(other.message(17)).reported().stream().map(DemoEvent::time).toList());
  }

  @Test
  void everythingHappenedWithinTheFourWeeks() {
    assertThat(reported)
        .allSatisfy(
            event -> assertThat(event.time()).isBetween(NOW.minus(Duration.ofDays(28)), NOW));
    assertThat(reported.stream().map(DemoEvent::id).distinct()).hasSameSizeAs(reported);
  }

  @Test
  void everyKindOfReaderOccurs() {
    Set<Actor> actors = new HashSet<>();
    reported.forEach(event -> actors.add(event.actor()));
    live.forEach(hit -> actors.add(hit.actor()));

    assertThat(actors).containsExactlyInAnyOrder(Actor.values());
    assertThat(live.stream().map(LiveHit::type).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            EventType.OPENED,
            EventType.CLICKED,
            EventType.CONVERTED,
            EventType.UNSUBSCRIBED,
            EventType.UNSUBSCRIBE_VIEWED);
  }

  /// Messages by their final delivery state.
  private Map<String, Long> finalStates() {
    Map<Integer, String> states = new HashMap<>();
    reported.stream()
        .sorted(Comparator.comparing(DemoEvent::time))
        .forEach(
            event -> {
              String state =
                  switch (event.type()) {
                    case DELIVERED, DROPPED, DEFERRED -> event.type().wireName();
                    case BOUNCED -> event.text("bounce_class");
                    default -> "";
                  };
              if (!state.isEmpty() && !"hard".equals(states.get(event.message().index()))) {
                states.put(event.message().index(), state);
              }
            });
    return states.values().stream()
        .collect(Collectors.groupingBy(state -> state, Collectors.counting()));
  }

  private static Set<Integer> distinct(List<Row> rows) {
    return rows.stream().map(Row::message).collect(Collectors.toCollection(HashSet::new));
  }

  private static int hour(Instant at) {
    ZonedDateTime local = at.atZone(OpenHours.ZONE);
    return (local.getDayOfWeek().getValue() - 1) * 24 + local.getHour();
  }
}
