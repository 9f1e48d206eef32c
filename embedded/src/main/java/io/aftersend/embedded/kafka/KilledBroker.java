package io.aftersend.embedded.kafka;

import io.aftersend.embedded.EmbeddedStartException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the controller know that a killed broker is gone, before the broker starts again.
///
/// Otherwise the new broker finds itself the leader of everything in the cluster's metadata, and
/// begins to lead, until the old session ends and takes all leadership away for a moment. A
/// transaction that is completed in that moment gets no markers: Kafka 4.3 takes partitions without
/// a leader for deleted ones (KAFKA-20734). It then stays open for ever, and with it readers of
/// committed records and the offsets that were committed in it.
final class KilledBroker {
  private static final Logger LOG = LoggerFactory.getLogger(KilledBroker.class);

  /// Kafka leaves this file in its directory when it stops, and removes it when it starts.
  private static final String STOPPED_CLEANLY = ".kafka_cleanshutdown";

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

  /// The number of brokers without a session, among those of the cluster.
  private static final ObjectName FENCED =
      nameOf("kafka.controller:type=KafkaController,name=FencedBrokerCount");

  private KilledBroker() {}

  /// Whether a broker began to use the directory and did not stop.
  static boolean isIn(Path logDirectory) {
    return Files.exists(logDirectory.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))
        && !Files.exists(logDirectory.resolve(STOPPED_CLEANLY));
  }

  /// Runs the controller alone until it has ended the broker's session.
  ///
  /// @throws EmbeddedStartException when the controller does not start on the data
  static void endSession(Path logDirectory, int controllerPort) throws EmbeddedStartException {
    Properties properties = BrokerProperties.ofController(logDirectory, controllerPort);
    KafkaRaftServer controller = null;
    try {
      controller = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
      controller.startup();
      awaitFenced();
    } catch (Throwable e) {
      throw new EmbeddedStartException(
          "Kafka's controller did not start on " + logDirectory + ": " + e.getMessage(), e);
    } finally {
      if (controller != null) {
        controller.shutdown();
        controller.awaitShutdown();
      }
    }
  }

  private static void awaitFenced() throws JMException {
    long startNs = System.nanoTime();
    while (System.nanoTime() - startNs < LONGEST_WAIT.toNanos()) {
      if (hasFenced()) {
        return;
      }
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
    }
    LOG.warn("The controller did not end the old broker's session within {}", LONGEST_WAIT);
  }

  private static boolean hasFenced() throws JMException {
    MBeanServer metrics = ManagementFactory.getPlatformMBeanServer();
    return metrics.isRegistered(FENCED) && !metrics.getAttribute(FENCED, "Value").equals(0);
  }

  private static ObjectName nameOf(String metric) {
    try {
      return new ObjectName(metric);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException("expected the name of a metric, got " + metric, e);
    }
  }
}
