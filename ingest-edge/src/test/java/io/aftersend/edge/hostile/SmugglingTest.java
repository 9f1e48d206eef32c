package io.aftersend.edge.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.RawClient;
import io.aftersend.edge.RunningEdge;
import io.aftersend.links.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One request hidden behind or within another. Behind each shape stands a hit that is not to be
/// served.
class SmugglingTest {
  private static RunningEdge edge;
  private static String key;
  private static String pixel;
  private static String behind;

  @BeforeAll
  static void start() {
    edge = RunningEdge.start();
    key = edge.tenants.ingestKey.text();
    pixel = "/o/" + edge.tenants.token(Endpoint.OPEN) + ".gif";
    behind = "GET " + pixel + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  static List<Shape> smugglingShapes() {
    return SmugglingShapes.all(key);
  }

  static List<Refusal> refusals() {
    return Refusal.all(key);
  }

  static List<LookAlike> lookAlikes() {
    return LookAlike.all(key, pixel);
  }

  @ParameterizedTest
  @MethodSource("smugglingShapes")
  void refusesWith400AndServesNothingBehind(Shape shape) throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(shape.bytes() + behind);
      assertIsLastAnswer(client, 400);
    }
  }

  @ParameterizedTest
  @MethodSource("smugglingShapes")
  void refusesTheSameWhenEveryByteArrivesAlone(Shape shape) throws Exception {
    try (RawClient client = edge.connect()) {
      sendByteByByte(client, shape.bytes() + behind);
      assertIsLastAnswer(client, 400);
    }
  }

  @Test
  void recordsNothingBehindAnyShape() throws Exception {
    try (RunningEdge fresh = RunningEdge.start()) {
      String recordedOpens = "hits_total{endpoint=\"open\",outcome=\"recorded\"}";
      for (Shape shape : smugglingShapes()) {
        try (RawClient client = fresh.connect()) {
          assertIsLastAnswer(client.send(shape.bytes() + behind), 400);
        }
      }
      assertThat(MetricsPage.of(fresh).value(recordedOpens)).isZero();
      try (RawClient client = fresh.connect()) {
        assertThat(client.send(behind).answer().status()).isEqualTo(200);
      }
      assertThat(MetricsPage.of(fresh).value(recordedOpens)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWithTheStatusOfTheLimitAndServesNothingBehind(Refusal refusal) throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(refusal.bytes() + behind);
      assertIsLastAnswer(client, refusal.status());
    }
  }

  @ParameterizedTest
  @MethodSource("lookAlikes")
  void servesAWellFormedLookAlikeByItsOneReading(LookAlike lookAlike) throws Exception {
    String last = "GET /none HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    List<Integer> expected = new ArrayList<>(lookAlike.statuses());
    expected.add(404);
    try (RawClient client = edge.connect()) {
      client.send(lookAlike.bytes() + last);
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < expected.size(); i++) {
        statuses.add(client.answer().status());
      }
      assertThat(statuses).isEqualTo(expected);
      assertThat(client.isEnded()).isTrue();
    }
  }

  private static void assertIsLastAnswer(RawClient client, int status) throws IOException {
    RawClient.Answer answer = client.answer();
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Connection")).isEqualTo("close");
    assertThat(client.isEnded()).isTrue();
  }

  private static void sendByteByByte(RawClient client, String text) {
    try {
      for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
        client.send(new byte[] {b});
      }
    } catch (IOException e) {
      // The edge may close while the rest is still on its way; what it said before is read all the
      // same.
    }
  }
}
