package io.aftersend.query.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.topic.Topic;
import io.aftersend.schemas.topic.Topics;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DeliveryReaderTest {
  private final Topics topics = Topics.withPrefix("");
  private final DeliveryReader reader = new DeliveryReader(topics, Samples.webhook().build());

  @Test
  void makesADeliveryOfAnEvent() {
    Delivery delivery = reader.read(record(topics.judgedEvents(), "acme|m:m1", click()));

    assertThat(delivery).isNotNull();
    // printf 'wh_1\nevent\nacme|m:m1\ne1\n2' | sha256sum | cut -c1-32
    assertThat(delivery.id()).isEqualTo("msg_24285cc348c5330f60533fc6877cbaa7");
    assertThat(delivery.order()).isEqualTo("acme|m:m1");
    assertThat(delivery.partition()).isEqualTo(new TopicPartition("email-events-judged", 3));
    assertThat(delivery.offset()).isEqualTo(77);
    assertThat(delivery.arrivedAt()).isEqualTo(Instant.ofEpochMilli(1_000));
    assertThat(new String(delivery.body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"type\":\"event.clicked\",\"timestamp\":\"2026-06-01T10:00:00.500Z\",\"data\":{"
                + "\"event_id\":\"e1\",\"tenant\":\"acme\",\"type\":\"clicked\","
                + "\"event_time\":\"2026-06-01T10:00:00.500Z\","
                + "\"ingest_time\":\"2026-06-01T10:00:00.500Z\",\"source\":\"redirect\","
                + "\"campaign\":\"spring\",\"message\":\"m1\",\"labels\":[],\"value\":12.5,"
                + "\"test\":false,\"verdict\":\"human\",\"reasons\":[\"post\"],"
                + "\"confidence\":0.0,\"rule_version\":0,\"revision\":2,\"counted\":true}}");
  }

  @Test
  void makesADeliveryOfASignal() {
    Delivery delivery = reader.read(record(topics.signals(), "acme|s1", Samples.signal().build()));

    assertThat(delivery).isNotNull();
    // printf 'wh_1\nsignal\nacme\ns1\n0' | sha256sum | cut -c1-32
    assertThat(delivery.id()).isEqualTo("msg_9821b7de3f637c58d782ec1b83d92939");
    assertThat(new String(delivery.body(), StandardCharsets.UTF_8))
        .startsWith("{\"type\":\"signal.opened_often\",")
        .contains("\"day\":\"2026-06-01\"", "\"numerator\":5");
  }

  @Test
  void passesOverOtherTenantsAndWhatItCannotRead() {
    assertThat(
            reader.read(
                record(
                    topics.judgedEvents(),
                    "acme2|m:m1",
                    Samples.click().setTenant("acme2").build())))
        .isNull();
    assertThat(reader.read(record("email-events-judged", "acme|m:m1", new byte[] {1}))).isNull();
    assertThat(reader.read(record("signals", "acme|s1", new byte[] {1}))).isNull();
  }

  @Test
  void givesEachJudgementItsOwnIdAndARepeatTheSame() {
    String first = DeliveryId.of("wh_1", click());

    assertThat(DeliveryId.of("wh_1", click())).isEqualTo(first);
    assertThat(DeliveryId.of("wh_1", Samples.click().setRevision(3).build())).isNotEqualTo(first);
    assertThat(DeliveryId.of("wh_2", click())).isNotEqualTo(first);
    assertThat(DeliveryId.of("wh_1", Samples.click().setMessage("m2").build())).isNotEqualTo(first);
    assertThat(DeliveryId.of("wh_1", Samples.click().setTenant("b").build())).isNotEqualTo(first);
  }

  private static JudgedEvent click() {
    return Samples.click().setValue(new BigDecimal("12.500000")).build();
  }

  private <V> ConsumerRecord<byte[], byte[]> record(Topic<String, V> topic, String key, V value) {
    return record(topic.name(), key, topic.valueSerde().serializer().serialize("", value));
  }

  private static ConsumerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
    return new ConsumerRecord<>(
        topic,
        3,
        77,
        1_000,
        TimestampType.CREATE_TIME,
        key.length(),
        value.length,
        key.getBytes(StandardCharsets.UTF_8),
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
