package io.aftersend.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.schemas.event.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant NOW = Instant.parse("2026-11-20T15:00:00Z");

  private final Ledger ledger;
  private final List<LiveHit> live = new ArrayList<>();
  private final ObjectNode campaign;

  ComparisonTest() {
    DemoCampaign demo = new DemoCampaign("c", 600, 3, NOW);
    ledger = new Ledger(demo.cost());
    for (int i = 0; i < demo.messages(); i++) {
      MessageStory story = demo.story(demo.message(i));
      story.reported().forEach(ledger::count);
      live.addAll(story.live());
    }
    campaign = campaign();
  }

  /// What the API would answer.
  private ObjectNode campaign() {
    ObjectNode json = JSON.createObjectNode();
    ObjectNode counts = json.putObject("counts");
    for (EventType type : EventType.values()) {
      Ledger.Counts own = ledger.counts().getOrDefault(type, new Ledger.Counts(0, 0, 0, 0));
      counts
          .putObject(type.wireName())
          .put("total", own.total())
          .put("unique", own.unique())
          .put("human_total", own.humanTotal())
          .put("human_unique", own.humanUnique());
    }
    ObjectNode rates = json.putObject("rates");
    ledger
        .rates()
        .forEach(
            (name, rate) -> {
              ObjectNode place = rates;
              for (String part : name.split("\\.", -1)) {
                place = place.withObjectProperty(part);
              }
              place.put("numerator", rate.numerator()).put("denominator", rate.denominator());
            });
    json.putObject("revenue").put(DemoCampaign.CURRENCY, ledger.revenue());
    return json;
  }

  private ObjectNode heatmap(boolean isHumanOnly) {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode cells = json.putArray("cells");
    OpenHours.Week week = ledger.openHours(isHumanOnly);
    for (int hour = 0; hour < week.total().size(); hour++) {
      cells
          .addObject()
          .put("weekday", hour / 24 + 1)
          .put("hour", hour % 24)
          .put("total", week.total().get(hour))
          .put("first", week.first().get(hour));
    }
    return json;
  }

  private List<String> differences() {
    return Comparison.differences(ledger, campaign, heatmap(true), heatmap(false), Map.of());
  }

  @Test
  void equalNumbersAgree() {
    assertThat(differences()).isEmpty();
  }

  @Test
  void everyNumberThatIsOffByOneIsNamed() {
    campaign.withObject("/counts/opened").put("human_unique", 1);
    campaign.withObject("/counts/placed").put("total", 1);
    campaign.withObject("/rates/bounce_rate/hard").put("denominator", 601);
    campaign.withObject("/revenue").put(DemoCampaign.CURRENCY, 0.01);

    assertThat(differences())
        .hasSize(4)
        .anySatisfy(line -> assertThat(line).startsWith("counts.opened.human_unique: "))
        .anySatisfy(line -> assertThat(line).startsWith("counts.placed.total: the ledger has 0"))
        .anySatisfy(line -> assertThat(line).startsWith("rates.bounce_rate.hard.denominator: "))
        .anySatisfy(line -> assertThat(line).startsWith("revenue.AZN: "));
  }

  @Test
  void missingNumbersDoNotAgree() {
    campaign.remove("rates");

    assertThat(differences()).hasSize(2 * ledger.rates().size());
  }

  @Test
  void hourOfTheHeatmapThatIsOffIsNamed() {
    ObjectNode heatmap = heatmap(true);
    ObjectNode cell = (ObjectNode) heatmap.path("cells").get(100);
    cell.put("first", cell.path("first").asLong() + 1);

    assertThat(Comparison.differences(ledger, campaign, heatmap, heatmap(false), Map.of()))
        .singleElement()
        .asString()
        .startsWith("heatmap of human opens, first, weekday 5, hour 4");
  }

  @Test
  void hitWithoutAnAnswerMayCountOrNot() {
    LiveHit click =
        live.stream().filter(hit -> hit.type() == EventType.CLICKED).findFirst().orElseThrow();
    ledger.noteUnanswered(click);
    assertThat(differences()).isEmpty();

    ObjectNode clicked = campaign.withObject("/counts/clicked");
    clicked.put("total", clicked.path("total").asLong() + 1);
    assertThat(differences()).isEmpty();

    clicked.put("total", clicked.path("total").asLong() + 1);
    assertThat(differences()).singleElement().asString().startsWith("counts.clicked.total");
  }

  @Test
  void mailboxThatLacksMailOrIsUnknownIsTold() {
    ObjectNode mail = JSON.createObjectNode();
    ledger.count(new TeamMail.Mail("ann", mail, new MailboxCounts(2, 1, 0, 0)));
    ledger.count(new TeamMail.Mail("ann", mail, new MailboxCounts(0, 0, 1, 1)));
    ObjectNode shown = JSON.createObjectNode();
    shown
        .putArray("slices")
        .addObject()
        .put("received", 2)
        .put("auto_received", 1)
        .put("sent", 1)
        .put("answered", 1);

    assertThat(mailboxDifferences(shown)).isEmpty();
    shown.withObject("/slices/0").put("answered", 0);
    assertThat(mailboxDifferences(shown))
        .containsExactly("mailbox ann.answered: the ledger has 1, the API 0");
    assertThat(mailboxDifferences(JSON.createObjectNode())).hasSize(4);
  }

  private List<String> mailboxDifferences(ObjectNode shown) {
    List<String> differences =
        new ArrayList<>(
            Comparison.differences(
                ledger, campaign, heatmap(true), heatmap(false), Map.of("ann", shown)));
    differences.removeAll(differences());
    return differences;
  }
}
