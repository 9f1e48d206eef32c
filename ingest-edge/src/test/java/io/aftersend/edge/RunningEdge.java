package io.aftersend.edge;

import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.topic.Topics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A whole edge on free ports of this machine, in front of a Kafka client that keeps its records.
public final class RunningEdge implements AutoCloseable {
  public static final Instant NOW = Instant.parse("2026-11-22T10:20:30.456Z");

  private static final String TOPIC = "email-events";

  public final TestTenants tenants = new TestTenants(7);
  public final MockProducer<byte[], byte[]> kafka;
  public final EdgeService service;
  private final Path directory;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningEdge(
      Map<String, String> further,
      MockProducer<byte[], byte[]> kafka,
      Supplier<Producer<byte[], byte[]>> producers) {
    this.kafka = kafka;
    this.directory = temporaryDirectory();
    Map<String, String> values = new HashMap<>();
    values.put("AFTERSEND_EDGE_PORT", "0");
    values.put("AFTERSEND_EDGE_ADMIN_PORT", "0");
    values.put("AFTERSEND_EDGE_EVENT_LOOPS", "2");
    values.put("AFTERSEND_EDGE_DRAIN_TIMEOUT", "2s");
    values.put("AFTERSEND_KAFKA_BOOTSTRAP", "127.0.0.1:1");
    values.put("AFTERSEND_DATA_DIR", directory.toString());
    values.put("AFTERSEND_EDGE_JOURNAL_BUDGET", "64MiB");
    values.putAll(further);
    service =
        EdgeService.start(
            EdgeConfig.from(values),
            () -> tenants.tenants,
            new PrometheusRegistry(),
            producers,
            "this boot",
            InstantSource.fixed(NOW),
            new Random(1));
  }

  /// An edge whose Kafka acknowledges at once.
  public static RunningEdge start() {
    return start(Map.of());
  }

  public static RunningEdge start(Map<String, String> further) {
    MockProducer<byte[], byte[]> kafka = producer(true);
    return new RunningEdge(further, kafka, () -> kafka);
  }

  /// An edge whose Kafka takes events but acknowledges only when the test says so.
  public static RunningEdge startWithSilentKafka(Map<String, String> further) {
    MockProducer<byte[], byte[]> kafka = producer(false);
    return new RunningEdge(further, kafka, () -> kafka);
  }

  /// An edge that cannot even make a Kafka client.
  public static RunningEdge startWithoutKafka(Map<String, String> further) {
    return new RunningEdge(
        further,
        producer(true),
        () -> {
          throw new KafkaException("no broker's name can be resolved");
        });
  }

  /// An edge that cannot make a Kafka client before `isThere`.
  public static RunningEdge startWithLateKafka(
      Map<String, String> further, BooleanSupplier isThere) {
    MockProducer<byte[], byte[]> kafka = producer(true);
    return new RunningEdge(
        further,
        kafka,
        () -> {
          if (!isThere.getAsBoolean()) {
            throw new KafkaException("no broker's name can be resolved yet");
          }
          return kafka;
        });
  }

  private static MockProducer<byte[], byte[]> producer(boolean acknowledges) {
    return new MockProducer<>(
        acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  public int port() {
    return service.url().getPort();
  }

  public RawClient connect() throws IOException {
    return new RawClient(port());
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  public HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  /// Posts events with the right key.
  public HttpResponse<String> postEvents(String body) throws IOException, InterruptedException {
    return post(
        "/v1/events",
        body,
        "Content-Type",
        "application/json",
        "Authorization",
        "Bearer " + tenants.ingestKey.text());
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(service.url() + path)).timeout(Duration.ofSeconds(30));
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  public String metrics() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(service.adminUrl().resolve("/metrics")).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /// The records of events that Kafka has got.
  public List<ProducerRecord<byte[], byte[]>> records() {
    return kafka.history().stream().filter(record -> record.topic().equals(TOPIC)).toList();
  }

  /// The first `count` events in Kafka, once they are there.
  public List<EmailEvent> events(int count) throws InterruptedException {
    await(() -> records().size() >= count);
    var serde = Topics.withPrefix("").emailEvents().valueSerde().deserializer();
    return records().stream()
        .map(ProducerRecord::value)
        .map(bytes -> serde.deserialize(TOPIC, bytes))
        .toList();
  }

  /// The only event in Kafka, once it is there.
  public EmailEvent event() throws InterruptedException {
    List<EmailEvent> events = events(1);
    if (events.size() != 1) {
      throw new AssertionError("expected one event, got " + events);
    }
    return events.getFirst();
  }

  /// Waits for a condition, at most a minute.
  public static void await(BooleanSupplier condition) throws InterruptedException {
    long deadlineNs = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadlineNs > 0) {
        throw new AssertionError("the awaited condition did not come");
      }
      Thread.sleep(2);
    }
  }

  @Override
  public void close() {
    service.close();
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(RunningEdge::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("edge");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
