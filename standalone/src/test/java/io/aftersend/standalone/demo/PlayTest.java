package io.aftersend.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.schemas.event.EventType;
import io.aftersend.standalone.access.Access;
import io.aftersend.standalone.access.HttpApi;
import io.aftersend.standalone.console.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlayTest {
  private static final Instant NOW = Instant.parse("2026-11-20T15:00:00Z");
  private static final int MESSAGES = 1_600;

  @TempDir private Path directory;
  private final FakeAftersend aftersend = new FakeAftersend();
  private final Ledger ledger = new Ledger(BigDecimal.ONE);
  private final Traffic traffic = new Traffic();

  PlayTest() throws IOException {}

  @AfterEach
  void close() {
    aftersend.close();
  }

  private void play() throws InterruptedException {
    DemoCampaign campaign = new DemoCampaign("c", MESSAGES, 1, NOW);
    try (HttpApi api = new HttpApi(aftersend.url(), "k");
        EdgeClient edge = new EdgeClient(aftersend.url(), "k", traffic)) {
      new Play(campaign, order("c"), edge, api, ledger, traffic, surroundings()).run();
    }
  }

  private Demo.Order order(String campaign) {
    return new Demo.Order(
        campaign, MESSAGES, 1, Double.POSITIVE_INFINITY, directory.resolve("ledger.json"));
  }

  private static Surroundings surroundings() {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return new Surroundings(
        Map.of(), nowhere, nowhere, false, InstantSource.fixed(NOW), new Random(1));
  }

  private void assertThatLedgerAgrees() {
    ObjectNode numbers = aftersend.numbers();
    ledger
        .counts()
        .forEach(
            (type, counts) -> {
              var shown = numbers.path("counts").path(type.wireName());
              assertThat(shown.path("total").asLong())
                  .as(type.wireName())
                  .isEqualTo(counts.total());
              assertThat(shown.path("unique").asLong())
                  .as(type.wireName())
                  .isEqualTo(counts.unique());
            });
    assertThat(numbers.path("counts").size()).isEqualTo(ledger.counts().size());
    assertThat(ledger.mailboxes()).containsOnlyKeys("c.sales", "c.help");
    ledger
        .mailboxes()
        .forEach(
            (mailbox, counts) -> {
              assertThat(aftersend.mails.get(mailbox + " received")).isEqualTo(counts.received());
              assertThat(aftersend.mails.get(mailbox + " sent")).isEqualTo(counts.sent());
              assertThat(counts.answered()).isBetween(1L, counts.sent());
            });
  }

  @Test
  void ledgerHoldsWhatWasAskedOverHttp() throws InterruptedException {
    play();

    assertThatLedgerAgrees();
    assertThat(ledger.counts().get(EventType.SENT))
        .isEqualTo(new Ledger.Counts(MESSAGES, MESSAGES, 0, 0));
    assertThat(traffic.hits()).isPositive();
    assertThat(traffic.repeatedPosts()).isPositive();
    assertThat(aftersend.posts)
        .hasValue(Math.toIntExact(traffic.posts() + traffic.repeatedPosts()));
  }

  @Test
  void batchThatIsRefusedForNowIsPostedAgain() throws InterruptedException {
    aftersend.busyFor.set(2);

    play();

    assertThat(aftersend.refusals).hasValue(2);
    assertThat(traffic.retries()).isEqualTo(2);
    assertThatLedgerAgrees();
  }

  @Test
  void batchWhoseAnswerIsLostIsPostedAgainWithTheSameIds() throws InterruptedException {
    aftersend.isNextAnswerLost = true;

    play();

    assertThat(traffic.retries()).isEqualTo(1);
    assertThatLedgerAgrees();
  }

  @Test
  void campaignThatHasEventsIsRefused() throws InterruptedException {
    play();
    Access access =
        Access.of(
            Map.of(
                "AFTERSEND_DATA_DIR", directory.toString(),
                "AFTERSEND_EDGE_URL", aftersend.url(),
                "AFTERSEND_API_URL", aftersend.url(),
                "AFTERSEND_KEY", "k"));

    assertThatThrownBy(() -> new Demo(access, order("c"), surroundings()).run())
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("--campaign");
  }
}
