package io.aftersend.standalone.stack;

import io.aftersend.edge.EdgeConfig;
import io.aftersend.processor.ProcessorConfig;
import io.aftersend.query.ApiConfig;
import io.aftersend.runtime.config.ConfigException;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.lifecycle.StartupException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The configuration of everything on one machine.
///
/// @param values all of it, by whole key
/// @param embedded how Kafka and ClickHouse are run where no others are named
/// @param bootstrap an own Kafka; null: the embedded one
/// @param clickHouseUrl an own ClickHouse; null: the embedded one
record StackConfig(
    Map<String, String> values,
    EmbeddedConfig embedded,
    @Nullable String bootstrap,
    @Nullable String clickHouseUrl) {

  /// Reads and checks the values of all services before anything is started.
  ///
  /// @throws StartupException with all problems of all services, one a line
  static StackConfig from(Map<String, String> values) {
    // The addresses are known later; a service alone would miss them.
    Map<String, String> complete = new HashMap<>(values);
    complete.putIfAbsent(ConfigKey.KAFKA_BOOTSTRAP.key(), "127.0.0.1:1");
    complete.putIfAbsent(ConfigKey.CLICKHOUSE_URL.key(), "http://127.0.0.1:1");
    Set<String> problems = new LinkedHashSet<>();
    List<Consumer<Map<String, String>>> readers =
        List.of(EmbeddedConfig::from, EdgeConfig::from, ProcessorConfig::from, ApiConfig::from);
    for (Consumer<Map<String, String>> reader : readers) {
      try {
        reader.accept(complete);
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      }
    }
    String bootstrap = given(values, ConfigKey.KAFKA_BOOTSTRAP);
    if (bootstrap == null && hasClientSettings(values)) {
      problems.add(
          ConfigKey.KAFKA_CLIENT.key()
              + ": expected "
              + ConfigKey.KAFKA_BOOTSTRAP.key()
              + " beside it: the embedded Kafka takes no such settings");
    }
    if (!problems.isEmpty()) {
      throw new StartupException(String.join("\n", problems));
    }
    return new StackConfig(
        Map.copyOf(values),
        EmbeddedConfig.from(values),
        bootstrap,
        given(values, ConfigKey.CLICKHOUSE_URL));
  }

  private static boolean hasClientSettings(Map<String, String> values) {
    return values.keySet().stream()
        .anyMatch(key -> key.startsWith(ConfigKey.KAFKA_CLIENT.key() + "_"));
  }

  private static @Nullable String given(Map<String, String> values, ConfigKey key) {
    String value = values.get(key.key());
    return value == null || value.isEmpty() ? null : value;
  }

  /// The values for the services, once the addresses are known.
  Map<String, String> valuesWith(String kafkaBootstrap, String clickHouse) {
    Map<String, String> complete = new HashMap<>(values);
    complete.put(ConfigKey.KAFKA_BOOTSTRAP.key(), kafkaBootstrap);
    complete.put(ConfigKey.CLICKHOUSE_URL.key(), clickHouse);
    return Map.copyOf(complete);
  }
}
