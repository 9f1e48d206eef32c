package io.aftersend.schemas.migrate;

import io.aftersend.schemas.cluster.KafkaCluster;
import io.aftersend.schemas.topic.Topic;
import io.aftersend.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Creates the topics that are missing. Running it again, or twice at once, changes nothing.
public final class TopicMigrations {
  private static final Logger logger = LoggerFactory.getLogger(TopicMigrations.class);

  /// How long a broker may take to answer; a cluster that elects a controller answers within
  /// seconds.
  private static final int TIMEOUT_MS = 60_000;

  private TopicMigrations() {}

  /// Creates what is missing, with the cluster's own replication factor.
  ///
  /// @param partitions partitions of every topic made here, at least 1
  /// @throws MigrationException where the cluster does not answer or refuses
  public static void run(KafkaCluster cluster, Topics topics, int partitions)
      throws InterruptedException {
    String bootstrap = cluster.bootstrap();
    Map<String, Object> configuration = cluster.settings();
    configuration.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    configuration.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2);
    try (Admin admin = Admin.create(configuration)) {
      Set<String> existing = admin.listTopics().names().get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
      List<NewTopic> missing =
          topics.all().stream()
              .filter(topic -> !existing.contains(topic.name()))
              .map(topic -> newTopic(topic, partitions))
              .toList();
      for (var creation : admin.createTopics(missing).values().entrySet()) {
        awaitCreation(creation.getKey(), creation.getValue());
      }
    } catch (ExecutionException e) {
      throw new MigrationException("Kafka at " + bootstrap + " failed: " + e.getMessage(), e);
    } catch (KafkaException e) {
      throw new MigrationException(
          "Kafka cannot be reached at " + bootstrap + ": " + e.getMessage(), e);
    } catch (TimeoutException e) {
      throw new MigrationException("Kafka at " + bootstrap + " did not answer in time", e);
    }
  }

  private static NewTopic newTopic(Topic<String, ?> topic, int partitions) {
    return new NewTopic(topic.name(), Optional.of(partitions), Optional.empty())
        .configs(topic.configuration());
  }

  private static void awaitCreation(String name, org.apache.kafka.common.KafkaFuture<Void> creation)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      creation.get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
      logger.info("Made topic {}", name);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }
}
