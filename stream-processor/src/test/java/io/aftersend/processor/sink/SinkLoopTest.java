package io.aftersend.processor.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.schemas.accounting.LaneAccounting;
import io.aftersend.schemas.campaign.CampaignSettings;
import io.aftersend.schemas.deadletter.DeadLetter;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.metric.CampaignMetrics;
import io.aftersend.schemas.topic.Topic;
import io.aftersend.schemas.topic.Topics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SinkLoopTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final int BATCH_ROWS = 100;

  private final Topics topics = Topics.withPrefix("");
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final FakeInserter inserter = new FakeInserter();
  private final AtomicReference<@Nullable String> problem = new AtomicReference<>();
  private final AtomicBoolean isStopping = new AtomicBoolean();
  private final Map<String, Long> offsets = new HashMap<>();
  private SinkLoop loop;

  @BeforeEach
  void start() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    SinkMetrics metrics = new SinkMetrics(new PrometheusRegistry());
    DeadLetterWriter deadLetters =
        new DeadLetterWriter(producer, topics.deadLetters(), metrics, clock);
    List<SinkTable> tables =
        Stream.of(SinkPart.values()).flatMap(part -> part.tables(topics).stream()).toList();
    loop =
        new SinkLoop(
            consumer,
            new SinkBatch(tables, deadLetters, metrics),
            new BatchWriter(inserter, deadLetters, metrics),
            new SinkPart.Batching("all", BATCH_ROWS, Duration.ofMillis(300)),
            metrics,
            clock,
            problem,
            isStopping);
    loop.subscribe(tables.stream().map(SinkTable::topicName).toList());
    assign(partitions());
  }

  @Test
  void insertsFirstAndCommitsThen() throws InterruptedException {
    add(topics.judgedEvents(), "k", event("e1"));
    add(topics.judgedEvents(), "k", event("e2"));
    loop.step();
    assertThat(inserter.column("event_log", "event_id")).containsExactly("e1", "e2");
    assertThat(committed(topics.judgedEvents())).isEqualTo(2);
  }

  @Test
  void commitsNothingWhileTheServerIsDownAndThenEverythingOnce() throws InterruptedException {
    add(topics.judgedEvents(), "k", event("e1"));
    List<@Nullable Long> committedWhileDown = new ArrayList<>();
    inserter.failNext(2, () -> committedWhileDown.add(committed(topics.judgedEvents())));
    loop.step();
    assertThat(committedWhileDown).containsExactly(null, null);
    assertThat(inserter.column("event_log", "event_id")).containsExactly("e1");
    assertThat(committed(topics.judgedEvents())).isEqualTo(1);
    assertThat(problem.get()).isNull();
    assertThat(consumer.paused()).isEmpty();
  }

  @Test
  void saysWhatIsWrongWhileTheServerIsDown() throws InterruptedException {
    add(topics.judgedEvents(), "k", event("e1"));
    List<@Nullable String> problems = new ArrayList<>();
    inserter.failNext(2, () -> problems.add(problem.get()));
    loop.step();
    assertThat(problems).containsExactly(null, "down");
  }

  @Test
  void stopsWhileTheServerIsDownWithoutCommitting() throws InterruptedException {
    add(topics.judgedEvents(), "k", event("e1"));
    inserter.failNext(1, () -> isStopping.set(true));
    loop.step();
    assertThat(committed(topics.judgedEvents())).isNull();
  }

  @Test
  void setsARefusedRowAsideAndInsertsAllOthers() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      add(topics.judgedEvents(), "k", event("e" + i));
    }
    inserter.refuse(row -> "e6".equals(String.valueOf(row.get("event_id"))));
    loop.step();
    assertThat(inserter.column("event_log", "event_id")).hasSize(9).doesNotContain("e6");
    assertThat(committed(topics.judgedEvents())).isEqualTo(10);
    DeadLetter letter = onlyLetter();
    assertThat(letter.getReason()).isEqualTo("refused_by_clickhouse");
    assertThat(letter.getSource()).isEqualTo("email-events-judged");
    assertThat(letter.getOffset()).isEqualTo(6);
  }

  @Test
  void setsBytesThatAreNoRecordAside() throws InterruptedException {
    add(topics.judgedEvents(), "k", "garbage".getBytes(StandardCharsets.UTF_8));
    add(topics.judgedEvents(), "k", event("e1"));
    loop.step();
    assertThat(onlyLetter().getReason()).isEqualTo("undecodable");
    assertThat(inserter.column("event_log", "event_id")).containsExactly("e1");
    assertThat(committed(topics.judgedEvents())).isEqualTo(2);
  }

  @Test
  void commitsBehindRecordsThatGiveNoRow() throws InterruptedException {
    add(topics.judgedEvents(), "k", "garbage".getBytes(StandardCharsets.UTF_8));
    loop.step();
    assertThat(onlyLetter().getReason()).isEqualTo("undecodable");
    assertThat(committed(topics.judgedEvents())).isEqualTo(1);
  }

  @Test
  void setsARecordWithABrokenBodyAside() throws InterruptedException {
    byte[] whole = topics.judgedEvents().valueSerde().serializer().serialize("", event("broken"));
    add(topics.judgedEvents(), "k", event("e1"));
    add(topics.judgedEvents(), "k", Arrays.copyOf(whole, whole.length - 9));
    add(topics.judgedEvents(), "k", event("e2"));
    loop.step();
    assertThat(onlyLetter().getReason()).isEqualTo("undecodable");
    assertThat(inserter.column("event_log", "event_id")).containsExactly("e1", "e2");
  }

  @Test
  void insertsOnlyTheLastVersionOfAKeyOfACompactedTopic() throws InterruptedException {
    add(topics.campaignMetrics(), "a", metrics("a", 1));
    add(topics.campaignMetrics(), "b", metrics("b", 1));
    add(topics.campaignMetrics(), "a", metrics("a", 2));
    loop.step();
    assertThat(inserter.column("campaign_metrics", "campaign")).containsExactly("a", "b");
    assertThat(inserter.column("campaign_metrics", "version")).containsExactly("2", "1");
  }

  @Test
  void insertsEveryEventOfAKey() throws InterruptedException {
    add(topics.judgedEvents(), "same", event("e1"));
    add(topics.judgedEvents(), "same", event("e2"));
    loop.step();
    assertThat(inserter.insertSizes()).containsExactly(2);
  }

  @Test
  void fillsEachTableFromItsTopic() throws InterruptedException {
    add(topics.judgedEvents(), "k", event("e1"));
    add(topics.campaignMetrics(), "a", metrics("a", 1));
    add(
        topics.campaigns(),
        "a",
        new CampaignSettings("acme", "a", "A", null, null, null, List.of("x"), null, "own", 1L));
    add(topics.accounting(), "edge|00|1", lane());
    loop.step();
    assertThat(inserter.column("event_log", "tenant")).containsExactly("acme");
    assertThat(inserter.column("accounting", "highest")).containsExactly("17");
    assertThat(inserter.column("campaign_metrics", "tenant")).containsExactly("acme");
    assertThat(inserter.column("campaigns", "labels")).containsExactly("[x]");
  }

  @Test
  void passesOverARecordWithoutValue() throws InterruptedException {
    add(topics.campaigns(), "a", (byte @Nullable []) null);
    add(topics.campaignMetrics(), "a", metrics("a", 1));
    loop.step();
    assertThat(inserter.column("campaigns", "campaign")).isEmpty();
    assertThat(committed(topics.campaigns())).isEqualTo(1);
  }

  @Test
  void leavesRowsToTheNextOwnerOfTheirPartition() throws InterruptedException {
    add(topics.judgedEvents(), "k", event("e1"));
    inserter.failNext(1, () -> consumer.schedulePollTask(() -> assign(List.of())));
    loop.step();
    assertThat(inserter.column("event_log", "event_id")).isEmpty();
    assertThat(consumer.committed(Set.copyOf(partitions()))).isEmpty();
  }

  private static LaneAccounting lane() {
    return LaneAccounting.newBuilder()
        .setStage("edge")
        .setJournal("00f1e2d3c4b5a697")
        .setLane(1)
        .setTime(NOW)
        .setHighest(17)
        .setDropped(Map.of("disk_full", 2L))
        .setResent(0)
        .setVersion(1)
        .build();
  }

  private List<TopicPartition> partitions() {
    return topics.all().stream().map(topic -> new TopicPartition(topic.name(), 0)).toList();
  }

  private void assign(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> beginnings = new HashMap<>();
    partitions().forEach(partition -> beginnings.put(partition, 0L));
    consumer.updateBeginningOffsets(beginnings);
    consumer.rebalance(partitions);
  }

  private <V> void add(Topic<String, V> topic, String key, V value) {
    add(topic, key, topic.valueSerde().serializer().serialize(topic.name(), value));
  }

  private void add(Topic<String, ?> topic, String key, byte @Nullable [] value) {
    long offset = offsets.merge(topic.name(), 1L, Long::sum) - 1;
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    consumer.addRecord(new ConsumerRecord<>(topic.name(), 0, offset, keyBytes, value));
  }

  private @Nullable Long committed(Topic<String, ?> topic) {
    TopicPartition partition = new TopicPartition(topic.name(), 0);
    OffsetAndMetadata offset = consumer.committed(Set.of(partition)).get(partition);
    return offset == null ? null : offset.offset();
  }

  private DeadLetter onlyLetter() {
    assertThat(producer.history()).hasSize(1);
    ProducerRecord<byte[], byte[]> sent = producer.history().getFirst();
    return topics.deadLetters().valueSerde().deserializer().deserialize(sent.topic(), sent.value());
  }

  private static CampaignMetrics metrics(String campaign, long version) {
    return new CampaignMetrics(
        "acme", campaign, "", "", Map.of("opened.total", 1L), Map.of(), version);
  }

  private static JudgedEvent event(String id) {
    JudgedEvent event = new JudgedEvent();
    event.setEventId(id);
    event.setTenant("acme");
    event.setType("opened");
    event.setEventTime(NOW);
    event.setIngestTime(NOW);
    event.setSource("post");
    event.setLabels(List.of());
    event.setVerdict("human");
    event.setReasons(List.of("no_signal"));
    event.setExpiresOn(LocalDate.of(2027, 1, 1));
    return event;
  }
}
