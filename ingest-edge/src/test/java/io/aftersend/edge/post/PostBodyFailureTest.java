package io.aftersend.edge.post;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.RawClient;
import io.aftersend.edge.RunningEdge;
import io.aftersend.edge.TestTenants;
import io.aftersend.edge.append.LaneAppender;
import io.aftersend.edge.http.HttpConfig;
import io.aftersend.edge.http.HttpLimits;
import io.aftersend.edge.http.HttpServer;
import io.aftersend.edge.journal.AppendOutcome;
import io.aftersend.edge.journal.Durability;
import io.aftersend.edge.journal.LaneWriter;
import io.aftersend.edge.metrics.EdgeMetrics;
import io.aftersend.edge.network.NetworkTable;
import io.aftersend.schemas.topic.Topics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// The way of a body when a part behind it fails by a defect.
class PostBodyFailureTest {
  private static final HttpLimits LIMITS =
      new HttpLimits(
          4_096, 4_096, 10, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30));
  private static final String BODY = "[{\"type\":\"sent\"}]";

  private final TestTenants tenants = new TestTenants(7);
  private final BodyBudget budget = new BodyBudget(1_000);
  private final EdgeMetrics metrics = new EdgeMetrics(new PrometheusRegistry());
  private final InstantSource clock = InstantSource.fixed(Instant.EPOCH);

  /// A lane that fails after it has told the sender, or before.
  private record DefectiveLane(boolean settlesFirst) implements LaneWriter {
    @Override
    public String journal() {
      return "0123456789abcdef";
    }

    @Override
    public int lane() {
      return 0;
    }

    @Override
    public long nextSequence() {
      return 1;
    }

    @Override
    public AppendOutcome append(
        byte[] record, int offset, int keyLength, int valueLength, long timestampMs) {
      return AppendOutcome.KEPT;
    }

    @Override
    public boolean isDurableBeforeAnswer() {
      return false;
    }

    @Override
    public void awaitDurable(Durability durability) {
      if (settlesFirst) {
        durability.settle(false);
      }
      throw new IllegalStateException("a defect");
    }

    @Override
    public boolean reserve(int[] bodyLengths, Duration timeout) {
      return true;
    }
  }

  private int statusOfPost(Supplier<NetworkTable> networks, LaneWriter lane) throws Exception {
    PostWorkers workers =
        new PostWorkers(
            1, 4, n -> new LaneAppender(lane, Topics.withPrefix("").emailEvents(), Duration.ZERO));
    PostParts parts =
        new PostParts(
            new PostParts.PostLimits(1_000, 10, Duration.ofSeconds(10)),
            () -> tenants.tenants,
            networks,
            workers,
            budget,
            metrics,
            clock);
    PostHandler handler = new PostHandler(parts);
    HttpConfig config = new HttpConfig("127.0.0.1", 0, 1, LIMITS);
    try (HttpServer server = HttpServer.start(config, metrics, clock, loop -> handler::onRequest);
        RawClient client = new RawClient(server.port())) {
      client.send(
          "POST /v1/events HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
              + ("Content-Length: " + BODY.length() + "\r\nAuthorization: Bearer ")
              + (tenants.ingestKey.text() + "\r\n\r\n" + BODY));
      return client.answer().status();
    } finally {
      workers.close();
    }
  }

  @Test
  void answersAndGivesBackItsMemoryAfterAnErrorWhileItIsRead() throws Exception {
    Supplier<NetworkTable> broken =
        () -> {
          throw new StackOverflowError("a defect");
        };
    assertThat(statusOfPost(broken, new DefectiveLane(false))).isEqualTo(500);
    RunningEdge.await(() -> budget.usedBytes() == 0);
  }

  @Test
  void answersAndGivesBackItsMemoryWhenItsEventsCannotBeHandedOn() throws Exception {
    assertThat(statusOfPost(NetworkTable::builtIn, new DefectiveLane(false))).isEqualTo(500);
    RunningEdge.await(() -> budget.usedBytes() == 0);
  }

  @Test
  void givesItsMemoryBackOnceWhenADefectFollowsTheSettlement() throws Exception {
    assertThat(budget.tryTake(100)).isTrue();
    assertThat(statusOfPost(NetworkTable::builtIn, new DefectiveLane(true))).isEqualTo(503);
    assertThat(budget.usedBytes()).isEqualTo(100);
  }
}
