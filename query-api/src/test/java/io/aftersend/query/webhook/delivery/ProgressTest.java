package io.aftersend.query.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.query.webhook.store.WebhookKey;
import io.aftersend.schemas.webhook.WebhookPosition;
import io.aftersend.schemas.webhook.WebhookProgress;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final WebhookKey KEY = new WebhookKey("acme", "wh_1");
  private static final TopicPartition FIRST = new TopicPartition("t", 0);
  private static final TopicPartition OTHER = new TopicPartition("t", 1);
  private static final Instant NOW = Instant.parse("2026-06-01T10:00:00Z");

  private final Progress progress =
      new Progress(
          KEY,
          WebhookProgress.newBuilder()
              .setTenant("acme")
              .setWebhook("wh_1")
              .setPositions(List.of(new WebhookPosition("t", 0, 10L)))
              .setDelivered(7)
              .setWrittenAt(NOW)
              .build());

  @Test
  void staysAtTheFirstRecordThatIsNotDealtWith() {
    Delivery ten = took(10);
    progress.passed(FIRST, 11);
    Delivery twelve = took(12);
    assertThat(progress.position(FIRST)).isEqualTo(10);

    progress.delivered(twelve, NOW);
    assertThat(progress.position(FIRST)).isEqualTo(10);

    progress.gaveUp(ten);
    assertThat(progress.position(FIRST)).isEqualTo(13);
    assertThat(progress.position(OTHER)).isNull();
  }

  @Test
  void goesOnFromItsOwnRecord() {
    took(10);
    Delivery eleven = took(11);
    progress.delivered(eleven, NOW);
    progress.failed("HTTP 503", NOW, NOW.plusSeconds(4));

    WebhookProgress record = progress.record(NOW);

    assertThat(record.getPositions()).containsExactly(new WebhookPosition("t", 0, 10L));
    assertThat(record.getDelivered()).isEqualTo(8);
    assertThat(record.getAttempts()).isEqualTo(1);
    assertThat(record.getLastError()).isEqualTo("HTTP 503");
    assertThat(record.getNextAttempt()).isEqualTo(NOW.plusSeconds(4));
    assertThat(record.getBehindSince()).isEqualTo(NOW.minusSeconds(10));
    assertThat(new Progress(KEY, record).position(FIRST)).isEqualTo(10);
  }

  @Test
  void countsWhatKafkaNoLongerHas() {
    progress.beginsAt(FIRST, 25);

    assertThat(progress.record(NOW).getMissed()).isEqualTo(15);
    assertThat(progress.position(FIRST)).isEqualTo(25);

    progress.beginsAt(FIRST, 5);
    assertThat(progress.record(NOW).getMissed()).isEqualTo(15);
    assertThat(progress.position(FIRST)).isEqualTo(5);
  }

  @Test
  void isNotBehindWhenNothingWaits() {
    Delivery ten = took(10);
    progress.failed("HTTP 503", NOW, NOW.plusSeconds(4));
    progress.delivered(ten, NOW);

    WebhookProgress record = progress.record(NOW);

    assertThat(record.getBehindSince()).isNull();
    assertThat(record.getNextAttempt()).isNull();
    assertThat(record.getAttempts()).isZero();
    assertThat(record.getLastSuccess()).isEqualTo(NOW);
    assertThat(record.getLastFailure()).isEqualTo(NOW);
  }

  private Delivery took(long offset) {
    Delivery delivery =
        new Delivery(
            "msg_" + offset,
            "event.clicked",
            "acme|m:m1",
            FIRST,
            offset,
            NOW.minusSeconds(offset),
            null,
            null,
            null,
            new byte[0]);
    progress.took(delivery);
    return delivery;
  }
}
