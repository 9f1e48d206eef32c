package io.aftersend.it.analysts;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.jdbc.DataSourceImpl;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersend.embedded.EmbeddedStartException;
import io.aftersend.embedded.clickhouse.ClickHouseConfig;
import io.aftersend.embedded.clickhouse.ClickHouseServer;
import io.aftersend.embedded.clickhouse.EngineStore;
import io.aftersend.schemas.migrate.TableMigrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// The real engine with our tables, and nothing else of the product.
final class LoneClickHouse implements AutoCloseable {
  static final String DATABASE = "aftersend";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final long MEMORY_BYTES = 1L << 30;

  private final ClickHouseServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  private LoneClickHouse(ClickHouseServer server) {
    this.server = server;
  }

  /// Starts the engine and makes the tables.
  static LoneClickHouse startIn(Path directory) {
    try {
      Path library = EngineStore.ofMachine(System.getenv()).require((step, done, of) -> {});
      ClickHouseConfig config =
          ClickHouseConfig.of(directory.resolve("clickhouse"), library).limitedTo(MEMORY_BYTES, 4);
      LoneClickHouse clickHouse = new LoneClickHouse(ClickHouseServer.start(config));
      clickHouse.migrate();
      return clickHouse;
    } catch (EmbeddedStartException e) {
      throw new AssertionError(e);
    }
  }

  /// Applies the migrations that are missing.
  void migrate() {
    TableMigrations.run(new DataSourceImpl("jdbc:clickhouse:" + url(), new Properties()), DATABASE);
  }

  String url() {
    return server.url();
  }

  /// The rows of a query, each an object with a member for every column, in their order.
  List<JsonNode> query(String sql) {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : send("default_format=JSONEachRow", sql).lines().toList()) {
      rows.add(json(line));
    }
    return rows;
  }

  /// How many rows the engine reads to answer a query.
  long rowsRead(String sql) {
    String summary =
        exchange("default_format=JSONEachRow&wait_end_of_query=1", sql)
            .headers()
            .firstValue("X-ClickHouse-Summary")
            .orElseThrow();
    return json(summary).path("read_rows").asLong();
  }

  /// The size of an answer in the format that Grafana's data source asks for.
  int nativeBytes(String sql) {
    return send("default_format=Native", sql).length();
  }

  /// Runs a statement without a result.
  void execute(String sql) {
    send("default_format=JSONEachRow", sql);
  }

  /// Inserts rows in one block. Columns that a row does not name get their default.
  void insert(String table, List<? extends Map<String, ?>> rows) {
    StringBuilder body = new StringBuilder();
    rows.forEach(row -> body.append(text(row)).append('\n'));
    String sql = "INSERT INTO " + table + " FORMAT JSONEachRow";
    send("query=" + URLEncoder.encode(sql, StandardCharsets.UTF_8), body.toString());
  }

  private String send(String parameters, String body) {
    return exchange(parameters, body).body();
  }

  private HttpResponse<String> exchange(String parameters, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/?database=" + DATABASE + "&" + parameters))
            .timeout(TIMEOUT)
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("not JSON: " + text, e);
    }
  }

  private static String text(Map<String, ?> row) {
    try {
      return JSON.writeValueAsString(row);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
