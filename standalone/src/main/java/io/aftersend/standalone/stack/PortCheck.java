package io.aftersend.standalone.stack;

import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.config.ConfigReader;
import io.aftersend.runtime.lifecycle.BindFailure;
import io.aftersend.runtime.lifecycle.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

/// The look at all ports before anything is started, so that one that is taken is told at once.
final class PortCheck {
  private PortCheck() {}

  /// Looks at every port that is not to be any free one.
  ///
  /// @throws StartupException when a port is taken that a part will need
  static void require(StackConfig config) {
    Map<String, String> values = config.values();
    require(values, ConfigKey.EDGE_HOST, ConfigKey.EDGE_PORT);
    requireIfGiven(values, ConfigKey.EDGE_HOST, ConfigKey.EDGE_TLS_PORT);
    require(values, ConfigKey.EDGE_ADMIN_HOST, ConfigKey.EDGE_ADMIN_PORT);
    require(values, ConfigKey.PROCESSOR_ADMIN_HOST, ConfigKey.PROCESSOR_ADMIN_PORT);
    require(values, ConfigKey.API_HOST, ConfigKey.API_PORT);
    if (config.bootstrap() == null) {
      require(values, ConfigKey.KAFKA_HOST, ConfigKey.KAFKA_PORT);
    }
    if (config.clickHouseUrl() == null) {
      require(values, ConfigKey.CLICKHOUSE_HOST, ConfigKey.CLICKHOUSE_PORT);
    }
  }

  private static void requireIfGiven(
      Map<String, String> values, ConfigKey hostKey, ConfigKey portKey) {
    if (ConfigReader.of(values).portOrNull(portKey) != null) {
      require(values, hostKey, portKey);
    }
  }

  /// Looks at one port, unless it is to be any free one.
  ///
  /// @throws StartupException when it is taken
  static void require(Map<String, String> values, ConfigKey hostKey, ConfigKey portKey) {
    ConfigReader reader = ConfigReader.of(values);
    String host = reader.text(hostKey);
    int port = reader.port(portKey);
    reader.throwIfInvalid();
    if (port != 0) {
      try (ServerSocket probe = new ServerSocket()) {
        probe.setReuseAddress(true);
        probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      } catch (IOException e) {
        throw BindFailure.explain(host, port, portKey.key(), e);
      }
    }
  }
}
