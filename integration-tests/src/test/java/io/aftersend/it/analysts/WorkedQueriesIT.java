package io.aftersend.it.analysts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.analysts.LoadedClickHouse.Loaded;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The queries of the page for analysts, whose answers are counted once more here, in the plainest
/// way, from the events themselves.
@ExtendWith(LoadedClickHouse.class)
class WorkedQueriesIT {
  private static final String CAMPAIGN = "spring";
  private static final String ZONE = "(zone = 'UTC')";
  private static final String PERIOD = "(period_start = '2026-06-01', period_end = '2026-07-01')";
  private static final Map<String, String> ARGUMENTS =
      Map.of(
          "delivery_by_mailbox_provider",
              "(of_tenant = 'acme', period_start = '2026-10-01', period_end = '2026-10-31')",
          "heatmap_hourly", ZONE,
          "heatmap_daily", ZONE,
          "mailbox_hourly", ZONE,
          "mailbox_daily", ZONE,
          "mailbox_counts", PERIOD,
          "mailbox_response", PERIOD,
          "recipients_without_reaction", "(campaigns = 3)");
  private static final ZoneId BAKU = ZoneId.of("Asia/Baku");

  private final SortedMap<Integer, String> queries = AnalystPage.queries();
  private final Loaded loaded;

  WorkedQueriesIT(Loaded loaded) {
    this.loaded = loaded;
  }

  @Test
  void thereAreTwentyAndEachGivesRows() {
    assertThat(queries.keySet())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    queries.forEach((number, sql) -> assertThat(answer(number)).as(sql).isNotEmpty());
  }

  @Test
  void everyViewIsDescribedColumnByColumn() {
    Map<String, List<String>> views = AnalystPage.views();

    assertThat(views)
        .containsKeys("events", "campaign_rates", "heatmap_hourly", "heatmap_daily")
        .containsKeys("mail_events", "delivery_by_mailbox_provider")
        .containsKeys("mailbox_counts", "mailbox_response", "recipient_ranking", "raised_signals");
    views.forEach(
        (view, columns) ->
            assertThat(columns).as(view).containsExactlyInAnyOrderElementsOf(columnsOf(view)));
  }

  private List<String> columnsOf(String view) {
    String call = view + ARGUMENTS.getOrDefault(view, "");
    return loaded.clickHouse().query("DESCRIBE (SELECT * FROM " + call + ")").stream()
        .map(row -> row.path("name").asText())
        .toList();
  }

  @Test
  void openRatesAreTheIntervalFromPeopleToEverything() {
    for (JsonNode row : answer(3)) {
      List<KnownEvent> events = loaded.counted(row.path("campaign").asText());
      Map<String, List<KnownEvent>> byMessage = by(KnownEvent::message, events);
      long reachable =
          count(byMessage, own -> List.of("delivered", "").contains(CountedRows.finalState(own)));
      long people =
          count(byMessage, own -> any(own, e -> e.isHuman("opened") || e.isHuman("clicked")));
      long all = count(byMessage, own -> any(own, e -> e.is("opened") || e.is("clicked")));
      assertThat(row.path("lower").asDouble()).isEqualTo((double) people / reachable);
      assertThat(row.path("upper").asDouble()).isEqualTo((double) all / reachable);
      assertThat(all).isGreaterThan(people);
    }
  }

  @Test
  void clicksOfLinksAreThoseOfPeople() {
    Map<String, List<KnownEvent>> links =
        by(e -> e.text("link"), loaded.counted(CAMPAIGN), e -> e.isHuman("clicked"));

    assertThat(links).hasSize(2);
    assertThat(numbers(answer(4), "link", "clicks", "messages"))
        .isEqualTo(table(links, own -> List.of(own.size(), messages(own))));
  }

  @Test
  void hoursOfTheWeekAreThoseOfTehran() {
    Map<String, Integer> first = new TreeMap<>();
    by(KnownEvent::message, loaded.counted(CAMPAIGN), e -> e.isHuman("opened"))
        .values()
        .forEach(
            own -> {
              ZonedDateTime time = earliest(own).time().atZone(ZoneId.of("Asia/Tehran"));
              first.merge(time.getDayOfWeek().getValue() + " " + time.getHour(), 1, Integer::sum);
            });

    List<JsonNode> rows = answer(5);

    assertThat(rows).hasSize(10);
    for (JsonNode row : rows) {
      String hour = row.path("weekday").asText() + " " + row.path("hour").asText();
      assertThat(row.path("messages").asInt()).as(hour).isEqualTo(first.get(hour));
    }
    assertThat(rows.getFirst().path("messages").asInt())
        .isEqualTo(first.values().stream().max(Integer::compare).orElseThrow());
  }

  @Test
  void daysAreThoseOfBaku() {
    assertThat(numbers(answer(6), "date", "clicks"))
        .isEqualTo(
            table(
                by(this::bakuDay, loaded.counted(CAMPAIGN), e -> e.isHuman("clicked")),
                own -> List.of(own.size())));
  }

  @Test
  void devicesAreThoseThatNoProxyHides() {
    assertThat(numbers(answer(8), "device", "messages"))
        .isEqualTo(
            table(
                by(
                    e -> e.text("device"),
                    loaded.counted(CAMPAIGN),
                    e -> e.is("opened") && e.verdict().equals("human")),
                own -> List.of(messages(own))));
  }

  @Test
  void timeToClickIsFromSendingToTheFirstClick() {
    List<Double> minutes = new ArrayList<>();
    by(KnownEvent::message, loaded.counted(CAMPAIGN))
        .values()
        .forEach(
            own -> {
              List<KnownEvent> clicks = own.stream().filter(e -> e.isHuman("clicked")).toList();
              if (!clicks.isEmpty()) {
                KnownEvent sent = own.stream().filter(e -> e.is("sent")).findFirst().orElseThrow();
                long ms = earliest(clicks).time().toEpochMilli() - sent.time().toEpochMilli();
                minutes.add(ms / 60_000.0);
              }
            });
    minutes.sort(Comparator.naturalOrder());

    JsonNode row = answer(11).getFirst();

    assertThat(row.path("messages").asInt()).isEqualTo(minutes.size());
    assertThat(row.path("median_minutes").asDouble()).isEqualTo(minutes.get(minutes.size() / 2));
    assertThat(row.path("p90_minutes").asDouble())
        .isEqualTo(minutes.get((int) (0.9 * minutes.size())));
  }

  @Test
  void revenueCountsAnOrderOnceAndAddsNoCurrencies() {
    Map<String, BigDecimal> revenue = new TreeMap<>();
    for (KnownEvent event : loaded.counted(CAMPAIGN)) {
      if (event.isHuman("converted")) {
        String key = event.text("goal") + " " + event.text("currency");
        revenue.merge(key, new BigDecimal(event.text("value")), BigDecimal::add);
      }
    }

    Map<String, BigDecimal> answered = new TreeMap<>();
    for (JsonNode row : answer(12)) {
      answered.put(
          row.path("goal").asText() + " " + row.path("paid_in").asText(),
          row.path("revenue").decimalValue());
    }

    assertThat(answered).hasSizeGreaterThan(2).containsOnlyKeys(revenue.keySet());
    answered.forEach((key, sum) -> assertThat(sum).isEqualByComparingTo(revenue.get(key)));
  }

  @Test
  void armsAreLookedUpByMessage() {
    List<KnownEvent> events = loaded.counted(CAMPAIGN);
    Map<String, String> arms = new TreeMap<>();
    events.stream()
        .filter(e -> e.is("sent"))
        .forEach(e -> arms.put(e.message(), e.text("variant")));
    Function<KnownEvent, String> arm = e -> arms.getOrDefault(e.message(), "");

    assertThat(numbers(answer(13), "arm", "sent", "clickers"))
        .isEqualTo(
            table(
                by(arm, events),
                own ->
                    List.of(
                        messages(own.stream().filter(e -> e.is("sent")).toList()),
                        messages(own.stream().filter(e -> e.isHuman("clicked")).toList()))));
  }

  @Test
  void aRecipientsTimelineHasEveryEventOfTheirsInOrder() {
    List<String> expected =
        loaded.events().stream()
            .filter(e -> e.tenant().equals(KnownCampaigns.TENANT) && e.recipient().equals("r7"))
            .sorted(Comparator.comparing(KnownEvent::time).thenComparing(KnownEvent::id))
            .map(e -> e.type() + " " + e.message() + " " + e.verdict())
            .toList();

    assertThat(answer(14))
        .extracting(
            row ->
                row.path("type").asText()
                    + " "
                    + row.path("message").asText()
                    + " "
                    + row.path("verdict").asText())
        .containsExactlyElementsOf(expected);
  }

  @Test
  void daysOfTheTenantAddUpOverCampaigns() {
    assertThat(numbers(answer(15), "day", "sent", "delivered", "human_opens", "human_clicks"))
        .isEqualTo(
            table(
                by(this::bakuDay, loaded.counted()),
                own ->
                    List.of(
                        size(own, e -> e.is("sent")),
                        size(own, e -> e.is("delivered")),
                        size(own, e -> e.isHuman("opened")),
                        size(own, e -> e.isHuman("clicked")))));
  }

  @Test
  void mailboxProvidersAreJudgedByFinalStates() {
    Map<String, List<KnownEvent>> byProvider =
        by(e -> e.text("mailbox_provider"), loaded.counted(), e -> e.is("sent"));
    Map<String, List<KnownEvent>> byMessage = by(KnownEvent::message, loaded.counted());
    Predicate<KnownEvent> arrived =
        sent ->
            CountedRows.finalState(byMessage.getOrDefault(sent.message(), List.of()))
                .equals("delivered");

    assertThat(numbers(answer(16), "provider_of_mailbox", "sent", "delivered", "bounced"))
        .isEqualTo(
            table(
                byProvider,
                own -> List.of(own.size(), size(own, arrived), size(own, arrived.negate()))));
  }

  @Test
  void mostEngagedRecipientsComeFirst() {
    Map<String, List<KnownEvent>> engaged =
        by(
            KnownEvent::recipient,
            loaded.counted(),
            e -> e.isHuman("opened") || e.isHuman("clicked"));
    List<String> expected =
        engaged.keySet().stream()
            .sorted(
                Comparator.comparingInt((String r) -> -messages(engaged.getOrDefault(r, List.of())))
                    .thenComparingInt(
                        r -> -size(engaged.getOrDefault(r, List.of()), e -> e.is("clicked")))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(20)
            .toList();

    assertThat(answer(17))
        .extracting(row -> row.path("recipient").asText())
        .containsExactlyElementsOf(expected);
  }

  @Test
  void silentRecipientsHaveNoSignOfLife() {
    Map<String, List<KnownEvent>> byRecipient = by(KnownEvent::recipient, loaded.counted());
    List<String> expected =
        byRecipient.entrySet().stream()
            .filter(
                entry ->
                    entry.getValue().stream()
                        .noneMatch(e -> e.isHuman("opened") || e.isHuman("clicked")))
            .map(Map.Entry::getKey)
            .sorted()
            .limit(100)
            .toList();

    assertThat(answer(18))
        .extracting(row -> row.path("recipient").asText())
        .isNotEmpty()
        .containsExactlyElementsOf(expected);
  }

  @Test
  void machinesShareOfClicksIsByNetwork() {
    assertThat(numbers(answer(19), "network_class", "clicks", "machine_clicks"))
        .isEqualTo(
            table(
                by(e -> e.text("network_class"), loaded.counted(), e -> e.is("clicked")),
                own -> List.of(own.size(), size(own, e -> !e.isHuman()))));
  }

  private List<JsonNode> answer(int number) {
    String sql = queries.get(number);
    assertThat(sql).as("query %d", number).isNotNull();
    return loaded.clickHouse().query(sql == null ? "" : sql);
  }

  private String bakuDay(KnownEvent event) {
    return LocalDate.ofInstant(event.time(), BAKU).toString();
  }

  private static Map<String, List<Integer>> numbers(
      List<JsonNode> rows, String key, String... columns) {
    Map<String, List<Integer>> numbers = new TreeMap<>();
    for (JsonNode row : rows) {
      List<Integer> values = new ArrayList<>();
      for (String column : columns) {
        values.add(row.path(column).asInt());
      }
      numbers.put(row.path(key).asText(), values);
    }
    return numbers;
  }

  private static Map<String, List<Integer>> table(
      Map<String, List<KnownEvent>> groups, Function<List<KnownEvent>, List<Integer>> numbers) {
    Map<String, List<Integer>> table = new TreeMap<>();
    groups.forEach((key, own) -> table.put(key, numbers.apply(own)));
    return table;
  }

  private static Map<String, List<KnownEvent>> by(
      Function<KnownEvent, String> key, List<KnownEvent> events) {
    return by(key, events, event -> true);
  }

  private static Map<String, List<KnownEvent>> by(
      Function<KnownEvent, String> key, List<KnownEvent> events, Predicate<KnownEvent> only) {
    return events.stream()
        .filter(only)
        .collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
  }

  private static int messages(List<KnownEvent> events) {
    return (int) events.stream().map(KnownEvent::message).distinct().count();
  }

  private static int size(List<KnownEvent> events, Predicate<KnownEvent> only) {
    return (int) events.stream().filter(only).count();
  }

  private static boolean any(List<KnownEvent> events, Predicate<KnownEvent> wanted) {
    return events.stream().anyMatch(wanted);
  }

  private static long count(
      Map<String, List<KnownEvent>> messages, Predicate<List<KnownEvent>> wanted) {
    return messages.values().stream().filter(wanted).count();
  }

  private static KnownEvent earliest(List<KnownEvent> events) {
    return events.stream().min(Comparator.comparing(KnownEvent::time)).orElseThrow();
  }
}
