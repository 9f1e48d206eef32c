package io.aftersend.query.clickhouse;

import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The one way to the database: bounded connections, and limits on every query. Safe for any
/// thread; a call waits on its own thread.
public final class ClickHouse implements AutoCloseable {
  private final Connections connections;
  private final QueryLimits limits;
  private final Counter queries;
  private volatile @Nullable String problem = "not asked yet";

  /// Connects when it is first needed, so that a service starts without its database.
  ///
  /// @param limits of one query
  public ClickHouse(ClickHouseAddress address, QueryLimits limits, PrometheusRegistry registry) {
    this.connections = new Connections(address, limits.timeout());
    this.limits = limits;
    this.queries =
        Counter.builder()
            .name("aftersend_api_queries_total")
            .help("Statements sent to ClickHouse, by what came of them.")
            .labelNames("result")
            .register(registry);
    queries.initLabelValues("ok");
  }

  /// Makes something of the row that a result stands at.
  @FunctionalInterface
  public interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  /// Runs a query.
  ///
  /// @param sql with a question mark for each parameter and a LIMIT, without SETTINGS
  /// @param maxRows the most rows that the query can give; more are an error, never cut silently
  /// @throws ProblemException 503 when the database cannot be had, 504 when it takes too long
  public <T> List<T> query(String sql, List<?> parameters, int maxRows, RowMapper<T> mapper) {
    return run(
        sql + settings(maxRows),
        parameters,
        statement -> {
          List<T> rows = new ArrayList<>();
          try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
              rows.add(mapper.map(result));
            }
          }
          return rows;
        });
  }

  /// Runs an `INSERT … VALUES (?, …)` of one row.
  ///
  /// @throws ProblemException as [#query] does
  public void insert(String sql, List<? extends @Nullable Object> row) {
    run(sql, row, PreparedStatement::executeUpdate);
  }

  /// Asks the database for a sign of life and notes what came, for [#problem()].
  public void probe() {
    try {
      query("SELECT 1 AS one LIMIT 1", List.of(), 1, row -> row.getInt("one"));
    } catch (ProblemException e) {
      // A query may be slow or wrong by itself; this one cannot be.
      problem = e.getMessage();
    }
  }

  /// Why the last statement could not reach the database; null when it did. Never waits.
  public @Nullable String problem() {
    return problem;
  }

  /// Closes the connections; a statement on the way fails. Further calls do nothing.
  @Override
  public void close() {
    connections.close();
  }

  private interface Execution<T> {
    T on(PreparedStatement statement) throws SQLException;
  }

  private <T> T run(
      String sql, List<? extends @Nullable Object> parameters, Execution<T> execution) {
    Connection connection = borrow();
    boolean isSound = false;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      T result = execution.on(statement);
      isSound = true;
      noteSuccess();
      return result;
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      connections.giveBack(connection, isSound);
    }
  }

  private Connection borrow() {
    try {
      return connections.borrow();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private void noteSuccess() {
    problem = null;
    queries.labelValues("ok").inc();
  }

  private ProblemException failed(SQLException e) {
    QueryFailure failure = QueryFailure.of(e);
    queries.labelValues(failure.name().toLowerCase(Locale.ROOT)).inc();
    problem = failure == QueryFailure.UNREACHABLE ? "not reachable: " + e.getMessage() : null;
    Problem answer =
        switch (failure) {
          case UNREACHABLE -> Problem.unavailable("ClickHouse cannot be reached now");
          case BUSY -> Problem.unavailable("ClickHouse has too much to do now");
          case NOT_MIGRATED ->
              Problem.unavailable("ClickHouse lacks our tables: run `aftersend migrate`");
          case TOO_SLOW ->
              Problem.of(
                  504, "ClickHouse did not answer within " + limits.timeout().toMillis() + " ms");
          case WRONG -> Problem.of(500, "an error of the server's own; its log tells");
        };
    return new ProblemException(answer, e);
  }

  private String settings(int maxRows) {
    return String.format(
        Locale.ROOT,
        "%nSETTINGS max_execution_time = %.3f, timeout_overflow_mode = 'throw',"
            + " max_result_rows = %d, result_overflow_mode = 'throw'%s",
        limits.timeout().toMillis() / 1000.0,
        maxRows,
        limits.memoryBytes() == 0 ? "" : ", max_memory_usage = " + limits.memoryBytes());
  }
}
