package io.aftersend.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.standalone.access.Access;
import io.aftersend.standalone.access.HttpApi;
import io.aftersend.standalone.console.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A campaign played against a running Aftersend through its public endpoints, and the check that
/// Aftersend's numbers are those of the demo's own ledger.
public final class Demo {
  public static final int MAX_MESSAGES = DemoCampaign.MAX_MESSAGES;
  public static final int MAX_CAMPAIGN_LENGTH = DemoCampaign.MAX_ID_LENGTH;

  private static final int NOT_FOUND = 404;

  /// So long the API may be away, as when it is killed and started again.
  private static final Duration API_PATIENCE = Duration.ofMinutes(2);

  /// Numbers that stand still for so long will not come to agree any more.
  private static final Duration STILL_LIMIT = Duration.ofSeconds(60);

  private static final long POLL_MS = 500;
  private static final int SHOWN_DIFFERENCES = 20;

  private final String edgeUrl;
  private final String apiUrl;
  private final Access access;
  private final Order order;
  private final Surroundings surroundings;

  /// What is to be played.
  ///
  /// @param campaign a campaign that Aftersend has no events of
  /// @param rate most events and hits in a second; infinite for no bound
  /// @param ledger the file that gets the ledger
  public record Order(String campaign, int messages, long seed, double rate, Path ledger) {}

  /// A demo against a running Aftersend.
  ///
  /// @throws StartupException when it is not known where Aftersend is
  public Demo(Access access, Order order, Surroundings surroundings) {
    this.edgeUrl = access.edgeUrl();
    this.apiUrl = access.apiUrl();
    this.access = access;
    this.order = order;
    this.surroundings = surroundings;
  }

  /// Plays, waits for the numbers and reports.
  ///
  /// @return whether Aftersend's numbers agree with the ledger
  /// @throws StartupException when Aftersend cannot be reached or refuses
  public boolean run() throws InterruptedException {
    DemoCampaign campaign =
        new DemoCampaign(
            order.campaign(),
            order.messages(),
            order.seed(),
            surroundings.clock().instant().truncatedTo(ChronoUnit.MILLIS));
    Ledger ledger = new Ledger(campaign.cost());
    Traffic traffic = new Traffic();
    try (HttpApi impatient = new HttpApi(apiUrl, access.key())) {
      requireNew(impatient);
    }
    try (HttpApi api = new HttpApi(apiUrl, access.key(), API_PATIENCE);
        EdgeClient edge = new EdgeClient(edgeUrl, access.key(), traffic)) {
      describe(api, campaign);
      long startNs = System.nanoTime();
      Play play = new Play(campaign, order, edge, api, ledger, traffic, surroundings);
      play.run();
      writeLedger(campaign, ledger, traffic);
      surroundings
          .out()
          .printf(
              "%nCampaign %s: %d messages, %d events in %d posts (%d repeated), %d live hits in"
                  + " %.1f s%n%n",
              campaign.id(),
              campaign.messages(),
              traffic.events(),
              traffic.posts(),
              traffic.repeatedPosts(),
              traffic.hits(),
              (System.nanoTime() - startNs) / 1e9);
      return compare(api, ledger, traffic);
    }
  }

  private String path() {
    return "/api/v1/campaigns/" + order.campaign();
  }

  private void requireNew(HttpApi api) throws InterruptedException {
    HttpApi.Answer answer = api.send("GET", path(), null);
    if (answer.status() == NOT_FOUND) {
      return;
    }
    if (!answer.isOk()) {
      throw new StartupException("GET " + path() + " was refused: " + answer.problem());
    }
    for (JsonNode counts : answer.body().path("counts")) {
      if (counts.path("total").asLong() > 0) {
        throw new StartupException(
            ("campaign \"%s\" has events already, so its numbers could not be checked: choose"
                    + " another --campaign")
                .formatted(order.campaign()));
      }
    }
  }

  private void describe(HttpApi api, DemoCampaign campaign) throws InterruptedException {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", DemoCampaign.NAME)
            .put("subject", DemoCampaign.SUBJECT)
            .put("cost", campaign.cost())
            .put("currency", DemoCampaign.CURRENCY)
            .put("list", DemoCampaign.LIST);
    json.putArray("labels").add("demo");
    api.require("PUT", path(), json);
    api.require(
        "PUT",
        "/api/v1/lists/" + DemoCampaign.LIST,
        JsonNodeFactory.instance
            .objectNode()
            .put("name", DemoCampaign.LIST_NAME)
            .put("size", campaign.messages())
            .put("as_of", campaign.start().toString()));
  }

  private void writeLedger(DemoCampaign campaign, Ledger ledger, Traffic traffic) {
    Path file = order.ledger().toAbsolutePath();
    String json =
        LedgerJson.of(
                campaign, access.tenantOrNull(), surroundings.clock().instant(), ledger, traffic)
            .toPrettyString();
    try {
      Path directory = file.getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.writeString(file, json + "\n");
    } catch (IOException e) {
      throw new StartupException(file + ": expected a writable place for the ledger, got " + e, e);
    }
  }

  private boolean compare(HttpApi api, Ledger ledger, Traffic traffic) throws InterruptedException {
    long startNs = System.nanoTime();
    long movedNs = startNs;
    JsonNode campaign = api.require("GET", path(), null);
    List<String> differences = differences(api, ledger, campaign);
    while (!differences.isEmpty() && System.nanoTime() - movedNs < STILL_LIMIT.toNanos()) {
      Thread.sleep(POLL_MS);
      JsonNode next = api.require("GET", path(), null);
      movedNs = next.equals(campaign) ? movedNs : System.nanoTime();
      campaign = next;
      differences = differences(api, ledger, campaign);
    }
    Report.print(surroundings.out(), ledger, campaign);
    tell(ledger, traffic, differences, Duration.ofNanos(System.nanoTime() - startNs));
    return differences.isEmpty() && traffic.rejected() == 0;
  }

  private List<String> differences(HttpApi api, Ledger ledger, JsonNode campaign)
      throws InterruptedException {
    String heatmap =
        path()
            + "/heatmap?event=opened&grain=hourly&basis=event&zone="
            + OpenHours.ZONE
            + "&counts=";
    Map<String, JsonNode> mailboxes = new TreeMap<>();
    for (String mailbox : ledger.mailboxes().keySet()) {
      // Of which nothing is known yet.
      mailboxes.put(mailbox, api.send("GET", "/api/v1/mailboxes/" + mailbox, null).body());
    }
    return Comparison.differences(
        ledger,
        campaign,
        api.require("GET", heatmap + "human", null),
        api.require("GET", heatmap + "all", null),
        mailboxes);
  }

  private void tell(Ledger ledger, Traffic traffic, List<String> differences, Duration waited) {
    var out = surroundings.out();
    if (traffic.rejected() > 0) {
      out.println("The edge rejected " + traffic.rejected() + " events: see standard error.");
    }
    if (!ledger.unanswered().isEmpty()) {
      out.println("Hits without an answer, which may count or not: " + ledger.unanswered());
    }
    if (differences.isEmpty()) {
      out.printf("All counts agree with the ledger, after %.1f s.%n", waited.toMillis() / 1e3);
    } else {
      out.printf(
          "%d numbers differ from the ledger after %d s:%n",
          differences.size(), waited.toSeconds());
      differences.stream().limit(SHOWN_DIFFERENCES).forEach(line -> out.println("  " + line));
    }
    out.println("Ledger     " + order.ledger().toAbsolutePath());
    out.println("Dashboard  " + apiUrl + "/campaigns/" + order.campaign());
    out.flush();
  }
}
