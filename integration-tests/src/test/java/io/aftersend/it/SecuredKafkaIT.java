package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All services over a Kafka that asks who comes.
class SecuredKafkaIT {
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private static SecuredKafka kafka;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    kafka = SecuredKafka.startIn(directory);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  /// The edge's producer, Kafka Streams and the sink bring the events, the API's producer the name,
  /// its consumers the feed and the webhook.
  @Test
  void everyClientSignsIn(@TempDir Path directory) {
    try (AftersendProcess up = start(directory, kafka.settings())) {
      Client client = Client.of(up.ready());
      client.post(
          List.of(
              Map.of("type", "sent", "campaign", "secured", "message", "m1", "event_id", "s1"),
              Map.of("type", "sent", "campaign", "secured", "message", "m2", "event_id", "s2")));

      Await.untilAsserted(
          DEADLINE,
          () ->
              assertThat(client.campaign("secured").at("/counts/sent/unique").asInt())
                  .isEqualTo(2));
      assertThat(client.putCampaign("secured", "{\"name\": \"Sealed\"}").statusCode())
          .isEqualTo(200);
      JsonNode events = client.getJson("/events?campaign=secured");
      assertThat(events.path("events")).hasSize(2);
      assertThat(client.getJson("/webhooks").path("webhooks")).isEmpty();
      assertThat(up.outputText()).doesNotContain("secret-of-the-test");
    }
  }

  @Test
  void whoIsRefusedIsTold(@TempDir Path directory) {
    AftersendProcess up = start(directory, kafka.settings("wrong"));

    assertThat(up.awaitEnd()).isNotZero();
    assertThat(up.outputText())
        .contains("Authentication failed")
        .contains("127.0.0.1:")
        .doesNotContain("password=");
  }

  private static AftersendProcess start(Path directory, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(RunningUp.settings(directory));
    settings.putAll(more);
    return AftersendProcess.start(directory, settings, "up");
  }
}
