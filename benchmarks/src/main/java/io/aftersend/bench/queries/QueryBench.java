package io.aftersend.bench.queries;

import io.aftersend.bench.load.Machine;
import io.aftersend.bench.process.WorkDirectory;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.standalone.console.Surroundings;
import io.aftersend.standalone.console.TextTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// What people ask of the views, of the API, and on the page for analysts, over generated rows.
public final class QueryBench {
  private static final long API_READS_UNKNOWN = -1;

  private final long events;
  private final int rounds;
  private final Path root;
  private final @Nullable Path keptIn;
  private final boolean isOpen;
  private final Surroundings surroundings;

  /// @param events roughly how many
  /// @param rounds how often each question is asked; 0 only makes the rows
  /// @param root of the checkout
  /// @param keptIn where the rows stay for the next run, which takes those that it finds there;
  ///   null for `benchmarks/target` below the root, deleted at the end
  /// @param isOpen whether months stay in parts that overlap, as while they are written, and are
  ///   not made one part as they are a day later
  public QueryBench(
      long events,
      int rounds,
      Path root,
      @Nullable Path keptIn,
      boolean isOpen,
      Surroundings surroundings) {
    this.events = events;
    this.rounds = rounds;
    this.root = root;
    this.keptIn = keptIn;
    this.isOpen = isOpen;
    this.surroundings = surroundings;
  }

  /// Runs it and prints a table.
  ///
  /// @throws StartupException when the database cannot be had or a question fails
  public void run() throws InterruptedException {
    try (WorkDirectory directory =
            keptIn == null ? WorkDirectory.make(root, "queries-") : WorkDirectory.kept(keptIn);
        BenchDatabase database = BenchDatabase.start(directory.path(), surroundings)) {
      if (!isFilled(database)) {
        fill(database);
      }
      if (!isOpen) {
        closeMonths(database);
      }
      printSize(database);
      if (rounds > 0) {
        ask(database);
      }
    }
  }

  /// Asks all questions of a database that is filled, and prints a table.
  void ask(BenchDatabase database) throws InterruptedException {
    try (BenchApi api = BenchApi.start(database.settings())) {
      measure(questions(database, api));
    }
  }

  /// Whether a run before has left its rows here. The heatmap's are made last.
  private boolean isFilled(BenchDatabase database) throws InterruptedException {
    if (database.run("SELECT bucket_start FROM heatmap_buckets LIMIT 1").texts("x").isEmpty()) {
      if (database.run(SIZE).number("event_rows") > 0) {
        throw new StartupException(
            "expected all rows or none in "
                + keptIn
                + ", found those of a run cut short: delete it");
      }
      return false;
    }
    return true;
  }

  private void fill(BenchDatabase database) throws InterruptedException {
    surroundings.err().println("aftersend: generating about " + events + " events");
    for (String statement : new GeneratedRows(events).statements()) {
      database.run(statement);
    }
  }

  /// What ClickHouse does by itself with months into which nothing came for a day.
  private void closeMonths(BenchDatabase database) throws InterruptedException {
    for (String part : database.run(OPEN_MONTHS).texts("statement")) {
      surroundings.err().println("aftersend: " + part);
      database.run(part);
    }
  }

  private static final String OPEN_MONTHS =
      """
      SELECT concat('OPTIMIZE TABLE ', table, ' PARTITION ', partition, ' FINAL') AS statement
      FROM system.parts
      WHERE database = 'aftersend' AND table IN ('event_log', 'mail_event_log') AND active
      GROUP BY table, partition
      HAVING count() > 1
      ORDER BY table, partition
      """;

  private void printSize(BenchDatabase database) throws InterruptedException {
    BenchDatabase.Result size = database.run(SIZE);
    surroundings
        .out()
        .printf(
            Locale.ROOT,
            "%s%nevent_log: %,d rows in %d parts, %,d MB%n",
            Machine.describe(),
            size.number("event_rows"),
            size.number("part_count"),
            size.number("bytes") >> 20);
  }

  private static final String SIZE =
      """
      SELECT sum(rows) AS event_rows, count() AS part_count, sum(bytes_on_disk) AS bytes
      FROM system.parts
      WHERE database = 'aftersend' AND table = 'event_log' AND active
      SETTINGS output_format_json_quote_64bit_integers = 0
      """;

  private static final Map<String, String> VIEWS =
      viewQuestions(
          "rates of a campaign",
          "SELECT metric, value FROM campaign_rates WHERE tenant = 'acme' AND campaign = 'spring'",
          "counts of a campaign",
          "SELECT type, total FROM campaign_counts WHERE tenant = 'acme' AND campaign = 'spring'",
          "links of a campaign",
          "SELECT link, human_unique FROM links_of_campaign(of_tenant = 'acme', of_campaign = 'spring')",
          "devices of a campaign",
          """
          SELECT dimension_value, human_unique FROM campaign_counts_by_dimension
          WHERE tenant = 'acme' AND campaign = 'spring' AND dimension = 'device' AND type = 'opened'
          """,
          "heatmap by hour",
          """
          SELECT weekday, hour, sum(first) AS messages FROM heatmap_hourly(zone = 'Asia/Tehran')
          WHERE tenant = 'acme' AND campaign = 'spring' AND event = 'opened' AND basis = 'event' GROUP BY weekday, hour
          """,
          "heatmap by day",
          """
          SELECT date, sum(first) AS messages FROM heatmap_daily(zone = 'Asia/Tehran')
          WHERE tenant = 'acme' AND campaign = 'spring' AND event = 'opened' AND basis = 'event' GROUP BY date
          """,
          "times to open and click",
          "SELECT metric, median_seconds FROM campaign_delays WHERE tenant = 'acme' AND campaign = 'spring'",
          "one recipient, from recipient_events",
          "SELECT event_time, type, campaign FROM recipient_events WHERE tenant = 'acme' AND recipient = 'r7' ORDER BY event_time",
          "one recipient, from events",
          "SELECT event_time, type, campaign FROM events WHERE tenant = 'acme' AND recipient = 'r7' ORDER BY event_time");

  private static final List<String> PATHS =
      List.of(
          "/campaigns",
          "/campaigns/spring",
          "/campaigns/spring/links",
          "/campaigns/spring/devices",
          "/campaigns/spring/accounts",
          "/campaigns/spring/heatmap?zone=Asia/Tehran",
          "/campaigns/spring/heatmap?grain=daily");

  private static Map<String, String> viewQuestions(String... namesAndSql) {
    Map<String, String> questions = new LinkedHashMap<>();
    for (int i = 0; i < namesAndSql.length; i += 2) {
      questions.put(namesAndSql[i], namesAndSql[i + 1]);
    }
    return questions;
  }

  private Map<String, Callable<Long>> questions(BenchDatabase database, BenchApi api) {
    Map<String, Callable<Long>> questions = new LinkedHashMap<>();
    VIEWS.forEach(
        (name, sql) -> questions.put("view: " + name, () -> database.run(sql).rowsRead()));
    for (String path : PATHS) {
      questions.put(
          "GET " + path,
          () -> {
            api.get(path);
            return API_READS_UNKNOWN;
          });
    }
    AnalystQueries.read(root)
        .forEach((title, sql) -> questions.put(title, () -> database.run(sql).rowsRead()));
    return questions;
  }

  private void measure(Map<String, Callable<Long>> questions) throws InterruptedException {
    surroundings.err().printf("aftersend: asking %d questions%n", questions.size());
    TextTable table = new TextTable("", "p50 ms", "p95 ms", "rows read");
    for (Map.Entry<String, Callable<Long>> question : questions.entrySet()) {
      Figures figures = figures(question);
      table.add(
          question.getKey(),
          String.format(Locale.ROOT, "%.1f", figures.p50Ms()),
          String.format(Locale.ROOT, "%.1f", figures.p95Ms()),
          figures.rowsRead() < 0 ? "" : String.format(Locale.ROOT, "%,d", figures.rowsRead()));
    }
    table.print(surroundings.out());
  }

  private Figures figures(Map.Entry<String, Callable<Long>> question) throws InterruptedException {
    try {
      return Figures.of(rounds, question.getValue());
    } catch (InterruptedException | StartupException e) {
      throw e;
    } catch (Exception e) {
      throw new StartupException(question.getKey() + " failed: " + e, e);
    }
  }
}
