package io.aftersend.schemas.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/// A Kafka cluster, and how its clients present themselves: its addresses, and the settings that
/// every kind of client knows, such as those of TLS and SASL. Immutable.
///
/// @param bootstrap `host:port,…` of the brokers
/// @param client settings by Kafka's own names, such as `security.protocol`
public record KafkaCluster(String bootstrap, Map<String, String> client) {
  /// What a service decides by itself.
  private static final Set<String> OURS =
      Set.of(
          CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
          CommonClientConfigs.CLIENT_ID_CONFIG,
          CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
          CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG);

  private static final Set<String> ALLOWED = allowed();

  public KafkaCluster {
    client = Map.copyOf(client);
  }

  /// A cluster that asks nobody to sign in.
  public static KafkaCluster at(String bootstrap) {
    return new KafkaCluster(bootstrap, Map.of());
  }

  private static Set<String> allowed() {
    Set<String> names = new TreeSet<>(AdminClientConfig.configNames());
    names.retainAll(ProducerConfig.configNames());
    names.retainAll(ConsumerConfig.configNames());
    names.removeAll(OURS);
    return names;
  }

  /// What is wrong with a setting of a client, without its value; null when nothing is.
  ///
  /// @param name Kafka's own
  public static @Nullable String problem(String name, String value) {
    if (OURS.contains(name)) {
      return "expected no " + name + ", which the services decide themselves";
    }
    if (!ALLOWED.contains(name)) {
      return "expected a setting of every Kafka client, such as security.protocol, got " + name;
    }
    boolean isWrong =
        AdminClientConfig.configDef().validate(Map.of(name, value)).stream()
            .anyMatch(checked -> checked.name().equals(name) && !checked.errorMessages().isEmpty());
    return isWrong ? "expected a value that Kafka takes for " + name : null;
  }

  /// What a client is made with, beside what it is for: a new map that the caller may add to.
  public Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    return settings;
  }

  /// Without the values of settings, which may be passwords.
  @Override
  public String toString() {
    return client.isEmpty() ? bootstrap : bootstrap + " with " + new TreeMap<>(client).keySet();
  }
}
