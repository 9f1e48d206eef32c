package io.aftersend.bench.queries;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersend.embedded.EmbeddedStartException;
import io.aftersend.embedded.clickhouse.ClickHouseConfig;
import io.aftersend.embedded.clickhouse.ClickHouseServer;
import io.aftersend.embedded.clickhouse.EngineStore;
import io.aftersend.processor.ProcessorConfig;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.standalone.console.Surroundings;
import io.aftersend.standalone.stack.EngineFetch;
import io.aftersend.standalone.stack.Migrations;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The embedded ClickHouse with our tables, in a directory of its own. For one thread.
final class BenchDatabase implements AutoCloseable {
  private static final String DATABASE = "aftersend";
  private static final Duration TIMEOUT = Duration.ofMinutes(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ClickHouseServer server;
  private final Path directory;
  private final HttpClient http = HttpClient.newHttpClient();

  private BenchDatabase(ClickHouseServer server, Path directory) {
    this.server = server;
    this.directory = directory;
  }

  /// What a statement gave.
  ///
  /// @param body the rows as JSON, one a line
  /// @param rowsRead how many rows the engine read for it
  record Result(String body, long rowsRead) {
    /// A number of the first row.
    long number(String column) {
      return json(body.lines().findFirst().orElse("{}")).path(column).asLong();
    }

    /// A text of each row.
    List<String> texts(String column) {
      return body.lines().map(line -> json(line).path(column).asText()).toList();
    }
  }

  static BenchDatabase start(Path directory, Surroundings surroundings) {
    EngineFetch progress = EngineFetch.on(surroundings);
    try {
      Path library = EngineStore.ofMachine(surroundings.environment()).require(progress);
      ClickHouseServer server =
          ClickHouseServer.start(ClickHouseConfig.of(directory.resolve("clickhouse"), library));
      BenchDatabase database = new BenchDatabase(server, directory);
      Migrations.tables(ProcessorConfig.from(database.settings()));
      return database;
    } catch (EmbeddedStartException e) {
      throw new StartupException(String.valueOf(e.getMessage()), e);
    } finally {
      progress.finish();
    }
  }

  /// The configuration of services that read this database.
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put(ConfigKey.DATA_DIR.key(), directory.toString());
    settings.put(ConfigKey.KAFKA_BOOTSTRAP.key(), "127.0.0.1:1");
    settings.put(ConfigKey.CLICKHOUSE_URL.key(), server.url());
    settings.put(ConfigKey.API_PORT.key(), "0");
    return settings;
  }

  /// Runs a statement.
  ///
  /// @throws StartupException when the engine refuses it
  Result run(String sql) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    server.url()
                        + "/?default_format=JSONEachRow&wait_end_of_query=1&database="
                        + DATABASE))
            .timeout(TIMEOUT)
            .POST(BodyPublishers.ofString(sql))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new StartupException("ClickHouse refused a statement: " + response.body() + sql);
      }
      String summary = response.headers().firstValue("X-ClickHouse-Summary").orElse("{}");
      return new Result(response.body(), json(summary).path("read_rows").asLong());
    } catch (IOException e) {
      throw new StartupException("ClickHouse does not answer: " + e, e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new StartupException("expected JSON from ClickHouse, got " + text, e);
    }
  }

  @Override
  public void close() {
    http.close();
    server.close();
  }
}
