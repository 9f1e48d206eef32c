package io.aftersend.processor.sink;

import com.clickhouse.client.api.Client;
import com.clickhouse.jdbc.DataSourceImpl;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.schemas.migrate.MigrationException;
import io.aftersend.schemas.migrate.TableMigrations;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Where ClickHouse is and how to sign in.
///
/// @param url base URL of the HTTP interface
/// @param password null for none
public record ClickHouseAddress(URI url, String user, @Nullable String password, String database) {
  /// A server that is there answers a connection within seconds.
  private static final long CONNECT_TIMEOUT_MS = 5_000;

  /// A large insert into a busy server may take long; a lost answer must still be noticed.
  private static final long SOCKET_TIMEOUT_MS = 60_000;

  /// Brings the database's tables and views up to date.
  ///
  /// @throws StartupException where the server cannot be reached or refuses
  public void migrate() {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password == null ? "" : password);
    properties.setProperty("compress", "false");
    properties.setProperty("retry", "0");
    properties.setProperty("connection_timeout", Long.toString(CONNECT_TIMEOUT_MS));
    try {
      TableMigrations.run(new DataSourceImpl("jdbc:clickhouse:" + url + "/", properties), database);
    } catch (MigrationException e) {
      throw new StartupException(
          "cannot prepare ClickHouse at %s: %s".formatted(url, reason(e)), e);
    }
  }

  /// The first cause, which the client hides behind the number of its attempts.
  private static String reason(MigrationException e) {
    Throwable cause = e;
    for (Throwable next = cause.getCause(); next != null; next = next.getCause()) {
      cause = next;
    }
    return cause == e
        ? String.valueOf(e.getMessage())
        : "%s (%s); is it up, and are user and password right?"
            .formatted(e.getMessage(), cause.getMessage());
  }

  Client connect() {
    return connect(Duration.ofMillis(SOCKET_TIMEOUT_MS));
  }

  /// A client of the server.
  ///
  /// @param socketTimeout longest silence of the server in the midst of a statement
  public Client connect(Duration socketTimeout) {
    return new Client.Builder()
        .addEndpoint(url.toString())
        .setUsername(user)
        .setPassword(password == null ? "" : password)
        .setDefaultDatabase(database)
        .setConnectTimeout(CONNECT_TIMEOUT_MS, ChronoUnit.MILLIS)
        .setSocketTimeout(socketTimeout.toMillis(), ChronoUnit.MILLIS)
        .setMaxRetries(0)
        .compressClientRequest(false)
        .compressServerResponse(false)
        .build();
  }

  @Override
  public String toString() {
    return user + "@" + url + "/" + database;
  }
}
