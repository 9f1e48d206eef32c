package io.aftersend.embedded.kafka;

import java.nio.file.Path;
import java.util.Properties;

/// The configuration of one broker that is its own controller and has no peers.
final class BrokerProperties {
  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  private static final String CLIENT_LISTENER = "CLIENTS";

  /// Few, because each costs files and start-up time and one node gains nothing from more.
  private static final String INTERNAL_PARTITIONS = "4";

  /// Streams' members ask for six to ten seconds; the broker only sets the lower bound.
  private static final String MIN_SESSION_TIMEOUT_MS = "1000";

  /// Longer than any commit interval of ours, short enough that a killed producer does not hold up
  /// readers of committed records for a quarter of an hour, which is Kafka's default.
  private static final String MAX_TRANSACTION_TIMEOUT_MS = "60000";

  /// Long, so that a busy machine does not make the broker lose its partitions for a while.
  private static final String BROKER_SESSION_MS = "9000";

  /// How long the session of a broker that is known to have ended lasts.
  private static final String ENDED_SESSION_MS = "500";

  private static final String HEARTBEAT_MS = "500";

  private BrokerProperties() {}

  static Properties of(Path logDirectory, String host, int port, int controllerPort) {
    Properties it = common(logDirectory, controllerPort);
    it.setProperty("process.roles", "broker,controller");
    it.setProperty(
        "listeners",
        CLIENT_LISTENER
            + "://"
            + bracketed(host)
            + ":"
            + port
            + ","
            + CONTROLLER_LISTENER
            + "://127.0.0.1:"
            + controllerPort);
    it.setProperty("advertised.listeners", CLIENT_LISTENER + "://" + reachable(host) + ":" + port);
    it.setProperty("inter.broker.listener.name", CLIENT_LISTENER);
    it.setProperty(
        "listener.security.protocol.map",
        CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    return it;
  }

  /// Of the controller alone, to which the broker's old session is over at once.
  static Properties ofController(Path logDirectory, int controllerPort) {
    Properties it = common(logDirectory, controllerPort);
    it.setProperty("process.roles", "controller");
    it.setProperty("listeners", CONTROLLER_LISTENER + "://127.0.0.1:" + controllerPort);
    it.setProperty("listener.security.protocol.map", CONTROLLER_LISTENER + ":PLAINTEXT");
    it.setProperty("broker.heartbeat.interval.ms", "100");
    it.setProperty("broker.session.timeout.ms", ENDED_SESSION_MS);
    return it;
  }

  private static Properties common(Path logDirectory, int controllerPort) {
    Properties it = new Properties();
    it.setProperty("node.id", Integer.toString(NODE_ID));
    it.setProperty("log.dirs", logDirectory.toString());
    it.setProperty("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
    it.setProperty("controller.listener.names", CONTROLLER_LISTENER);
    addSingleNode(it);
    addTimings(it);
    return it;
  }

  private static void addSingleNode(Properties it) {
    it.setProperty("auto.create.topics.enable", "false");
    it.setProperty("num.partitions", "1");
    it.setProperty("default.replication.factor", "1");
    it.setProperty("min.insync.replicas", "1");
    it.setProperty("offsets.topic.replication.factor", "1");
    it.setProperty("offsets.topic.num.partitions", INTERNAL_PARTITIONS);
    it.setProperty("transaction.state.log.replication.factor", "1");
    it.setProperty("transaction.state.log.min.isr", "1");
    it.setProperty("transaction.state.log.num.partitions", INTERNAL_PARTITIONS);
    it.setProperty("share.coordinator.state.topic.replication.factor", "1");
    it.setProperty("share.coordinator.state.topic.min.isr", "1");
    it.setProperty("share.coordinator.state.topic.num.partitions", "1");
    it.setProperty("num.network.threads", "2");
    it.setProperty("num.io.threads", "4");
    it.setProperty("background.threads", "2");
    it.setProperty("num.replica.fetchers", "1");
    it.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
    // Kafka's own reporter publishes into the JVM's MBean server, which belongs to the host
    // program.
    it.setProperty("metric.reporters", "");
  }

  private static void addTimings(Properties it) {
    it.setProperty("group.initial.rebalance.delay.ms", "0");
    it.setProperty("group.min.session.timeout.ms", MIN_SESSION_TIMEOUT_MS);
    it.setProperty("transaction.max.timeout.ms", MAX_TRANSACTION_TIMEOUT_MS);
    it.setProperty(
        "transaction.abort.timed.out.transaction.cleanup.interval.ms", MIN_SESSION_TIMEOUT_MS);
    it.setProperty("broker.heartbeat.interval.ms", HEARTBEAT_MS);
    it.setProperty("broker.session.timeout.ms", BROKER_SESSION_MS);
    it.setProperty("log.retention.hours", "168");
    it.setProperty("log.segment.bytes", Integer.toString(128 << 20));
    it.setProperty("offsets.retention.minutes", Integer.toString(35 * 24 * 60));
    it.setProperty("initial.broker.registration.timeout.ms", "60000");
  }

  /// An address that clients on this machine can connect to; a wildcard is not one.
  private static String reachable(String host) {
    return switch (host) {
      case "0.0.0.0", "" -> "127.0.0.1";
      case "::" -> "[::1]";
      default -> bracketed(host);
    };
  }

  private static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
