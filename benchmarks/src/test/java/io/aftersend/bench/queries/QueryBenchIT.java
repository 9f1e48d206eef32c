package io.aftersend.bench.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.standalone.console.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The generated rows, and the questions asked once.
class QueryBenchIT {
  private static final long EVENTS = 100_000;

  @TempDir static Path directory;
  private static final ByteArrayOutputStream OUT = new ByteArrayOutputStream();
  private static BenchDatabase database;

  private static Surroundings surroundings() {
    PrintStream out = new PrintStream(OUT, true, StandardCharsets.UTF_8);
    return new Surroundings(
        System.getenv(), out, out, false, InstantSource.fixed(Instant.EPOCH), new Random(1));
  }

  @BeforeAll
  static void fill() throws InterruptedException {
    database = BenchDatabase.start(directory, surroundings());
    for (String statement : new GeneratedRows(EVENTS).statements()) {
      database.run(statement);
    }
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static long number(String sql) throws InterruptedException {
    return database.run(sql + " SETTINGS output_format_json_quote_64bit_integers = 0").number("n");
  }

  @Test
  void oneOfAThousandCampaignsHasAFifthOfTheEvents() throws InterruptedException {
    long events = number("SELECT count() AS n FROM events");

    assertThat(events).isBetween(EVENTS, EVENTS + EVENTS / 50);
    assertThat(number("SELECT uniqExact(tenant, campaign) AS n FROM events")).isEqualTo(1_000);
    assertThat(number("SELECT count() AS n FROM events WHERE campaign = 'spring'"))
        .isBetween(events * 19 / 100, events * 21 / 100);
    assertThat(number("SELECT count() AS n FROM events WHERE tenant = 'acme'"))
        .isBetween(events * 48 / 100, events * 52 / 100);
  }

  @Test
  void linksAreThoseOfTheEventsAndTheirLatestJudgements() throws InterruptedException {
    String links =
        """
        SELECT link, total, unique, human_total, human_unique, url, first_click, last_human_click
        FROM links_of_campaign(of_tenant = 'acme', of_campaign = 'spring') ORDER BY link
        """;
    String events =
        """
        SELECT link, count() AS total, uniqExact(message) AS unique, countIf(is_human) AS human_total,
          uniqExactIf(message, is_human) AS human_unique, argMax(url, event_time) AS url,
          min(event_time) AS first_click, maxOrNullIf(event_time, is_human) AS last_human_click
        FROM (SELECT link, message, url, event_time, verdict IN ('human', 'proxy') AS is_human FROM events
          WHERE tenant = 'acme' AND campaign = 'spring' AND type = 'clicked')
        GROUP BY link ORDER BY link
        """;

    assertThat(database.run(links).body().lines())
        .hasSize(12)
        .containsExactlyElementsOf(database.run(events).body().lines().toList());
  }

  @Test
  void everyQuestionHasAnAnswer() throws Exception {
    new QueryBench(EVENTS, 1, Path.of(".."), null, true, surroundings()).ask(database);

    assertThat(OUT.toString(StandardCharsets.UTF_8))
        .contains("GET /campaigns/spring/links", "view: rates", "1. How did", "20. Which lists");
  }
}
