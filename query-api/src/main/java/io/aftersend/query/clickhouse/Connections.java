package io.aftersend.query.clickhouse;

import com.clickhouse.jdbc.DataSourceImpl;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A bounded pool of connections, made when they are needed. Safe for any thread.
final class Connections implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Connections.class);

  /// More queries at once than this only take each other's processors.
  private static final int MAX_CONNECTIONS = 16;

  private static final Duration MAX_WAIT = Duration.ofSeconds(5);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

  /// The server ends a query by itself; this much later the network is to blame.
  private static final Duration GRACE = Duration.ofSeconds(3);

  /// Covers a kept-alive connection that the server closed meanwhile; every statement may run
  /// twice.
  private static final String MAX_RETRIES = "1";

  private final ClickHouseAddress address;
  private final Duration timeout;
  private final Semaphore free = new Semaphore(MAX_CONNECTIONS, true);
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean isClosed;

  Connections(ClickHouseAddress address, Duration timeout) {
    this.address = address;
    this.timeout = timeout;
  }

  /// A connection, to be given back; waits some seconds for one.
  Connection borrow() throws SQLException {
    takePermit();
    try {
      Connection connection = idle.pollFirst();
      return connection == null ? open() : connection;
    } catch (SQLException | RuntimeException e) {
      free.release();
      throw e;
    }
  }

  /// Takes a connection back.
  ///
  /// @param isSound whether it may serve again
  void giveBack(Connection connection, boolean isSound) {
    if (isSound && !isClosed) {
      idle.addFirst(connection);
    } else {
      close(connection);
    }
    free.release();
  }

  @Override
  public void close() {
    isClosed = true;
    for (Connection c = idle.pollFirst(); c != null; c = idle.pollFirst()) {
      close(c);
    }
  }

  private void takePermit() throws SQLException {
    try {
      if (free.tryAcquire(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new SQLException("no free connection", null, QueryFailure.NO_FREE_CONNECTION);
  }

  private Connection open() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", address.user());
    if (address.password() != null) {
      properties.setProperty("password", address.password());
    }
    properties.setProperty("connection_timeout", Long.toString(CONNECT_TIMEOUT.toMillis()));
    properties.setProperty("socket_timeout", Long.toString(timeout.plus(GRACE).toMillis()));
    properties.setProperty("retry", MAX_RETRIES);
    String url = "jdbc:clickhouse:" + address.url() + "/" + address.database();
    return new DataSourceImpl(url, properties).getConnection();
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      log.debug("a connection did not close: {}", e.toString());
    }
  }
}
