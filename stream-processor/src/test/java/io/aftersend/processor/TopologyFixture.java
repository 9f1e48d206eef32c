package io.aftersend.processor;

import io.aftersend.processor.enrich.Enrichments;
import io.aftersend.processor.signal.RateLimits;
import io.aftersend.processor.state.StoreMemory;
import io.aftersend.processor.verdict.RuleFile;
import io.aftersend.processor.verdict.RuleTable;
import io.aftersend.schemas.accounting.LaneAccounting;
import io.aftersend.schemas.deadletter.DeadLetter;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventKey;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.metric.CampaignMetrics;
import io.aftersend.schemas.metric.HeatmapBucket;
import io.aftersend.schemas.metric.LinkMetrics;
import io.aftersend.schemas.metric.ListMetrics;
import io.aftersend.schemas.topic.Topic;
import io.aftersend.schemas.topic.Topics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.BusyTask;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;

/// The production topology on a test driver, and what came out of it last.
final class TopologyFixture implements AutoCloseable {
  static final Duration HORIZON = Duration.ofDays(35);
  static final int IDS_PER_MESSAGE = 100;
  static final Duration FACTS_KEPT = Duration.ofDays(400);
  static final Duration HINDSIGHT = Duration.ofDays(30);
  static final Duration FLUSH = Duration.ofMillis(500);
  static final Duration ATTRIBUTION_WINDOW = Duration.ofDays(7);
  static final int RETENTION_DAYS = 30;

  /// Days of the tenants begin at 20:00 UTC.
  static final ZoneId ZONE = ZoneId.of("Asia/Baku");

  static final RateLimits RATE_LIMITS = new RateLimits(20, new BigDecimal("0.05"), 20);

  private final Topics topics = Topics.withPrefix("");
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final StoreMemory memory = new StoreMemory(64L << 20);
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> input;
  private final BusyInput busyInput;
  private final TestInputTopic<byte[], byte[]> deadLettersInput;
  private final TestInputTopic<String, byte[]> rejudgementsInput;
  private final TestOutputTopic<String, JudgedEvent> judgedTopic;
  private final TestOutputTopic<String, CampaignMetrics> metricsTopic;
  private final TestOutputTopic<String, LinkMetrics> linksTopic;
  private final TestOutputTopic<String, HeatmapBucket> bucketsTopic;
  private final TestOutputTopic<String, ListMetrics> listsTopic;
  private final TestOutputTopic<String, LaneAccounting> accountingTopic;
  private final TestOutputTopic<String, DeadLetter> deadLettersTopic;

  private final List<JudgedEvent> judged = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final TreeMap<String, CampaignMetrics> metrics = new TreeMap<>();
  private final TreeMap<String, LinkMetrics> links = new TreeMap<>();
  private final TreeMap<String, HeatmapBucket> buckets = new TreeMap<>();
  private final Map<String, ListMetrics> lists = new TreeMap<>();
  private final List<KeyValue<String, LaneAccounting>> accounting = new ArrayList<>();

  TopologyFixture(Path stateDirectory) {
    this(stateDirectory, List.of());
  }

  /// @param rules by which events are judged
  TopologyFixture(Path stateDirectory, RuleTable rules) {
    this(stateDirectory, List.of(), rules);
  }

  /// @param placesFiles where addresses have their places from
  TopologyFixture(Path stateDirectory, List<Path> placesFiles) {
    this(stateDirectory, placesFiles, RuleFile.builtIn());
  }

  private TopologyFixture(Path stateDirectory, List<Path> placesFiles, RuleTable rules) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:0");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, FilesInMemory.class);
    settings.put(StoreMemory.KEY, memory);
    driver =
        new TopologyTestDriver(
            TestTopology.of(topics, registry, Enrichments.with(placesFiles, registry), rules),
            settings,
            EventBuilder.NOON);
    input =
        driver.createInputTopic(
            topics.emailEvents().name(), new ByteArraySerializer(), new ByteArraySerializer());
    busyInput = new BusyInput(driver, topics.emailEvents());
    deadLettersInput =
        driver.createInputTopic(
            topics.deadLetters().name(), new ByteArraySerializer(), new ByteArraySerializer());
    rejudgementsInput =
        driver.createInputTopic(
            topics.rejudgements().name(), new StringSerializer(), new ByteArraySerializer());
    judgedTopic = output(topics.judgedEvents());
    metricsTopic = output(topics.campaignMetrics());
    linksTopic = output(topics.linkMetrics());
    bucketsTopic = output(topics.heatmapBuckets());
    listsTopic = output(topics.listMetrics());
    accountingTopic = output(topics.accounting());
    deadLettersTopic = output(topics.deadLetters());
  }

  /// What comes out of a topic from now on.
  <V> TestOutputTopic<String, V> output(Topic<String, V> topic) {
    return driver.createOutputTopic(
        topic.name(), topic.keySerde().deserializer(), topic.valueSerde().deserializer());
  }

  void pipe(EventBuilder... events) {
    for (EventBuilder event : events) {
      pipe(event.build());
    }
  }

  void pipe(EmailEvent event) {
    byte[] value = topics.emailEvents().valueSerde().serializer().serialize("", event);
    pipe(EventKey.of(event), value, event.getIngestTime());
  }

  /// Many events, committed as a busy processor does: not after each of them.
  void pipeAll(List<EmailEvent> events) {
    busyInput.take(events);
  }

  void pipe(@Nullable String key, byte @Nullable [] value, Instant time) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    input.pipeInput(keyBytes, value, time);
  }

  void pipeRejudgement(@Nullable String key, byte @Nullable [] value, Instant time) {
    rejudgementsInput.pipeInput(key, value, time);
  }

  /// Goes on from where another one is, as the processor does after a restart with other rules.
  void takeStateOf(TopologyFixture other) {
    StoreCopy.copy(other.driver, driver);
    judged.addAll(other.judged);
    metrics.putAll(other.metrics);
    links.putAll(other.links);
    buckets.putAll(other.buckets);
  }

  /// Has the sink set a judged event aside.
  void refuse(JudgedEvent event) {
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setSource(topics.judgedEvents().name())
            .setPartition(0)
            .setOffset(17L)
            .setReason("refused_by_clickhouse")
            .setError("Code: 69")
            .setTime(EventBuilder.NOON)
            .setValue(
                ByteBuffer.wrap(
                    topics.judgedEvents().valueSerde().serializer().serialize("", event)))
            .build();
    pipeDeadLetter(topics.deadLetters().valueSerde().serializer().serialize("", letter));
  }

  void pipeDeadLetter(byte[] value) {
    byte[] place = "email-events-judged|0|17".getBytes(StandardCharsets.UTF_8);
    deadLettersInput.pipeInput(place, value, EventBuilder.NOON);
  }

  /// Lets the deltas flow into the sums, and these out, and reads all that came out.
  TopologyFixture settle() {
    BusyTask.advance(driver, FLUSH);
    BusyTask.advance(driver, FLUSH);
    accounting.addAll(accountingTopic.readKeyValuesToList());
    judged.addAll(judgedTopic.readValuesToList());
    deadLetters.addAll(deadLettersTopic.readValuesToList());
    for (KeyValue<String, CampaignMetrics> row : metricsTopic.readKeyValuesToList()) {
      requireNewer(metrics.put(row.key, row.value), row.value);
    }
    linksTopic.readKeyValuesToList().forEach(row -> links.put(row.key, row.value));
    bucketsTopic.readKeyValuesToList().forEach(row -> buckets.put(row.key, row.value));
    listsTopic.readKeyValuesToList().forEach(row -> lists.put(row.key, row.value));
    return this;
  }

  private static void requireNewer(@Nullable CampaignMetrics before, CampaignMetrics after) {
    if (before != null && before.getVersion() >= after.getVersion()) {
      throw new AssertionError("expected a version that grows, got " + before + ", " + after);
    }
  }

  /// The counters of the campaign of [EventBuilder].
  Map<String, Long> counters() {
    return counters(EventBuilder.TENANT, EventBuilder.CAMPAIGN);
  }

  Map<String, Long> counters(String tenant, String campaign) {
    CampaignMetrics row = metrics.get(tenant + "|" + campaign + "||");
    return row == null ? Map.of() : row.getCounters();
  }

  CampaignMetrics metrics() {
    CampaignMetrics row = metrics.get(EventBuilder.TENANT + "|" + EventBuilder.CAMPAIGN + "||");
    if (row == null) {
      throw new AssertionError("expected metrics, got " + metrics);
    }
    return row;
  }

  /// Buckets with a count, as text `event|basis|source|zone|minute total/human/first`, where the
  /// minute counts from noon.
  List<String> buckets() {
    List<String> texts = new ArrayList<>();
    for (HeatmapBucket bucket : buckets.values()) {
      if (bucket.getTotal() != 0 || bucket.getHumanTotal() != 0 || bucket.getFirst() != 0) {
        texts.add(text(bucket));
      }
    }
    return texts;
  }

  /// As [#buckets()], of one basis.
  List<String> buckets(String event, String basis) {
    return buckets().stream().filter(text -> text.startsWith(event + "|" + basis)).toList();
  }

  private static String text(HeatmapBucket bucket) {
    return "%s|%s|%s|%s|%d %d/%d/%d"
        .formatted(
            bucket.getEvent(),
            bucket.getBasis(),
            bucket.getCountSource(),
            bucket.getRecipientZone(),
            Duration.between(EventBuilder.NOON, bucket.getBucketStart()).toMinutes(),
            bucket.getTotal(),
            bucket.getHumanTotal(),
            bucket.getFirst());
  }

  /// All buckets of a tenant and campaign by key, as [#buckets()] without the key.
  Map<String, List<Long>> bucketCounts(String tenant, String campaign) {
    Map<String, List<Long>> counts = new TreeMap<>();
    String prefix = tenant + "|" + campaign + "|";
    buckets
        .subMap(prefix, prefix + Character.MAX_VALUE)
        .forEach(
            (key, bucket) -> {
              List<Long> numbers =
                  List.of(bucket.getTotal(), bucket.getHumanTotal(), bucket.getFirst());
              if (!numbers.equals(List.of(0L, 0L, 0L))) {
                counts.put(key.substring(prefix.length()), numbers);
              }
            });
    return counts;
  }

  CampaignMetrics metricsOrEmpty(String tenant, String campaign) {
    CampaignMetrics row = metrics.get(tenant + "|" + campaign + "||");
    return row == null
        ? new CampaignMetrics(tenant, campaign, "", "", Map.of(), Map.of(), 0L)
        : row;
  }

  /// The rows of all parts of a campaign, but not of the whole.
  List<CampaignMetrics> slices(String tenant, String campaign) {
    return ofCampaign(metrics, tenant, campaign).stream()
        .filter(row -> !row.getDimension().isEmpty())
        .toList();
  }

  List<LinkMetrics> links(String tenant, String campaign) {
    return ofCampaign(links, tenant, campaign);
  }

  private static <V> List<V> ofCampaign(SortedMap<String, V> rows, String tenant, String campaign) {
    String prefix = tenant + "|" + campaign + "|";
    return List.copyOf(rows.subMap(prefix, prefix + Character.MAX_VALUE).values());
  }

  /// Quarters of a list with a count, by epoch milliseconds: subscribed, unsubscribed, complained,
  /// departed.
  Map<Long, List<Long>> list(String tenant, String list) {
    Map<Long, List<Long>> counts = new TreeMap<>();
    for (ListMetrics row : lists.values()) {
      List<Long> numbers =
          List.of(
              row.getSubscribed(), row.getUnsubscribed(), row.getComplained(), row.getDeparted());
      if (row.getTenant().equals(tenant)
          && row.getList().equals(list)
          && !numbers.equals(List.of(0L, 0L, 0L, 0L))) {
        counts.put(row.getBucketStart().toEpochMilli(), numbers);
      }
    }
    return counts;
  }

  /// All records of the accounting so far, in order.
  List<KeyValue<String, LaneAccounting>> accounting() {
    return accounting;
  }

  /// The last word about a lane, as text `highest stored repeats resent {dropped}`.
  String lane(String journal, int lane) {
    String text = "none";
    for (KeyValue<String, LaneAccounting> row : accounting) {
      if (row.key.equals("processor|" + journal + "|" + lane)) {
        LaneAccounting last = row.value;
        text =
            "highest %d, stored %d, repeats %d, resent %d, dropped %s"
                .formatted(
                    last.getHighest(),
                    last.getStored(),
                    last.getRepeats(),
                    last.getResent(),
                    new TreeMap<>(last.getDropped()));
      }
    }
    return text;
  }

  List<JudgedEvent> judged() {
    return judged;
  }

  JudgedEvent lastJudged() {
    return judged.getLast();
  }

  /// The latest revision of each of a tenant's events, by `message/event id`; each revision must be
  /// one more than the one before.
  Map<String, JudgedEvent> latest(String tenant) {
    Map<String, JudgedEvent> latest = new TreeMap<>();
    for (JudgedEvent event : judged) {
      if (event.getTenant().equals(tenant)) {
        JudgedEvent before = latest.put(event.getMessage() + "/" + event.getEventId(), event);
        long expected = before == null ? 1 : before.getRevision() + 1;
        if (event.getRevision() != expected) {
          throw new AssertionError("expected revision %d, got %s".formatted(expected, event));
        }
      }
    }
    return latest;
  }

  /// Which behaviour rules claim a tenant's events in the end, by `message/event id`.
  Map<String, List<String>> claims(String tenant) {
    Map<String, List<String>> claims = new TreeMap<>();
    latest(tenant)
        .forEach(
            (id, event) -> {
              if (BehaviourRules.NAMES.contains(event.getReasons().getFirst())) {
                claims.put(id, event.getReasons());
              }
            });
    return claims;
  }

  List<DeadLetter> deadLetters() {
    return deadLetters;
  }

  TopologyTestDriver driver() {
    return driver;
  }

  /// The value of a counter, 0 where it never counted.
  long counter(String name, String... labels) {
    return RegistryCounter.value(registry, name, labels);
  }

  @Override
  public void close() {
    driver.close();
    memory.close();
  }
}
