package io.aftersend.standalone.stack;

import io.aftersend.processor.ProcessorConfig;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.schemas.migrate.MigrationException;
import io.aftersend.schemas.migrate.TopicMigrations;
import io.aftersend.schemas.topic.Topics;

/// The making and updating of topics and tables. Idempotent; two at once are harmless.
public final class Migrations {
  private Migrations() {}

  /// Makes the topics that are missing.
  ///
  /// @throws StartupException when Kafka cannot be reached or refuses
  public static void topics(ProcessorConfig.Kafka kafka) throws InterruptedException {
    try {
      TopicMigrations.run(
          kafka.cluster(), Topics.withPrefix(kafka.topicPrefix()), kafka.partitions());
    } catch (MigrationException e) {
      throw new StartupException(String.valueOf(e.getMessage()), e);
    }
  }

  /// Brings tables and views up to date.
  ///
  /// @throws StartupException when ClickHouse cannot be reached or refuses
  public static void tables(ProcessorConfig config) {
    try {
      config.sink().clickHouse().migrate();
    } catch (MigrationException e) {
      throw new StartupException(String.valueOf(e.getMessage()), e);
    }
  }
}
