package io.aftersend.schemas.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaClusterTest {
  @ParameterizedTest
  @CsvSource({
    "security.protocol, SASL_SSL",
    "sasl.mechanism, SCRAM-SHA-512",
    "sasl.jaas.config, anything",
    "ssl.truststore.location, /ca.pem",
    "ssl.endpoint.identification.algorithm, ''",
  })
  void takesWhatEveryClientKnows(String name, String value) {
    assertThat(KafkaCluster.problem(name, value)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "security.protocol, PLAIN, a value that Kafka takes for security.protocol",
    "security.protocoll, SSL, a setting of every Kafka client",
    "acks, 0, a setting of every Kafka client",
    "isolation.level, read_uncommitted, a setting of every Kafka client",
    "bootstrap.servers, 'a:1', no bootstrap.servers",
    "request.timeout.ms, 1, no request.timeout.ms",
  })
  void saysWhatIsWrong(String name, String value, String expected) {
    assertThat(KafkaCluster.problem(name, value)).startsWith("expected " + expected);
  }

  @Test
  void handsAllToAClientButKeepsThemToItself() {
    KafkaCluster cluster = new KafkaCluster("a:1", Map.of("sasl.jaas.config", "hush"));

    assertThat(cluster.settings())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("bootstrap.servers", "a:1", "sasl.jaas.config", "hush"));
    assertThat(cluster).hasToString("a:1 with [sasl.jaas.config]");
  }
}
