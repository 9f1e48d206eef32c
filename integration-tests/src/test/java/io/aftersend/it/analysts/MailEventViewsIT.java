package io.aftersend.it.analysts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.analysts.LoadedClickHouse.Loaded;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The views of mail events, which hold of each event only what questions across campaigns need:
/// the page's queries that read them must answer as the events themselves do. Rows that a test adds
/// are a tenant's of its own.
@ExtendWith(LoadedClickHouse.class)
class MailEventViewsIT {
  private static final Instant NOON = Instant.parse("2026-10-05T12:00:00Z");
  private static final String PERIOD =
      " AND counted AND event_time >= '2026-10-01' AND event_time < '2026-10-31'";

  /// The same questions as on the page, asked of the events.
  private static final Map<Integer, String> OF_EVENTS =
      Map.of(
          16,
          """
          SELECT provider_of_mailbox, count() AS sent, countIf(state = 'delivered') AS delivered,
            countIf(state IN ('hard', 'soft', 'block')) AS bounced, delivered / sent AS delivery_rate
          FROM
          (
            SELECT message, anyIf(mailbox_provider, type = 'sent') AS provider_of_mailbox,
              if(countIf(type = 'bounced' AND bounce_class = 'hard') > 0, 'hard',
                argMaxIf(if(type = 'bounced', bounce_class, type),
                  (event_time, indexOf(['deferred', 'dropped', 'soft', 'block', 'delivered'], if(type = 'bounced', bounce_class, type))),
                  type != 'sent')) AS state
            FROM events
            WHERE tenant = 'acme' AND type IN ('sent', 'delivered', 'bounced', 'dropped', 'deferred') PERIOD
            GROUP BY message
            HAVING countIf(type = 'sent') > 0
          )
          GROUP BY provider_of_mailbox ORDER BY sent DESC, provider_of_mailbox
          """,
          17,
          """
          SELECT recipient, uniqExact(message) AS messages, countIf(type = 'opened') AS opens, countIf(type = 'clicked') AS clicks
          FROM events
          WHERE tenant = 'acme' AND recipient != '' AND provider = '' AND type IN ('opened', 'clicked')
            AND verdict IN ('human', 'proxy') PERIOD
          GROUP BY recipient ORDER BY messages DESC, clicks DESC, recipient LIMIT 20
          """,
          18,
          """
          SELECT recipient, uniqExactIf(message, type = 'sent') AS sent
          FROM events
          WHERE tenant = 'acme' AND recipient != '' AND type IN ('sent', 'opened', 'clicked', 'replied') PERIOD
          GROUP BY recipient
          HAVING sent >= 2 AND countIf(type != 'sent' AND verdict IN ('human', 'proxy')) = 0
          ORDER BY sent DESC, recipient LIMIT 100
          """,
          20,
          """
          SELECT list, uniqExactIf(message, type = 'delivered') AS delivered,
            uniqExactIf(message, type = 'unsubscribed') AS unsubscribed,
            uniqExactIf(message, type = 'complained') AS complained, complained / delivered AS complaint_rate
          FROM events
          WHERE tenant = 'acme' AND type IN ('delivered', 'unsubscribed', 'complained') PERIOD
          GROUP BY list ORDER BY delivered DESC, list
          """);

  private final Loaded loaded;
  private int ids;

  MailEventViewsIT(Loaded loaded) {
    this.loaded = loaded;
  }

  private List<JsonNode> ofEvents(int number, String tenant) {
    String sql = OF_EVENTS.getOrDefault(number, "").replace("PERIOD", PERIOD);
    return loaded.clickHouse().query(sql.replace("'acme'", "'" + tenant + "'"));
  }

  private List<JsonNode> ofPage(int number, String tenant) {
    String sql = AnalystPage.queries().getOrDefault(number, "");
    assertThat(sql).doesNotContain("FROM events");
    return loaded.clickHouse().query(sql.replace("'acme'", "'" + tenant + "'"));
  }

  private void insert(KnownEvent... events) {
    loaded.clickHouse().insert("event_log", List.of(events).stream().map(KnownEvent::row).toList());
  }

  private KnownEvent event(
      String tenant, String type, int second, String message, Map<String, Object> more) {
    return new KnownEvent(
        "v" + ids++,
        tenant,
        type,
        NOON.plusSeconds(second),
        "spring",
        message,
        "r-" + message,
        more.getOrDefault("verdict", "human").toString(),
        more);
  }

  @Test
  void answersAreThoseOfTheEvents() {
    for (int number : OF_EVENTS.keySet()) {
      assertThat(ofPage(number, KnownCampaigns.TENANT))
          .as("query %d", number)
          .isNotEmpty()
          .isEqualTo(ofEvents(number, KnownCampaigns.TENANT));
    }
  }

  @Test
  void aHardBounceWinsAndElseTheLatestReportOfThePeriod() {
    String tenant = "mail-states";
    Map<String, Object> gmail = Map.of("mailbox_provider", "gmail");
    int past = 26 * 86_400;
    for (String message : List.of("arrived", "hard", "soft", "block", "tie", "unknown", "late")) {
      insert(event(tenant, "sent", 0, message, gmail));
    }
    insert(event(tenant, "sent", 1, "arrived", gmail));
    insert(
        event(tenant, "bounced", 10, "arrived", Map.of("bounce_class", "soft")),
        event(tenant, "delivered", 20, "arrived", Map.of("mailbox_provider", "yahoo")),
        event(tenant, "bounced", 10, "hard", Map.of("bounce_class", "hard")),
        event(tenant, "delivered", 20, "hard", Map.of()),
        event(tenant, "delivered", 10, "soft", Map.of()),
        event(tenant, "bounced", 20, "soft", Map.of("bounce_class", "soft")),
        event(tenant, "deferred", 10, "block", Map.of()),
        event(tenant, "bounced", 20, "block", Map.of("bounce_class", "block")),
        event(tenant, "bounced", 10, "tie", Map.of("bounce_class", "block")),
        event(tenant, "delivered", 10, "tie", Map.of()),
        event(tenant, "delivered", 10, "unknown", Map.of()),
        event(tenant, "bounced", 20, "unknown", Map.of()),
        event(tenant, "deferred", 10, "late", Map.of()),
        event(tenant, "delivered", past, "late", Map.of()),
        event(tenant, "delivered", 10, "never-sent", gmail));

    assertThat(ofPage(16, tenant)).isEqualTo(ofEvents(16, tenant)).hasSize(1);
    JsonNode row = ofPage(16, tenant).getFirst();
    assertThat(row.path("provider_of_mailbox").asText()).isEqualTo("gmail");
    assertThat(row.path("sent").asInt()).isEqualTo(7);
    assertThat(row.path("delivered").asInt()).as("arrived, tie").isEqualTo(2);
    assertThat(row.path("bounced").asInt()).as("hard, soft, block").isEqualTo(3);
    assertThat(row.path("delivery_rate").asDouble()).isEqualTo(2.0 / 7);
  }

  @Test
  void aMessageIsJudgedByItsReportsEvenWhereTheyNameNoCampaign() {
    String tenant = "mail-unnamed";
    KnownEvent report = event(tenant, "delivered", 10, "m", Map.of());
    Map<String, Object> row = new HashMap<>(report.row());
    row.put("campaign", "");
    insert(event(tenant, "sent", 0, "m", Map.of("mailbox_provider", "gmail")));
    loaded.clickHouse().insert("event_log", List.of(row));

    assertThat(ofPage(16, tenant).getFirst().path("delivered").asInt()).isEqualTo(1);
  }

  @Test
  void theLatestJudgementStandsWhateverItSays() {
    String tenant = "mail-revised";
    KnownEvent open = event(tenant, "opened", 5, "m", Map.of());
    KnownEvent click = event(tenant, "clicked", 6, "m", Map.of());
    insert(open, click);
    assertThat(ofPage(17, tenant)).hasSize(1).isEqualTo(ofEvents(17, tenant));

    judge(open, Map.of("verdict", "scanner"));
    assertThat(ofPage(17, tenant).getFirst().path("opens").asInt()).isZero();
    assertThat(ofPage(17, tenant).getFirst().path("clicks").asInt()).isEqualTo(1);

    judge(click, Map.of("counted", false));
    assertThat(ofPage(17, tenant)).isEqualTo(ofEvents(17, tenant)).isEmpty();

    loaded.clickHouse().execute("OPTIMIZE TABLE mail_event_log FINAL");
    insert(open, click);
    assertThat(ofPage(17, tenant)).as("an older one comes again").isEmpty();
  }

  private void judge(KnownEvent event, Map<String, Object> change) {
    Map<String, Object> row = new HashMap<>(event.row());
    row.put("revision", KnownEvent.LAST_REVISION + 1);
    row.putAll(change);
    loaded.clickHouse().insert("event_log", List.of(row));
    loaded.clickHouse().insert("event_log", List.of(row));
  }

  @Test
  void eventsOfOneMomentStayApartAndRepeatsDoNot() {
    String tenant = "mail-twins";
    KnownEvent first = event(tenant, "opened", 5, "m", Map.of());
    KnownEvent twin = event(tenant, "opened", 5, "m", Map.of());
    insert(first, twin);
    insert(first);

    assertThat(ofPage(17, tenant).getFirst().path("opens").asInt()).isEqualTo(2);
    assertThat(ofPage(17, tenant)).isEqualTo(ofEvents(17, tenant));
  }

  @Test
  void otherMonthsAreNotRead() {
    String tenant = "mail-months";
    List<Map<String, Object>> rows =
        IntStream.range(0, 60_000)
            .mapToObj(
                i ->
                    new KnownEvent(
                            "x" + i,
                            tenant,
                            "opened",
                            NOON.minusSeconds(60 * 86_400L + i),
                            "old",
                            "m" + i,
                            "r" + i % 1_000,
                            "human",
                            Map.of())
                        .row())
            .toList();
    loaded.clickHouse().insert("event_log", rows);
    insert(event(tenant, "opened", 5, "m", Map.of()));
    String sql = AnalystPage.queries().getOrDefault(17, "").replace("'acme'", "'" + tenant + "'");

    assertThat(loaded.clickHouse().query(sql)).hasSize(1);
    assertThat(loaded.clickHouse().rowsRead(sql)).isLessThan(30_000);
  }
}
