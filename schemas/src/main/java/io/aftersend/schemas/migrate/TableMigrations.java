package io.aftersend.schemas.migrate;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applies the numbered ClickHouse migrations that a database lacks, in order.
///
/// Every statement may run twice, so two runs at once are harmless. A file that changed after it
/// was applied is an error: the database would differ from what this version expects.
public final class TableMigrations {
  private static final Logger logger = LoggerFactory.getLogger(TableMigrations.class);

  private TableMigrations() {}

  /// Makes the database where it is missing and applies what it lacks.
  ///
  /// @param server connects to the server, whatever its default database
  /// @param database name of the database, of letters, digits and underscores
  /// @throws MigrationException where a statement fails or an applied file has changed
  public static void run(DataSource server, String database) {
    run(server, database, Migration.all());
  }

  static void run(DataSource server, String database, List<Migration> migrations) {
    if (!database.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new MigrationException(
          "a database's name is of letters, digits and underscores, got \"" + database + "\"");
    }
    try (Connection connection = server.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE IF NOT EXISTS " + database);
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS %s.schema_migrations
          (
              number Int32,
              name String,
              checksum String,
              applied_at DateTime DEFAULT now()
          )
          ENGINE = ReplacingMergeTree(applied_at)
          ORDER BY number
          """
              .formatted(database));
    } catch (SQLException e) {
      throw new MigrationException(
          "cannot prepare database " + database + ": " + e.getMessage(), e);
    }
    applyMissing(server, database, migrations);
  }

  private static void applyMissing(DataSource server, String database, List<Migration> migrations) {
    Map<Integer, String> applied = applied(server, database);
    for (Migration migration : migrations) {
      String checksum = applied.get(migration.number());
      if (checksum == null) {
        apply(server, database, migration);
      } else if (!checksum.equals(migration.checksum())) {
        throw new MigrationException(
            "migration %s was applied to %s with other content (checksum %s, expected %s)"
                .formatted(migration.name(), database, checksum, migration.checksum()));
      }
    }
  }

  private static Map<Integer, String> applied(DataSource server, String database) {
    String sql = "SELECT number, checksum FROM %s.schema_migrations FINAL".formatted(database);
    try (Connection connection = server.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      Map<Integer, String> applied = new HashMap<>();
      while (rows.next()) {
        applied.put(rows.getInt(1), rows.getString(2));
      }
      return applied;
    } catch (SQLException e) {
      throw new MigrationException("cannot read applied migrations: " + e.getMessage(), e);
    }
  }

  private static void apply(DataSource server, String database, Migration migration) {
    try (Connection connection = server.getConnection()) {
      connection.setSchema(database);
      try (Statement statement = connection.createStatement()) {
        for (String sql : migration.statements()) {
          statement.execute(sql);
        }
      }
      String record =
          "INSERT INTO %s.schema_migrations (number, name, checksum) VALUES (?, ?, ?)"
              .formatted(database);
      try (PreparedStatement insert = connection.prepareStatement(record)) {
        insert.setInt(1, migration.number());
        insert.setString(2, migration.name());
        insert.setString(3, migration.checksum());
        insert.executeUpdate();
      }
      logger.info("Applied migration {} to {}", migration.name(), database);
    } catch (SQLException e) {
      throw new MigrationException("migration " + migration.name() + ": " + e.getMessage(), e);
    }
  }
}
