package io.aftersend.processor.rejudge;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ServerException;
import com.clickhouse.client.api.command.CommandResponse;
import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.query.GenericRecord;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.data.ClickHouseFormat;
import io.aftersend.processor.sink.ClickHouseAddress;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.schemas.event.JudgedEvent;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// The events in ClickHouse, and beside them the table of those that come out otherwise. For one
/// thread.
final class EventLog implements AutoCloseable {
  /// Before the first row comes, the server sorts all of a tenant's events.
  private static final Duration SOCKET_TIMEOUT = Duration.ofHours(2);

  /// What is sorted in memory at most; the rest goes over the server's disk.
  private static final long SORT_BYTES = 256L * 1024 * 1024;

  /// A key after the other, each by time of ingest, as the edges took the events in.
  private static final String ORDER =
      """
      ORDER BY
          message,
          if(message = '', recipient, ''),
          if(message = '' AND recipient = '', list, ''),
          if(message = '' AND recipient = '' AND list = '', mailbox, ''),
          if(message = '' AND recipient = '' AND list = '' AND mailbox != '', thread, ''),
          if(message = '' AND recipient = '' AND list = '' AND mailbox = '', event_id, ''),
          ingest_time,
          event_id
      """;

  private final Client client;
  private final ClickHouseAddress address;

  EventLog(ClickHouseAddress address) {
    this.address = address;
    this.client = address.connect(SOCKET_TIMEOUT);
  }

  /// All tenants with events.
  List<String> tenants() throws InterruptedException {
    return strings("SELECT DISTINCT tenant AS name FROM event_log ORDER BY tenant", Map.of());
  }

  /// Reads a tenant's events key by key.
  ///
  /// @param campaign events of all keys that have any in the campaign; null for all
  @SuppressWarnings("try") // what their close() may throw is no interruption
  void read(String tenant, @Nullable String campaign, Receiver<JudgedEvent> taker)
      throws InterruptedException {
    Map<String, Object> parameters = new HashMap<>(Map.of("tenant", tenant));
    String filter = "";
    if (campaign != null) {
      parameters.put("campaign", campaign);
      filter =
          """
          AND (campaign = {campaign:String} OR (message != '' AND message IN (
              SELECT message FROM event_log
              WHERE tenant = {tenant:String} AND campaign = {campaign:String})))
          """;
    }
    String sql =
        "SELECT %s FROM event_log FINAL WHERE tenant = {tenant:String} %s %s SETTINGS %s = %d"
            .formatted(
                EventRow.columns(), filter, ORDER, "max_bytes_before_external_sort", SORT_BYTES);
    try (QueryResponse response = client.query(sql, parameters).get();
        ClickHouseBinaryFormatReader rows = client.newBinaryFormatReader(response)) {
      while (rows.hasNext()) {
        rows.next();
        taker.accept(EventRow.read(rows));
      }
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw failed(e);
    }
  }

  /// The last revision of an event, 0 where there is none.
  long revision(String tenant, String campaign, String message, String eventId)
      throws InterruptedException {
    String sql =
        """
        SELECT max(revision) AS last FROM event_log
        WHERE tenant = {tenant:String} AND campaign = {campaign:String}
            AND message = {message:String} AND event_id = {event:String}
        """;
    Map<String, Object> parameters =
        Map.of("tenant", tenant, "campaign", campaign, "message", message, "event", eventId);
    return rows(sql, parameters).getFirst().getLong("last");
  }

  /// Forgets what was found under those rules before.
  @SuppressWarnings("try") // as above
  void clearHits(String rules) throws InterruptedException {
    String sql = "ALTER TABLE rejudged_hits DROP PARTITION '%s'".formatted(rules);
    try (CommandResponse response = client.execute(sql).get()) {
      response.getServerTime();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw failed(e);
    }
  }

  /// Notes what was found.
  void insertHits(String lines) throws InterruptedException {
    byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
    try (InsertResponse response =
        client
            .insert("rejudged_hits", new ByteArrayInputStream(bytes), ClickHouseFormat.JSONEachRow)
            .get()) {
      response.getQueryId();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw failed(e);
    }
  }

  private List<String> strings(String sql, Map<String, Object> parameters)
      throws InterruptedException {
    return rows(sql, parameters).stream().map(row -> row.getString("name")).toList();
  }

  private List<GenericRecord> rows(String sql, Map<String, Object> parameters)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      return client.queryAll(sql, parameters);
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  private StartupException failed(Exception e) {
    Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    String hint =
        cause instanceof ServerException
            ? ""
            : "; is it up, and is " + ConfigKey.CLICKHOUSE_URL.key() + " right?";
    return new StartupException(
        "ClickHouse at %s: %s%s".formatted(address.url(), cause.getMessage(), hint), e);
  }

  @Override
  public void close() {
    client.close();
  }
}
